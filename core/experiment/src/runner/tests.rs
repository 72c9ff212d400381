//! The runner on the tiny world: same results whatever the threads, failures that stay alone.

use super::*;
use crate::fixture::{NamedSource, TinyWorld, options, results, scenario};

const TROUBLE: [&str; 5] = [
    "waits",
    "pushes",
    "fails in replication 1",
    "panics in replication 2",
    "unknown",
];

#[test]
fn threads_and_order_of_work_change_nothing() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&TROUBLE, 20);
    let run = |options: RunOptions| run_worlds::<TinyWorld>(&scenario, &NamedSource, &options);
    let one = run(options(1, &stop));
    assert_eq!(one.runs.len(), 20 * 2 * 5);
    assert_eq!(one, run(options(2, &stop)));
    assert_eq!(one, run(options(64, &stop)));
    assert_eq!(
        one,
        run(RunOptions {
            shuffle: Some(3),
            ..options(2, &stop)
        })
    );
}

#[test]
fn a_failed_run_is_an_entry_and_the_others_go_on() {
    let results = results(&TROUBLE, 4);
    let reason = |strategy: usize, replication: u32| {
        let run = results
            .arm(0, strategy)
            .find(|run| run.replication == replication);
        run.and_then(|run| run.failure())
            .map(|failure| failure.reason.clone())
    };
    assert!(reason(2, 1).unwrap().contains("no money left"));
    assert!(
        reason(3, 2)
            .unwrap()
            .contains("the engine panicked: index out of range")
    );
    assert!(reason(4, 0).unwrap().contains("there is no such plugin"));
    assert_eq!(
        (reason(2, 0), reason(3, 1), reason(0, 1)),
        (None, None, None)
    );
    assert_eq!(results.failures().count(), 2 + 2 + 2 * 4);
    let (_, failure) = results.failures().next().unwrap();
    assert_eq!(
        failure.rerun,
        "zalm run tiny.ron --strategy unknown --stressor none --replication 0"
    );
}

#[test]
fn a_run_after_a_panic_is_the_same_as_without() {
    let with = results(&["waits", "panics in replication 2", "pushes"], 4);
    let without = results(&["waits", "pushes"], 4);
    let values = |results: &Results, strategy: usize| -> Vec<_> {
        (0..2)
            .flat_map(|s| {
                results
                    .arm(s, strategy)
                    .map(|run| run.value(0))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    assert_eq!(values(&with, 2), values(&without, 1));
}

#[test]
fn stopping_keeps_complete_replications_only() {
    let stop = AtomicBool::new(false);
    let scenario = scenario(&["waits", "pushes"], 50);
    let stop_at_seven = |done: usize, all: usize| {
        assert_eq!(all, 200);
        // In the middle of the second replication, which is then ended.
        if done == 7 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let options = RunOptions {
        progress: &stop_at_seven,
        ..options(1, &stop)
    };
    let results = run_worlds::<TinyWorld>(&scenario, &NamedSource, &options);
    assert_eq!(
        (results.replications.as_slice(), results.runs.len()),
        ([0, 1].as_slice(), 8)
    );
    assert!(results.stopped_early());
}

#[test]
fn a_scenario_without_strategies_or_replications_gives_no_runs() {
    assert!(results(&[], 3).runs.is_empty());
    assert!(results(&["waits"], 0).runs.is_empty());
}
