//! Runs every strategy under every stressor, replication by replication.
//!
//! The unit of work is one replication: it is run once to the policy date, copied, and forked
//! for every (stressor, strategy). So pairs finish together, and what lies before the policy
//! date is the same for all by construction. A run that fails is an entry with its reason; it
//! stops nothing.

mod attempt;
#[cfg(test)]
mod tests;

use crate::pool::{emptied, locked, pool};
use crate::results::{Draw, Failure, Results, Run};
use crate::words::quoted;
use crate::world::{Measured, World, metrics_of};
use attempt::Replication;
pub(crate) use attempt::panic_text;
use rand::Rng;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
    pub(crate) rerun: String,
}

impl Job<'_> {
    /// A run of it that failed, with its command.
    pub(crate) fn failed(&self, reason: String, strategy: usize, stressor: usize) -> Failure {
        let strategy = quoted(&self.scenario.strategies[strategy].name);
        let stressor = quoted(&self.scenario.stressors[stressor].name);
        let (rerun, replication) = (&self.rerun, self.replication);
        Failure {
            reason,
            rerun: format!(
                "{rerun} --strategy {strategy} --stressor {stressor} --replication {replication}"
            ),
        }
    }
}

/// Runs the scenario's strategies under its stressors, and keeps all of every record.
///
/// A scenario without stressors is refused by `zalm-scenario`; here it simply gives no runs.
pub fn run(scenario: &Scenario, source: &dyn StrategySource, options: &RunOptions) -> Results {
    run_worlds::<Simulation>(scenario, source, options)
}

pub(crate) fn run_worlds<W: Measured>(
    scenario: &Scenario,
    source: &dyn StrategySource,
    options: &RunOptions,
) -> Results {
    let draw = Draw {
        number: 0,
        seed: scenario.seed,
        values: Vec::new(),
    };
    let mut results = Results::empty(scenario, metrics_of::<W>(scenario, source), draw);
    for (replication, runs) in replications::<W>(scenario, source, options) {
        results.replications.push(replication);
        results.runs.extend(runs);
    }
    results
}

/// The replications of a scenario that are complete, in order, each with its runs.
pub(crate) fn replications<W: World>(
    scenario: &Scenario,
    source: &dyn StrategySource,
    options: &RunOptions,
) -> Vec<(u32, Vec<Run<W::Record>>)> {
    let job = |replication| Job {
        scenario,
        draw: 0,
        replication,
        rerun: options.rerun.to_owned(),
    };
    let jobs: Vec<Job> = (0..scenario.replications).map(job).collect();
    let finished = Mutex::new(Vec::with_capacity(jobs.len()));
    run_jobs::<W>(&jobs, source, options, &|job, runs| {
        locked(&finished).push((jobs[job].replication, runs));
        true
    });
    let mut finished = emptied(finished);
    finished.sort_by_key(|(replication, _)| *replication);
    finished
}

/// Does jobs on some threads. Each is handed over as soon as it is done, from any thread and in any
/// order, by its number; when `finished` says no, no more are taken up.
pub(crate) fn run_jobs<W: World>(
    jobs: &[Job],
    source: &dyn StrategySource,
    options: &RunOptions,
    finished: &(dyn Fn(usize, Vec<Run<W::Record>>) -> bool + Sync),
) {
    let order = work_order(jobs, options);
    let runs = |job: &Job| job.scenario.stressors.len() * job.scenario.strategies.len();
    let in_all = jobs.iter().map(runs).sum();
    let done = AtomicUsize::new(0);
    let report = || (options.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, in_all);
    pool(jobs.len(), options.threads, options.stop, |at| {
        let unit = Replication::<W>::new(&jobs[order[at]], source);
        finished(order[at], unit.run_all(&report)).then_some(())
    });
}

/// Numbers of jobs in the order in which they are taken up.
fn work_order(jobs: &[Job], options: &RunOptions) -> Vec<usize> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    if let Some(key) = options.shuffle {
        order.sort_by_key(|&job| Keyed::new(key, job as u64).next_u64());
    }
    order
}
