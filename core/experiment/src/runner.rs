//! Runs every strategy under every stressor, replication by replication.
//!
//! The unit of work is one replication: it is run once to the policy date, copied, and forked
//! for every (stressor, strategy). So pairs finish together, and what lies before the policy
//! date is the same for all by construction. A run that fails is an entry with its reason; it
//! stops nothing.

mod attempt;
#[cfg(test)]
mod tests;

use crate::results::{Draw, Results, Run};
use crate::world::{World, metrics_of};
use attempt::Replication;
pub(crate) use attempt::panic_text;
use rand::Rng;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use zalm_model::{Simulation, StrategySource};
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
}

impl<'a> RunOptions<'a> {
    /// One thread, without a word about how far it is.
    pub fn quiet(stop: &'a AtomicBool, rerun: &'a str) -> Self {
        Self {
            threads: NonZeroUsize::MIN,
            shuffle: None,
            progress: &|_, _| (),
            stop,
            rerun,
        }
    }
}

/// One replication of one scenario, under all its strategies and stressors.
pub(crate) struct Job<'a> {
    pub(crate) scenario: &'a Scenario,
    /// Number of the draw, for the runs.
    pub(crate) draw: u32,
    pub(crate) replication: u32,
    /// Start of the command that repeats a run of it.
    pub(crate) rerun: &'a str,
}

/// Runs the scenario's strategies under its stressors, and keeps all of every record.
///
/// A scenario without stressors is refused by `zalm-scenario`; here it simply gives no runs.
pub fn run(scenario: &Scenario, source: &dyn StrategySource, options: &RunOptions) -> Results {
    run_worlds::<Simulation>(scenario, source, options)
}

pub(crate) fn run_worlds<W: World>(
    scenario: &Scenario,
    source: &dyn StrategySource,
    options: &RunOptions,
) -> Results {
    let job = |replication| Job {
        scenario,
        draw: 0,
        replication,
        rerun: options.rerun,
    };
    let jobs: Vec<Job> = (0..scenario.replications).map(job).collect();
    let finished = Mutex::new(Vec::with_capacity(jobs.len()));
    run_jobs::<W>(&jobs, source, options, &|job, runs| {
        locked(&finished).push((job, runs));
        true
    });
    let mut finished = finished
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    finished.sort_by_key(|(job, _)| *job);
    let draw = Draw {
        number: 0,
        seed: scenario.seed,
        values: Vec::new(),
    };
    let mut results = Results::empty(scenario, metrics_of::<W>(scenario, source), draw);
    for (job, runs) in finished {
        results.replications.push(jobs[job].replication);
        results.runs.extend(runs);
    }
    results
}

/// Does jobs on some threads. Each is handed over as soon as it is done, from any thread and in any
/// order, by its number; when `finished` says no, no more are taken up.
pub(crate) fn run_jobs<W: World>(
    jobs: &[Job],
    source: &dyn StrategySource,
    options: &RunOptions,
    finished: &(dyn Fn(usize, Vec<Run>) -> bool + Sync),
) {
    let runs = |job: &Job| job.scenario.stressors.len() * job.scenario.strategies.len();
    let shared = Shared {
        order: work_order(jobs, options),
        next: AtomicUsize::new(0),
        runs_done: AtomicUsize::new(0),
        runs_in_all: jobs.iter().map(runs).sum(),
        halted: AtomicBool::new(false),
    };
    std::thread::scope(|scope| {
        for _ in 0..options.threads.get().min(jobs.len()) {
            scope.spawn(|| work::<W>(jobs, source, options, &shared, finished));
        }
    });
}

/// What the threads share.
struct Shared {
    order: Vec<usize>,
    next: AtomicUsize,
    runs_done: AtomicUsize,
    runs_in_all: usize,
    halted: AtomicBool,
}

/// Numbers of jobs in the order in which they are taken up.
fn work_order(jobs: &[Job], options: &RunOptions) -> Vec<usize> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    if let Some(key) = options.shuffle {
        order.sort_by_key(|&job| Keyed::new(key, job as u64).next_u64());
    }
    order
}

/// One thread: takes jobs until none is left or it is stopped.
fn work<W: World>(
    jobs: &[Job],
    source: &dyn StrategySource,
    options: &RunOptions,
    shared: &Shared,
    finished: &(dyn Fn(usize, Vec<Run>) -> bool + Sync),
) {
    while let Some(&job) = shared
        .order
        .get(shared.next.fetch_add(1, Ordering::Relaxed))
    {
        let report = || {
            let done = shared.runs_done.fetch_add(1, Ordering::Relaxed) + 1;
            (options.progress)(done, shared.runs_in_all);
        };
        if shared.halted.load(Ordering::Relaxed) || options.stop.load(Ordering::Relaxed) {
            return;
        }
        let unit = Replication::<W>::new(&jobs[job], source);
        if !finished(job, unit.run_all(&report)) {
            shared.halted.store(true, Ordering::Relaxed);
            return;
        }
    }
}

/// A thread that panics holds no result, so a poisoned list is still whole.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
