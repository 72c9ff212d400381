//! Every shipped scenario gives the same numbers as last time: of the tiny one rows and digest of all
//! its results, of the others a digest of one replication; of the largest with fewer households.

use std::fmt::Write;
use zalm_experiment::{Results, results_sha256};
use zalm_scenario::{Figure, Scenario};
use zalm_tests::scenarios::{scenario, tiny};
use zalm_tests::strategies::{compared, libraries};
use zalm_tests::{files, root};

const FILE: &str = "tests/golden/tiny.txt";
/// A line per scenario: its file, a digest.
const DIGESTS: &str = "tests/golden/scenarios.txt";
/// Months after the policy date that are played of the others.
const MONTHS: u32 = 18;
/// Households above which a scenario is played smaller: forty neighbourhoods, the whole country.
const MOST: u32 = 100_000;
/// Households that are left of it, about.
const SMALLER: u32 = 20_000;

/// Sizes say what grew; the digest says whether a bit moved.
fn fingerprint(results: &Results) -> String {
    let records = results.runs.iter().filter_map(|run| run.record());
    let samples: usize = records.map(|record| record.series.len()).sum();
    format!(
        "runs {}\nmetrics {}\nsamples {samples}\nsha256 {}\n",
        results.runs.len(),
        results.metrics.len(),
        results_sha256(results)
    )
}

#[test]
fn the_tiny_scenario_gives_the_numbers_of_last_time() {
    let scenario = tiny();
    let results = compared(&scenario, &libraries(&scenario), 2, None);
    assert_eq!(results.failures().count(), 0);
    let now = fingerprint(&results);
    as_last_time(FILE, &now);
}

/// The scenario for some months, the first replication of all its strategies under its first and last
/// stressor.
fn shortened(path: &str) -> Scenario {
    let mut scenario = scenario(path);
    shrink(&mut scenario);
    let policy = scenario.policy_month();
    scenario.months = scenario.months.min(policy + MONTHS);
    scenario.replications = 1;
    let last = scenario.stressors.len() - 1;
    scenario.stressors.drain(1..last.max(1));
    scenario
}

/// Every neighbourhood of a very large place, with fewer households, and teams in proportion.
fn shrink(scenario: &mut Scenario) {
    let households = scenario.households();
    if households <= MOST {
        return;
    }
    let share = f64::from(SMALLER) / f64::from(households);
    let smaller = |figure: &mut Figure| figure.value = (figure.value * share).round().max(1.0);
    for neighbourhood in &mut scenario.place.neighbourhoods {
        smaller(&mut neighbourhood.households);
    }
    for project in &mut scenario.projects {
        smaller(&mut project.workers);
        project.economic.value *= share;
    }
}

#[test]
fn every_scenario_gives_the_numbers_of_last_time() {
    let mut now = String::new();
    for path in files("scenarios", "ron") {
        // Those beside the folders of parts.
        if path.matches('/').count() > 1 {
            continue;
        }
        let scenario = shortened(&path);
        let results = compared(&scenario, &libraries(&scenario), 2, None);
        assert_eq!(results.failures().count(), 0, "{path}");
        writeln!(now, "{path} {}", results_sha256(&results)).expect("a string");
    }
    for large in ["forty-neighbourhoods.ron", "netherlands.ron"] {
        assert!(now.contains(large), "{now}");
    }
    as_last_time(DIGESTS, &now);
}

/// Holds a text against a file, line by line.
fn as_last_time(name: &str, now: &str) {
    let file = root().join(name);
    if std::env::var_os("ZALM_BLESS").is_some() {
        std::fs::write(&file, now).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let other = |one: &str, other: &str| -> String {
        let lines = one
            .lines()
            .filter(|line| !other.lines().any(|same| same == *line));
        lines.map(|line| format!("    {line}\n")).collect()
    };
    let (before, now) = (other(&before, now), other(now, &before));
    assert!(
        before.is_empty() && now.is_empty(),
        "other results than {name} says.\n\n\
         last time:\n{before}\nnow:\n{now}\n\
         If nothing should have changed, find out why it did. If it should: run\n\n    \
         ZALM_BLESS=1 cargo test -p zalm-tests golden\n\n\
         and say in CHANGELOG.md, under \"Results change:\", which numbers move and why."
    );
}
