//! How every dwelling fares in a run: who gains and who loses can be asked because all strategies
//! meet the same chance.

use crate::results::Run;
use crate::runner::{RunOptions, replications};
use crate::world::World;
use zalm_model::{
    MetricSpec, PROBLEM, Portrait, RunError, Simulation, Snapshot, Strategy, StrategySource,
};
use zalm_scenario::{Scenario, Stressor};

/// Months between the looks.
const EVERY: usize = 6;

/// A dwelling in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Dwelling {
    /// Who lives there at the policy date; in every run of a replication the same.
    pub before: Portrait,
    /// Life domains with a problem, mean over looks every half year after the policy date. Who lives
    /// there may change.
    pub problems: f64,
}

/// Life domains with a problem.
pub fn in_problem(levels: &[u8; 8]) -> usize {
    levels.iter().filter(|level| **level >= PROBLEM).count()
}

/// The runs of a scenario's strategies under its stressors, replication by replication as far as they
/// are complete; of each are kept all dwellings in the order of their ids.
pub fn dwellings(
    scenario: &Scenario,
    source: &dyn StrategySource,
    options: &RunOptions,
) -> Vec<Run<Vec<Dwelling>>> {
    let all = replications::<Street>(scenario, source, options);
    all.into_iter().flat_map(|(_, runs)| runs).collect()
}

/// A world of which the dwellings are kept.
struct Street {
    simulation: Simulation,
    /// Months of the looks.
    looks: Vec<u32>,
    /// With the sum over the looks so far.
    dwellings: Vec<Dwelling>,
}

impl World for Street {
    type Copy = (Snapshot, Vec<Portrait>);
    type Record = Vec<Dwelling>;

    fn build(scenario: &Scenario, replication: u32, own: &[MetricSpec]) -> Self {
        let months = scenario.policy_month()..=scenario.months;
        Self {
            simulation: World::build(scenario, replication, own),
            looks: months.step_by(EVERY).skip(1).collect(),
            dwellings: Vec::new(),
        }
    }

    fn copy(&mut self) -> Self::Copy {
        (self.simulation.copy(), self.simulation.portraits())
    }

    fn put_back(&mut self, (snapshot, portraits): &Self::Copy) {
        self.simulation.put_back(snapshot);
        let dwelling = |&before| Dwelling {
            before,
            problems: 0.0,
        };
        self.dwellings = portraits.iter().map(dwelling).collect();
    }

    fn stress(&mut self, stressor: &Stressor) {
        self.simulation.stress(stressor);
    }

    fn run(
        &mut self,
        month: u32,
        mut strategy: Option<&mut (dyn Strategy + 'static)>,
    ) -> Result<(), RunError> {
        let from = self.simulation.month();
        for &look in self
            .looks
            .iter()
            .filter(|&&look| from < look && look <= month)
        {
            self.simulation.run(look, strategy.as_deref_mut())?;
            let now = self.simulation.households();
            for (dwelling, now) in self.dwellings.iter_mut().zip(now) {
                dwelling.problems += in_problem(&now.levels) as f64;
            }
        }
        self.simulation.run(month, strategy)
    }

    fn result(&mut self) -> Vec<Dwelling> {
        let mut dwellings = std::mem::take(&mut self.dwellings);
        for dwelling in &mut dwellings {
            dwelling.problems /= self.looks.len().max(1) as f64;
        }
        dwellings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watched::tests::{Source, scenario};
    use std::sync::atomic::AtomicBool;
    use zalm_model::{StrategyError, StrategyErrorKind, Watch};

    fn played(source: &dyn StrategySource) -> Vec<Run<Vec<Dwelling>>> {
        let mut scenario = scenario("tiny.ron");
        scenario.replications = 2;
        scenario.stressors.truncate(1);
        let stop = AtomicBool::new(false);
        dwellings(&scenario, source, &RunOptions::quiet(&stop, "zalm run x"))
    }

    #[test]
    fn dwellings_are_those_of_the_policy_date_and_pairs_differ_by_the_strategy_alone() {
        let runs = played(&Source);
        assert_eq!(runs.len(), 2 * 2);
        for (replication, pair) in (0..).zip(runs.chunks_exact(2)) {
            // Both strategies do nothing.
            assert_eq!(pair[0].outcome, pair[1].outcome);
            let scenario = scenario("tiny.ron");
            let mut world = Simulation::new(&scenario, replication);
            let count = world.households().len();
            world.run_to(scenario.policy_month(), None).expect("a past");
            world.watch(0..count);
            let found = pair[0].record().expect("it ran").iter();
            let found: Vec<Portrait> = found.map(|dwelling| dwelling.before).collect();
            assert_eq!(Some(found), world.watched().map(Watch::portraits));
        }
    }

    /// Knows the carousel only.
    struct Carousel;

    impl StrategySource for Carousel {
        fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
            if name == "carousel" {
                return Source.create(name);
            }
            Err(StrategyError {
                strategy: name.to_owned(),
                month: 0,
                kind: StrategyErrorKind::Create,
                message: "it is ill".to_owned(),
            })
        }
    }

    #[test]
    fn a_run_that_fails_says_how_to_see_it_again_and_the_others_are_the_same() {
        let (all, half) = (played(&Source), played(&Carousel));
        for (whole, pair) in all.chunks_exact(2).zip(half.chunks_exact(2)) {
            assert_eq!(whole[0], pair[0]);
            let failure = pair[1].failure().expect("it failed");
            assert!(failure.reason.contains("it is ill"), "{failure:?}");
            let again = format!(
                "zalm run x --strategy institutional-embedding --stressor none --replication {}",
                pair[1].replication
            );
            assert_eq!(failure.rerun, again);
        }
    }
}
