//! Runs every strategy under every stressor, replication by replication.
//!
//! The unit of work is one replication: it is run once to the policy date, copied, and forked
//! for every (stressor, strategy). So pairs finish together, and what lies before the policy
//! date is the same for all by construction. A run that fails is an entry with its reason; it
//! stops nothing.

mod attempt;
#[cfg(test)]
mod tests;

use crate::results::{Results, Run};
use crate::world::World;
use attempt::Replication;
pub(crate) use attempt::panic_text;
use rand::Rng;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use zalm_model::{MetricSpec, Simulation, StrategySource};
use zalm_scenario::Scenario;
use zalm_statistics::Keyed;

/// How to run; none of it changes a result.
pub struct RunOptions<'a> {
    /// Threads to use.
    pub threads: NonZeroUsize,
    /// Shuffles the order of work with this key; for tests of that very independence.
    pub shuffle: Option<u64>,
    /// Called after every run with runs done and runs in all, from any thread.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Set to `true` to end early: replications that are complete are kept.
    pub stop: &'a AtomicBool,
    /// Start of the command that repeats one run, such as `zalm run scenarios/x.ron`; the runner
    /// adds `--strategy`, `--stressor` and `--replication`.
    pub rerun: &'a str,
    /// Replication to run alone (for a repeat); `None` runs all that the scenario asks for.
    pub only_replication: Option<u32>,
}

/// Runs the scenario's strategies under its stressors.
///
/// A scenario without stressors is refused by `zalm-scenario`; here it simply gives no runs.
pub fn run(scenario: &Scenario, source: &dyn StrategySource, options: &RunOptions) -> Results {
    run_worlds::<Simulation>(scenario, zalm_model::metrics(scenario), source, options)
}

pub(crate) fn run_worlds<W: World>(
    scenario: &Scenario,
    metrics: Vec<MetricSpec>,
    source: &dyn StrategySource,
    options: &RunOptions,
) -> Results {
    let order = work_order(scenario, options);
    let per_replication = scenario.stressors.len() * scenario.strategies.len();
    let shared = Shared {
        next: AtomicUsize::new(0),
        runs_done: AtomicUsize::new(0),
        runs_in_all: order.len() * per_replication,
        finished: Mutex::new(Vec::with_capacity(order.len())),
    };
    std::thread::scope(|scope| {
        for _ in 0..options.threads.get().min(order.len()) {
            scope.spawn(|| work::<W>(scenario, source, options, &order, &shared));
        }
    });
    let finished = shared
        .finished
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    collect(
        Results {
            planned: order.len() as u32,
            ..Results::empty(scenario, metrics)
        },
        finished,
    )
}

/// What the threads share.
struct Shared {
    next: AtomicUsize,
    runs_done: AtomicUsize,
    runs_in_all: usize,
    finished: Mutex<Vec<(u32, Vec<Run>)>>,
}

/// Replication numbers in the order in which they are taken up.
fn work_order(scenario: &Scenario, options: &RunOptions) -> Vec<u32> {
    let mut order: Vec<u32> = match options.only_replication {
        Some(replication) => vec![replication],
        None => (0..scenario.replications).collect(),
    };
    if let Some(key) = options.shuffle {
        order.sort_by_key(|&replication| Keyed::new(key, replication.into()).next_u64());
    }
    order
}

/// One thread: takes replications until none is left or the stop flag is up.
fn work<W: World>(
    scenario: &Scenario,
    source: &dyn StrategySource,
    options: &RunOptions,
    order: &[u32],
    shared: &Shared,
) {
    while let Some(&replication) = order.get(shared.next.fetch_add(1, Ordering::Relaxed)) {
        let report = || {
            let done = shared.runs_done.fetch_add(1, Ordering::Relaxed) + 1;
            (options.progress)(done, shared.runs_in_all);
        };
        let unit = Replication::<W>::new(scenario, source, options.rerun, replication);
        let Some(runs) = unit.run_all(options.stop, &report) else {
            return;
        };
        // A thread that panics holds no result, so a poisoned list is still whole.
        let mut finished = shared
            .finished
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        finished.push((replication, runs));
    }
}

/// Puts the replications back in their own order.
fn collect(mut results: Results, mut finished: Vec<(u32, Vec<Run>)>) -> Results {
    finished.sort_by_key(|(replication, _)| *replication);
    for (replication, runs) in finished {
        results.replications.push(replication);
        results.runs.extend(runs);
    }
    results
}
