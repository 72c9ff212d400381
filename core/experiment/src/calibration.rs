//! Calibration: what the model does, held against what was observed, and a fit that moves free
//! numbers within their plausible ranges until the two are as near as they get.
//!
//! [`simulate`] watches the model, [`fit`] searches.

mod fit;
mod improved;
mod places;
mod projects;
#[cfg(test)]
mod tests;
mod watch;

pub use fit::{Fit, FitOptions, Moved, fit};

use crate::pool::pool;
use crate::runner::RunOptions;
use places::quiet_world;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::AtomicBool;
use watch::{Ratio, watch};
use zalm_model::StrategySource;
use zalm_scenario::{SCENARIO_WORLD, Scenario, Statistic, Target, Targets};

/// Why nothing could be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalibrationError {
    /// It was stopped.
    Stopped,
    /// A target or a free number names what the scenario does not have.
    Unknown(String),
    /// A run failed.
    Failed(String),
}

/// How to watch; the threads change no result.
#[derive(Clone, Copy)]
pub struct WatchOptions<'a> {
    /// Threads to use.
    pub threads: NonZeroUsize,
    /// Set to `true` to end early.
    pub stop: &'a AtomicBool,
}

/// The value of each target's statistic in the model, in the order of the targets.
///
/// The same replications give the same chance to every set of numbers. Targets about projects need
/// the scenario's own strategies; without `source` they are `None`.
///
/// # Errors
/// When it is stopped, when a name is unknown, or when a run fails.
pub fn simulate(
    scenario: &Scenario,
    targets: &Targets,
    replications: Range<u32>,
    source: Option<&dyn StrategySource>,
    options: WatchOptions<'_>,
) -> Result<Vec<Option<f64>>, CalibrationError> {
    let mut values = quiet_values(scenario, targets, replications.clone(), options)?;
    let own: Vec<&Target> = in_world(targets, SCENARIO_WORLD).collect();
    if let Some(source) = source.filter(|_| !own.is_empty()) {
        let mut scenario = scenario.clone();
        scenario.replications = replications.end - replications.start;
        let seen = projects::watch(&scenario, source, &run_options(options))?;
        for target in own {
            values.insert(&target.id, seen.value(&target.statistic));
        }
    }
    let value = |target: &Target| values.get(target.id.as_str()).copied().flatten();
    Ok(targets.targets.iter().map(value).collect())
}

fn run_options<'a>(options: WatchOptions<'a>) -> RunOptions<'a> {
    RunOptions {
        threads: options.threads,
        ..RunOptions::quiet(options.stop, "zalm run")
    }
}

/// Targets that are watched in a world.
fn in_world<'a>(targets: &'a Targets, world: &'a str) -> impl Iterator<Item = &'a Target> {
    let here = move |target: &&Target| target.world == world;
    targets.targets.iter().filter(here)
}

/// What is watched in the quiet worlds: numerators and denominators of all replications together.
fn quiet_values<'a>(
    scenario: &Scenario,
    targets: &'a Targets,
    replications: Range<u32>,
    options: WatchOptions<'_>,
) -> Result<BTreeMap<&'a str, Option<f64>>, CalibrationError> {
    let mut work = Vec::new();
    for world in &targets.worlds {
        let quiet = quiet_world(scenario, world, targets.months);
        let here: Vec<&Target> = in_world(targets, &world.name).collect();
        if !here.is_empty() {
            work.push((quiet, here));
        }
    }
    let jobs: Vec<(usize, u32)> = (0..work.len())
        .flat_map(|world| replications.clone().map(move |r| (world, r)))
        .collect();
    let seen = pool(jobs.len(), options.threads, options.stop, |job| {
        let (world, replication) = jobs[job];
        let (quiet, here) = &work[world];
        let statistics: Vec<&Statistic> = here.iter().map(|target| &target.statistic).collect();
        Some(watch(quiet, &statistics, replication))
    });
    let mut ratios: BTreeMap<&str, Ratio> = BTreeMap::new();
    for ((world, _), seen) in jobs.iter().zip(seen.ok_or(CalibrationError::Stopped)?) {
        for (target, ratio) in work[*world].1.iter().zip(seen?) {
            ratios.entry(&target.id).or_default().add(ratio);
        }
    }
    let value = |(id, ratio): (&'a str, Ratio)| (id, ratio.value());
    Ok(ratios.into_iter().map(value).collect())
}

/// Relative miss of a simulated value: 0.1 is ten per cent above what was observed.
pub fn miss(target: &Target, simulated: f64) -> f64 {
    simulated / target.observed - 1.0
}
