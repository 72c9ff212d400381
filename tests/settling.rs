//! A place starts where it would be in the long run: without projects and shocks nothing has a
//! trend in the first years.

use zalm_model::metrics;
use zalm_scenario::{Mechanism, Scenario};
use zalm_tests::scenarios::{heechterp, parameter};
use zalm_tests::strategies::played;

const REPLICATIONS: u32 = 20;
const YEARS: usize = 5;

/// What must stand still, and how much of itself it may move in a year: households slide between
/// severities for decades, so a little is left to come.
const STILL: [(&str, f64); 6] = [
    ("households.multi_problem", 0.01),
    ("households.problem_free", 0.01),
    ("households.in_silo", 0.015),
    ("care.professionals", 0.01),
    ("cost.total", 0.01),
    ("cost.care", 0.01),
];

/// Nothing but households and silos, every month measured.
fn quiet() -> Scenario {
    let mut scenario = heechterp();
    scenario.projects.clear();
    scenario.months = 12 * YEARS as u32;
    scenario.policy_date = scenario.start;
    scenario.series_every = 1;
    scenario
}

/// Mean of a metric in the first and the last year, over replications.
fn first_and_last(scenario: &Scenario, name: &str) -> (f64, f64) {
    let found = metrics(scenario).iter().position(|one| one.name == name);
    let at = found.unwrap_or_else(|| panic!("there is no metric {name}"));
    let mut sums = (0.0, 0.0);
    for replication in 0..REPLICATIONS {
        let series = played(scenario, replication, None, None).series;
        let year =
            |samples: &[zalm_model::Sample]| samples.iter().map(|s| s.values[at]).sum::<f64>();
        sums.0 += year(&series[..12]);
        sums.1 += year(&series[series.len() - 12..]);
    }
    let n = f64::from(12 * REPLICATIONS);
    (sums.0 / n, sums.1 / n)
}

/// Share of itself by which a metric moves in a year.
fn trend(scenario: &Scenario, name: &str) -> f64 {
    let (first, last) = first_and_last(scenario, name);
    (last / first - 1.0) / (YEARS - 1) as f64
}

#[test]
fn stocks_and_costs_stand_still() {
    let scenario = quiet();
    for (name, allowed) in STILL {
        let trend = trend(&scenario, name);
        assert!(trend.abs() < allowed, "{name} moves {trend:+.4} a year");
    }
}

#[test]
fn without_a_past_care_fills_up() {
    let mut scenario = quiet();
    parameter(&mut scenario, "household.past").value = 0.0;
    let trend = trend(&scenario, "households.in_silo");
    assert!(trend > 0.05, "silo care moves {trend:+.4} a year");
}

#[test]
fn entitlements_are_what_was_expected() {
    let without = overspent(&[Mechanism::Capacity]);
    assert!(
        without.abs() < 0.01,
        "{without:+.4} of all cost is over or under"
    );
    // Places have settled too: the year that teaches what to expect has as many empty ones as others.
    let with = overspent(&[]);
    assert!(with.abs() < 0.01, "{with:+.4} of all cost");
}

/// Share of all cost that entitlements are over what was expected of them in the first year.
fn overspent(switched_off: &[Mechanism]) -> f64 {
    let mut scenario = quiet();
    scenario.switched_off.extend_from_slice(switched_off);
    scenario.policy_date = scenario.start.plus(12);
    let (mut over, mut cost) = (0.0, 0.0);
    for replication in 0..REPLICATIONS {
        let record = played(&scenario, replication, None, None);
        for (metric, value) in metrics(&scenario).iter().zip(&record.outcomes) {
            match metric.name.as_str() {
                "money.overspend" => over += value,
                "cost.total" => cost += value,
                _ => {}
            }
        }
    }
    over / cost
}
