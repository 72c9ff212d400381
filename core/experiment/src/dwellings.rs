//! How every dwelling fares in a run: who gains and who loses can be asked because all strategies
//! meet the same chance.

use zalm_model::{HouseholdState, PROBLEM, Portrait, Simulation, StrategySource, Watch};
use zalm_scenario::{Scenario, Stressor};

/// Months between the looks.
const EVERY: usize = 6;

/// A dwelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Dwelling {
    /// Who lives there at the policy date.
    pub before: Portrait,
    /// Life domains with a problem, mean over looks every half year after the policy date, one per
    /// strategy. Who lives there may change.
    pub problems: Vec<f64>,
}

/// Life domains with a problem.
pub fn in_problem(levels: &[u8; 8]) -> usize {
    levels.iter().filter(|level| **level >= PROBLEM).count()
}

/// All dwellings of one replication in the order of their ids, under these strategies.
///
/// # Errors
/// Says why a run could not be played.
pub fn dwellings(
    scenario: &Scenario,
    source: &dyn StrategySource,
    stressor: &Stressor,
    strategies: &[&str],
    replication: u32,
) -> Result<Vec<Dwelling>, String> {
    let mut simulation = begun(scenario, replication)?;
    simulation.add_stressor(stressor);
    let fork = simulation.snapshot();
    let mut all = before(scenario, replication, simulation.households().len())?;
    let months = scenario.policy_month()..=scenario.months;
    let looks: Vec<u32> = months.step_by(EVERY).skip(1).collect();
    for name in strategies {
        simulation.restore(&fork);
        let mut strategy = source.create(name).map_err(|error| error.to_string())?;
        let mut sums = vec![0; all.len()];
        for &month in &looks {
            let ran = simulation.run_to(month, Some(strategy.as_mut()));
            ran.map_err(|error| error.to_string())?;
            let now: Vec<HouseholdState> = simulation.households();
            for (sum, household) in sums.iter_mut().zip(now) {
                *sum += in_problem(&household.levels);
            }
        }
        for (dwelling, sum) in all.iter_mut().zip(sums) {
            dwelling
                .problems
                .push(sum as f64 / looks.len().max(1) as f64);
        }
    }
    Ok(all)
}

/// A world at the policy date.
fn begun(scenario: &Scenario, replication: u32) -> Result<Simulation, String> {
    let mut simulation = Simulation::new(scenario, replication);
    let ran = simulation.run_to(scenario.policy_month(), None);
    ran.map_err(|error| error.to_string())?;
    Ok(simulation)
}

/// Who lives where at the policy date; of a world of its own, because watching takes time.
fn before(scenario: &Scenario, replication: u32, count: usize) -> Result<Vec<Dwelling>, String> {
    let mut simulation = begun(scenario, replication)?;
    simulation.watch(0..count);
    let portraits = simulation
        .watched()
        .map(Watch::portraits)
        .unwrap_or_default();
    let dwelling = |before| Dwelling {
        before,
        problems: Vec::new(),
    };
    Ok(portraits.into_iter().map(dwelling).collect())
}
