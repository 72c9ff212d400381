//! The tiny scenario gives the same numbers as last time: rows and digest of all its results.

use zalm_experiment::{Results, results_sha256};
use zalm_tests::root;
use zalm_tests::scenarios::tiny;
use zalm_tests::strategies::{compared, libraries};

const FILE: &str = "tests/golden/tiny.txt";

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
    let file = root().join(FILE);
    if std::env::var_os("ZALM_BLESS").is_some() {
        std::fs::write(&file, &now).unwrap_or_else(|error| panic!("{FILE}: {error}"));
    }
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        before == now,
        "scenarios/tiny.ron gives other results than {FILE} says.\n\n\
         last time:\n{before}\nnow:\n{now}\n\
         If nothing should have changed, find out why it did. If it should: run\n\n    \
         ZALM_BLESS=1 cargo test -p zalm-tests golden\n\n\
         and say in CHANGELOG.md, under \"Results change:\", which numbers move and why."
    );
}
