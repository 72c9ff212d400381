//! One run that somebody watches: what happened to households and projects in it.
//!
//! The run is the same as the one of a comparison, to the last bit of its digest.

use std::ops::Range;
use zalm_model::{
    Happening, Lived, Portrait, ProjectState, RunRecord, Simulation, Spent, StrategySource,
};
use zalm_scenario::{Scenario, Stressor};

/// Which run.
#[derive(Clone, Copy, Debug)]
pub struct Arm<'a> {
    /// Name of the strategy.
    pub strategy: &'a str,
    /// The stressor; `None` plays without one.
    pub stressor: Option<&'a Stressor>,
    /// The replication.
    pub replication: u32,
}

/// What was seen of a run.
#[derive(Clone, Debug)]
pub struct Watched {
    /// What is kept of any run.
    pub record: RunRecord,
    /// What happened to projects and payers: month index, and what.
    pub log: Vec<(u32, Happening)>,
    /// What happened to the watched households.
    pub lived: Vec<Lived>,
    /// What they cost since the policy date.
    pub spent: Option<Spent>,
    /// How they stood at the start, and then at the end of each month; with more than one of them
    /// the start alone, for want of room.
    pub portraits: Vec<Vec<Portrait>>,
    /// How the projects stood at the end of each month.
    pub projects: Vec<Vec<ProjectState>>,
}

/// Plays a run and watches these households, by their number in the order of ids from 0.
///
/// # Errors
/// Says why the run could not be played.
///
/// # Panics
/// When there are fewer households.
pub fn watched(
    scenario: &Scenario,
    source: &dyn StrategySource,
    arm: Arm,
    households: Range<usize>,
) -> Result<Watched, String> {
    let mut strategy = source
        .create(arm.strategy)
        .map_err(|error| error.to_string())?;
    let mut simulation = Simulation::new(scenario, arm.replication);
    let one = households.len() == 1;
    if !households.is_empty() {
        simulation.watch(households);
    }
    let stand = |simulation: &Simulation| simulation.watched().map(zalm_model::Watch::portraits);
    let mut portraits: Vec<Vec<Portrait>> = stand(&simulation).into_iter().collect();
    let mut projects = Vec::with_capacity(scenario.months as usize);
    for month in 0..scenario.months {
        if month == scenario.policy_month() {
            arm.stressor
                .into_iter()
                .for_each(|stressor| simulation.add_stressor(stressor));
        }
        simulation
            .run_to(month + 1, Some(strategy.as_mut()))
            .map_err(|error| error.to_string())?;
        if one {
            portraits.extend(stand(&simulation));
        }
        projects.push(simulation.projects());
    }
    let watch = simulation.watched();
    Ok(Watched {
        lived: watch.map_or_else(Vec::new, |watch| watch.lived().to_vec()),
        spent: watch.map(|watch| watch.spent().clone()),
        log: simulation.log().to_vec(),
        record: simulation.record(),
        portraits,
        projects,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::path::Path;
    use zalm_model::{CostKind, Life, Strategy, StrategyError, cost_items};
    use zalm_scenario::Mechanism;

    /// Nobody asks anything of anybody.
    struct Idle;

    impl Strategy for Idle {
        fn decide(
            &mut self,
            _: &zalm_model::View,
            _: &dyn zalm_model::StrategyRandom,
        ) -> Result<Vec<zalm_model::Command>, StrategyError> {
            Ok(Vec::new())
        }
    }

    pub(crate) struct Source;

    impl StrategySource for Source {
        fn create(&self, _: &str) -> Result<Box<dyn Strategy>, StrategyError> {
            Ok(Box::new(Idle))
        }
    }

    pub(crate) fn scenario(file: &str) -> Scenario {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
        let Ok(checked) = zalm_scenario::read(&folder.join(file), &[]) else {
            panic!("{file} cannot be read");
        };
        checked.scenario
    }

    fn play(scenario: &Scenario, households: Range<usize>) -> Watched {
        let arm = Arm {
            strategy: "idle",
            stressor: scenario.stressors.last(),
            replication: 1,
        };
        watched(scenario, &Source, arm, households).expect("a run")
    }

    fn all(scenario: &Scenario) -> Range<usize> {
        0..scenario.households() as usize
    }

    /// A small place with a team in which everything happens.
    fn lively() -> Scenario {
        let mut scenario = scenario("heechterp-schieringen.ron");
        scenario.months = 96;
        scenario
    }

    fn metric(scenario: &Scenario, record: &RunRecord, name: &str) -> f64 {
        let declared = zalm_model::metrics(scenario);
        let at = declared.iter().position(|metric| metric.name == name);
        record.outcomes[at.expect("a metric")]
    }

    #[test]
    fn a_run_that_is_watched_is_the_same_run() {
        let scenario = scenario("tiny.ron");
        let mut alone = Simulation::new(&scenario, 1);
        alone
            .run_to(scenario.policy_month(), None)
            .expect("a run to the policy date");
        alone.add_stressor(scenario.stressors.last().expect("a stressor"));
        alone
            .run_to(scenario.months, Some(&mut Idle))
            .expect("a run");
        let alone = alone.record();
        for households in [0..0, 3..4, all(&scenario)] {
            assert_eq!(play(&scenario, households).record, alone);
        }
    }

    #[test]
    fn what_is_told_of_households_is_what_the_run_counts() {
        let scenario = lively();
        let seen = play(&scenario, all(&scenario));
        let since = scenario.policy_month();
        let told = |what: fn(&Life) -> bool| {
            let lived = seen.lived.iter().filter(|lived| lived.month >= since);
            lived.filter(|lived| what(&lived.life)).count() as f64
        };
        let counted = |name| metric(&scenario, &seen.record, name);
        let pairs: [(&str, f64); 6] = [
            (
                "households.crises",
                told(|l| matches!(l, Life::Crisis { .. })),
            ),
            (
                "households.stabilised",
                told(|l| matches!(l, Life::Helped { .. })),
            ),
            (
                "households.dropouts",
                told(|l| matches!(l, Life::DropsOut { .. })),
            ),
            (
                "households.moved",
                told(|l| matches!(l, Life::Moves { .. })),
            ),
            (
                "households.outreached",
                told(|l| {
                    let how = zalm_model::Found::Known;
                    matches!(l, Life::Found { how: by, .. } if *by != how)
                        || matches!(l, Life::Visited { avoids: true })
                }),
            ),
            (
                "households.relapsed",
                told(|l| {
                    let why = zalm_model::Worse::Relapse;
                    matches!(l, Life::Worse { why: by, .. } if *by == why)
                }),
            ),
        ];
        for (name, told) in pairs {
            assert!(told > 0.0, "nothing told of {name}");
            assert!(
                (counted(name) - told).abs() < 0.5,
                "{name}: {told} told, {} counted",
                counted(name)
            );
        }
    }

    #[test]
    fn costs_told_are_the_costs_posted() {
        let mut scenario = lively();
        // Places that stand empty cost money too, and are no household's.
        scenario.switched_off.push(Mechanism::Capacity);
        let seen = play(&scenario, all(&scenario));
        let spent = seen.spent.expect("somebody watched");
        let items = cost_items(&scenario);
        let posted = |payer: usize, item: usize| -> i64 {
            let years = seen.record.costs.iter();
            years.map(|year| year.get(payer, item)).sum()
        };
        for (item, cost) in items.iter().enumerate() {
            for payer in 0..scenario.payers.len() {
                let (told, posted) = (spent.table.get(payer, item), posted(payer, item));
                match cost.kind {
                    CostKind::Use | CostKind::Crisis => assert_eq!(told, posted, "{}", cost.id),
                    // Payers pay for places; households take them.
                    CostKind::SiloCare => assert!(told <= posted, "{}", cost.id),
                    CostKind::Team => assert_eq!(told, 0),
                }
            }
        }
        let wages = metric(&scenario, &seen.record, "cost.projects") * 100.0;
        assert!(
            spent.team > 0 && spent.team as f64 <= wages,
            "{}",
            spent.team
        );
    }

    #[test]
    fn what_is_told_leaves_nothing_out() {
        let scenario = lively();
        let seen = play(&scenario, all(&scenario));
        let mut levels: Vec<[u8; 8]> = seen.portraits[0].iter().map(|one| one.levels).collect();
        for lived in &seen.lived {
            let levels = &mut levels[lived.household];
            match lived.life {
                Life::Worse { domain, level, .. } => {
                    assert_eq!(levels[domain] + 1, level);
                    levels[domain] = level;
                }
                Life::Better { domain, level, .. } => {
                    assert_eq!(levels[domain], level + 1);
                    levels[domain] = level;
                }
                Life::Moves { newcomer } => *levels = newcomer.levels,
                _ => {}
            }
        }
        for (household, told) in levels.iter().enumerate().step_by(97) {
            let one = play(&scenario, household..household + 1);
            let last = one.portraits.last().expect("a month")[0];
            assert_eq!(last.levels, *told, "household {household}");
            let mine = seen.lived.iter().filter(|l| l.household == household);
            assert!(one.lived.iter().eq(mine), "household {household}");
        }
    }
}
