//! One run that tells of each step as it goes: for who wants to know how far it is, and where its
//! time goes.
//!
//! The run is the same as the one of a comparison, to the last bit of its digest.

use crate::pool::locked;
use crate::runner::panic_text;
use crate::watched::Arm;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use zalm_model::{Hands, Moment, Piece, RunRecord, Simulation, StrategySource};
use zalm_scenario::Scenario;

/// Threads that live as long as there are pieces to do.
struct Threads(NonZeroUsize);

impl Hands for Threads {
    fn work(&self, pieces: Vec<Piece<'_>>) {
        let more = self.0.get().min(pieces.len()).saturating_sub(1);
        let left = Mutex::new(pieces.into_iter());
        let take = || {
            loop {
                let piece = locked(&left).next();
                let Some(piece) = piece else { return };
                piece();
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..more {
                scope.spawn(take);
            }
            take();
        });
    }
}

/// Plays a run on some threads, and tells of each step when it is done. Threads share the work over
/// households, and so help in very large places only.
///
/// # Errors
/// Says why the run could not be played.
pub fn told(
    scenario: &Scenario,
    source: &dyn StrategySource,
    arm: Arm,
    threads: NonZeroUsize,
    tell: &mut dyn FnMut(Moment),
) -> Result<RunRecord, String> {
    let run = AssertUnwindSafe(|| play(scenario, source, arm, threads, tell));
    catch_unwind(run).unwrap_or_else(|panic| {
        let said = panic_text(panic.as_ref());
        Err(format!("the engine panicked: {said}"))
    })
}

fn play(
    scenario: &Scenario,
    source: &dyn StrategySource,
    arm: Arm,
    threads: NonZeroUsize,
    tell: &mut dyn FnMut(Moment),
) -> Result<RunRecord, String> {
    let mut strategy = source
        .create(arm.strategy)
        .map_err(|error| error.to_string())?;
    let hands = Arc::new(Threads(threads));
    let mut simulation = Simulation::telling(scenario, arm.replication, hands, tell);
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
    use super::{NonZeroUsize, told};
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
        let alone = NonZeroUsize::MIN;
        let record = told(&scenario, &Source, arm, alone, &mut |moment| {
            moments.push(moment);
        });
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

    #[test]
    fn how_many_threads_share_the_work_changes_no_bit() {
        let mut scenario = scenario("heechterp-schieringen.ron");
        // Enough households for several pieces of work.
        scenario.place.neighbourhoods.truncate(1);
        scenario.place.neighbourhoods[0].households.value = 40_000.0;
        scenario.months = scenario.policy_month() + 3;
        let on = |threads| {
            let threads = NonZeroUsize::new(threads).expect("a thread");
            let arm = Arm {
                strategy: "idle",
                stressor: None,
                replication: 0,
            };
            told(&scenario, &Source, arm, threads, &mut |_| ()).expect("a run")
        };
        assert_eq!(on(1), on(3));
    }
}
