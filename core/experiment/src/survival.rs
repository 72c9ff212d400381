//! What became of the first project's team: how long together, absorbed, or ended.
//!
//! Absorption into regular policy ends the integral team but is no death, so the causes are kept
//! apart by cumulative incidence. Strategies are compared by the months that the team stays
//! together, in pairs per replication (restricted mean), not by pooled curves.

use crate::grouped::Grouped;
use crate::results::{Results, Run};
use crate::summary::{Arms, Difference, LEVEL};
use zalm_model::ENDS;
use zalm_statistics::{Incidence, KaplanMeier, Moments, Spell, cumulative_incidence, kaplan_meier};

/// Survival of the first project's team for one strategy under one stressor.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmSurvival {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Time and end of the team per run that succeeded, in months since the policy date.
    pub spells: Vec<Spell>,
    /// Share of runs with the team still together; `None` without runs. With several draws its steps
    /// have no interval, because runs are then no sample.
    pub curve: Option<KaplanMeier>,
    /// Share that ended by each cause so far, in the order of [`ENDS`]: the first is absorption into
    /// regular policy, which is no death.
    pub causes: Option<Incidence>,
    /// Months together within the horizon, of what counts: runs, or means over several.
    pub months: Moments,
    /// 95 % interval of their mean; `None` where what counts is one, or no sample.
    pub interval: Option<(f64, f64)>,
    /// Paired difference in those months to the null alternative.
    pub difference: Option<Difference>,
}

/// Time in the team's state and cause of its end, if any.
struct Fate {
    time: f64,
    cause: Option<usize>,
}

/// One per stressor and strategy; nothing when the scenario has no project.
pub(crate) fn arm_survivals(results: &Results) -> Vec<ArmSurvival> {
    let horizon = results.horizon();
    let policy_month = results.policy_month;
    let has_project = results
        .runs
        .iter()
        .filter_map(Run::record)
        .any(|r| !r.fates.is_empty());
    if !has_project {
        return Vec::new();
    }
    (0..results.stressors.len())
        .flat_map(|stressor| {
            let months = Arms::of(results, stressor, |run| {
                fate(run, policy_month, horizon).map(|fate| fate.time)
            });
            let differences = months.differences("month", None);
            let grouped = Grouped::of(results);
            differences
                .into_iter()
                .enumerate()
                .map(move |(strategy, difference)| {
                    let runs = results.arm(stressor, strategy);
                    let fates = runs
                        .filter_map(|run| fate(run, policy_month, horizon))
                        .collect();
                    let survival = arm(stressor, strategy, fates, difference);
                    ArmSurvival {
                        months: months.moments(strategy),
                        interval: months.interval(strategy),
                        curve: survival.curve.map(|curve| told(curve, grouped)),
                        ..survival
                    }
                })
        })
        .collect()
}

/// A curve with intervals only where runs are what was sampled.
fn told(mut curve: KaplanMeier, grouped: Grouped) -> KaplanMeier {
    if grouped != Grouped::Runs {
        curve.steps.iter_mut().for_each(|step| step.interval = None);
    }
    curve
}

fn arm(
    stressor: usize,
    strategy: usize,
    fates: Vec<Fate>,
    difference: Option<Difference>,
) -> ArmSurvival {
    let causes: Vec<_> = fates.iter().map(|fate| (fate.time, fate.cause)).collect();
    let spells: Vec<Spell> = fates
        .iter()
        .map(|fate| Spell {
            time: fate.time,
            ended: fate.cause.is_some(),
        })
        .collect();
    ArmSurvival {
        stressor,
        strategy,
        curve: kaplan_meier(&spells, LEVEL),
        causes: cumulative_incidence(&causes, ENDS.len()),
        months: Moments::default(),
        interval: None,
        spells,
        difference,
    }
}

/// Fate of the first project after the policy date; an end before it counts as month 0.
fn fate(run: &Run, policy_month: u32, horizon: u32) -> Option<Fate> {
    let fate = run.record()?.fates.first()?;
    Some(match fate.end {
        None => Fate {
            time: f64::from(horizon),
            cause: None,
        },
        Some(end) => Fate {
            time: f64::from(end.saturating_sub(policy_month).min(horizon)),
            cause: Some(number(&fate.cause)),
        },
    })
}

/// Place of a cause among all of them.
fn number(cause: &str) -> usize {
    let place = ENDS.iter().position(|one| *one == cause);
    place.expect("the model ends a team by one of its causes")
}

#[cfg(test)]
mod tests {
    use crate::fixture::results;
    use crate::summary::summarise;

    #[test]
    fn causes_are_kept_apart() {
        // Of 12 replications the even ones end: 0, 4, 8 absorbed, 2, 10 without a successor, 6 without
        // workers.
        let summary = summarise(&results(&["waits", "pushes"], 12));
        let arm = &summary.survival[1];
        let causes = arm.causes.as_ref().unwrap().at(8.0);
        let expected = [3.0, 2.0, 0.0, 0.0, 1.0].map(|runs| runs / 12.0);
        let near = |(found, expected): (&f64, f64)| (found - expected).abs() < 1e-12;
        assert!(causes.iter().zip(expected).all(near), "{causes:?}");
        assert!((arm.curve.as_ref().unwrap().survival(8.0) - 0.5).abs() < 1e-12);
        // Ends at months 7, 5, 6 after the policy date, twice; 8 months otherwise.
        assert!((arm.months.mean().unwrap() - (6.0 * 8.0 + 36.0) / 12.0).abs() < 1e-12);
        // Nobody is out of sight before the horizon, so the months are the area below the curve.
        let area = arm.curve.as_ref().unwrap().restricted_mean(8.0);
        assert!((area - arm.months.mean().unwrap()).abs() < 1e-12);
        assert!(arm.difference.unwrap().paired.mean.abs() < 1e-12);
    }

    #[test]
    fn without_runs_there_is_no_survival() {
        assert!(summarise(&results(&["unknown"], 3)).survival.is_empty());
    }
}
