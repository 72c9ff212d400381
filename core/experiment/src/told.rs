//! One run that tells of each step as it goes: for who wants to know how far it is, and where its
//! time goes.
//!
//! The run is the same as the one of a comparison, to the last bit of its digest.

use crate::runner::panic_text;
use crate::watched::Arm;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zalm_model::{Moment, RunRecord, Simulation, StrategySource};
use zalm_scenario::Scenario;

/// Plays a run, and tells of each step when it is done.
///
/// # Errors
/// Says why the run could not be played.
pub fn told(
    scenario: &Scenario,
    source: &dyn StrategySource,
    arm: Arm,
    tell: &mut dyn FnMut(Moment),
) -> Result<RunRecord, String> {
    let run = AssertUnwindSafe(|| play(scenario, source, arm, tell));
    catch_unwind(run).unwrap_or_else(|panic| {
        let said = panic_text(panic.as_ref());
        Err(format!("the engine panicked: {said}"))
    })
}

fn play(
    scenario: &Scenario,
    source: &dyn StrategySource,
    arm: Arm,
    tell: &mut dyn FnMut(Moment),
) -> Result<RunRecord, String> {
    let mut strategy = source
        .create(arm.strategy)
        .map_err(|error| error.to_string())?;
    let mut simulation = Simulation::telling(scenario, arm.replication, tell);
    simulation.measure_too(&source.metrics());
    simulation
        .run_telling(scenario.policy_month(), None, tell)
        .map_err(|error| format!("before the policy date: {error}"))?;
    if let Some(stressor) = arm.stressor {
        simulation.add_stressor(stressor);
    }
    simulation
        .run_telling(scenario.months, Some(strategy.as_mut()), tell)
        .map_err(|error| error.to_string())?;
    Ok(simulation.record())
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::watched::tests::{Source, scenario};
    use crate::watched::{Arm, watched};
    use zalm_model::{MONTH, START};

    #[test]
    fn a_run_that_tells_is_the_same_run_and_tells_of_every_step_in_order() {
        let scenario = scenario("tiny.ron");
        let arm = Arm {
            strategy: "idle",
            stressor: scenario.stressors.last(),
            replication: 1,
        };
        let quiet = watched(&scenario, &Source, arm, 0..0).expect("a run");
        let mut moments = Vec::new();
        let record = told(&scenario, &Source, arm, &mut |moment| moments.push(moment));
        assert_eq!(record.expect("a run"), quiet.record);
        assert_eq!(*moments[0].step, START);
        let past = moments.iter().take_while(|moment| moment.month.is_none());
        assert!(past.count() > 1, "nothing told of the time before month 0");
        let last: Vec<_> = moments
            .iter()
            .filter(|moment| moment.month == Some(scenario.months - 1))
            .map(|moment| *moment.step)
            .collect();
        assert_eq!(last, MONTH);
    }
}
