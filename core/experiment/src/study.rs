//! A study: points of one experiment, run as far as they were not run before.
//!
//! Every unit of work (one replication of one point, all strategies under all stressors) is kept
//! under a key of everything that decides its bytes. So a study asks for what it needs, again and
//! again, and only what is new is run: an adaptive method and the continuation of an interrupted
//! command are the same thing.

pub mod design;
mod drawn;
mod enough;
mod part;
mod point;
mod replay;
#[cfg(test)]
mod tests;
mod unit;

pub use drawn::quantile;
pub use enough::{Aim, Enough, Look, Wait};
pub use part::Part;
pub use point::{Change, Noise, Point};
pub use replay::Replayed;
pub use unit::{Keep, Key};

use crate::experiment::Experiment;
use crate::pool::{emptied, locked};
use crate::results::{Draw, Results, Run};
use crate::runner::{Job, RunOptions, run_jobs};
use crate::store::{Journal, StoreError, UnderWay};
use crate::words::quoted;
use crate::world::{Measured, metrics_of};
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use unit::{Place, PointKey, decode, encode};
use zalm_model::{Simulation, StrategySource};
use zalm_scenario::Scenario;
use zalm_statistics::Refused;

/// Runs points of an experiment.
pub struct Study<'a> {
    scenario: &'a Scenario,
    source: &'a dyn StrategySource,
    experiment: Experiment,
    units: Units<'a>,
    /// Whether results leave series and costs where the units are.
    thin: bool,
}

/// Where units are kept.
enum Units<'a> {
    /// For as long as the study lives.
    Memory(Mutex<HashMap<Key, Vec<u8>>>),
    /// In the journal of a run folder.
    Journal(&'a Journal),
}

/// Why a study has no results.
#[derive(Debug)]
pub enum StudyError {
    /// What is wrong with its points.
    Points(Vec<String>),
    /// It was stopped; what was run is kept.
    Stopped {
        /// Units that are done, count.
        done: usize,
        /// Units that were asked for, count.
        all: usize,
    },
    /// A stopping rule cannot be held against the runs.
    Refused(Refused),
    /// The journal cannot be written or read.
    Store(StoreError),
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points(problems) => write!(f, "{}", problems.join("\n")),
            Self::Stopped { done, all } => write!(f, "stopped: {done} of {all} units are done"),
            Self::Refused(refused) => write!(f, "{refused}"),
            Self::Store(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StudyError {}

impl From<StoreError> for StudyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A point with what follows from it.
struct Placed<'p> {
    point: &'p Point,
    scenario: Scenario,
    key: PointKey,
    rerun: String,
}

impl<'a> Study<'a> {
    /// A study that keeps its units for as long as it lives.
    ///
    /// `source` makes the strategies of `scenario`; no point changes those.
    pub fn in_memory(scenario: &'a Scenario, source: &'a dyn StrategySource) -> Self {
        Self {
            scenario,
            source,
            experiment: Experiment::default(),
            units: Units::Memory(Mutex::default()),
            thin: false,
        }
    }

    /// A study that keeps its units in a run folder, and finds there what was run before.
    pub fn in_folder(
        scenario: &'a Scenario,
        source: &'a dyn StrategySource,
        folder: &'a UnderWay,
    ) -> Self {
        Self {
            scenario,
            source,
            experiment: folder.experiment().clone(),
            units: Units::Journal(folder.journal()),
            thin: false,
        }
    }

    /// The same study, whose results leave series, costs and events where the units are kept, so that
    /// memory hardly grows with runs; [`crate::Played`] reads them again.
    #[must_use]
    pub fn thin(mut self) -> Self {
        self.thin = true;
        self
    }

    /// The scenario whose points these are.
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// The results of each point, in the order of the points; replications ascend.
    ///
    /// The same replication has the same chance at every point, see [`Noise`].
    ///
    /// # Errors
    /// When a point cannot be, when it is stopped, or when the journal fails.
    pub fn evaluate(
        &self,
        points: &[Point],
        replications: Range<u32>,
        keep: Keep,
        options: &RunOptions,
    ) -> Result<Vec<Results>, StudyError> {
        self.evaluate_worlds::<Simulation>(points, replications, keep, options)
    }

    /// Units that are done and units in all.
    ///
    /// # Errors
    /// When a point cannot be.
    pub fn done(
        &self,
        points: &[Point],
        replications: Range<u32>,
        keep: Keep,
    ) -> Result<(usize, usize), StudyError> {
        self.part(points, replications, Part::ALL, keep)
    }

    /// Keys of the units in the order of the results.
    ///
    /// # Errors
    /// When a point cannot be.
    pub fn keys(
        &self,
        points: &[Point],
        replications: Range<u32>,
        keep: Keep,
    ) -> Result<Vec<Key>, StudyError> {
        self.keys_of(points, &replications, Part::ALL, keep)
    }

    /// Hands over every run of these points, read again in the order of the results.
    ///
    /// # Errors
    /// When a point cannot be, a unit was not run or cannot be read, or as `take`.
    pub(crate) fn each_run(
        &self,
        points: &[Point],
        replications: Range<u32>,
        keep: Keep,
        rerun: &str,
        take: &mut dyn FnMut(&Run) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let placed = self.placed(points, keep, rerun);
        let placed = placed.expect("points that were run can be");
        for one in &placed {
            for replication in replications.clone() {
                self.unit(one, replication)?
                    .iter()
                    .try_for_each(&mut *take)?;
            }
        }
        Ok(())
    }

    pub(crate) fn evaluate_worlds<W: Measured>(
        &self,
        points: &[Point],
        replications: Range<u32>,
        keep: Keep,
        options: &RunOptions,
    ) -> Result<Vec<Results>, StudyError> {
        let placed = self.placed(points, keep, options.rerun)?;
        self.run_missing::<W>(&placed, &replications, Part::ALL, keep, options)?;
        let results = placed
            .iter()
            .map(|one| self.results::<W>(one, &replications));
        results.collect()
    }

    /// The points with their scenarios; everything that is wrong with them at once.
    fn placed<'p>(
        &self,
        points: &'p [Point],
        keep: Keep,
        rerun: &str,
    ) -> Result<Vec<Placed<'p>>, StudyError> {
        let mut placed = Vec::with_capacity(points.len());
        let mut problems = Vec::new();
        for point in points {
            match point.scenario(self.scenario) {
                Ok(scenario) => placed.push(Placed {
                    point,
                    key: PointKey::new(&self.experiment, &scenario, keep),
                    rerun: rerun_with(rerun, &point::settings(self.scenario, &scenario)),
                    scenario,
                }),
                Err(found) => {
                    let of = |problem| format!("draw {}: {problem}", point.draw);
                    problems.extend(found.into_iter().map(of));
                }
            }
        }
        if problems.is_empty() {
            Ok(placed)
        } else {
            Err(StudyError::Points(problems))
        }
    }

    /// Runs the units that are not there yet, and keeps each as soon as it is done.
    fn run_missing<W: Measured>(
        &self,
        placed: &[Placed],
        replications: &Range<u32>,
        part: Part,
        keep: Keep,
        options: &RunOptions,
    ) -> Result<(), StudyError> {
        let mut jobs = Vec::new();
        let mut keys = Vec::new();
        let mut all = 0;
        for (one, replication) in part.of_units(placed, replications) {
            all += 1;
            let key = one.key.unit(replication);
            if !self.units.has(&key) {
                keys.push(key);
                jobs.push(Job {
                    scenario: &one.scenario,
                    draw: one.point.draw,
                    replication,
                    rerun: &one.rerun,
                });
            }
        }
        let kept = AtomicUsize::new(0);
        let failed = Mutex::new(None);
        run_jobs::<W>(&jobs, self.source, options, &|job, runs| match self
            .units
            .keep(keys[job], encode(runs, keep))
        {
            Ok(()) => {
                kept.fetch_add(1, Ordering::Relaxed);
                true
            }
            Err(error) => {
                *locked(&failed) = Some(error);
                false
            }
        });
        if let Some(error) = emptied(failed) {
            return Err(StudyError::Store(error));
        }
        let done = all - jobs.len() + kept.into_inner();
        if done < all {
            return Err(StudyError::Stopped { done, all });
        }
        Ok(())
    }

    fn results<W: Measured>(
        &self,
        placed: &Placed,
        replications: &Range<u32>,
    ) -> Result<Results, StudyError> {
        let scenario = &placed.scenario;
        let draw = Draw {
            number: placed.point.draw,
            seed: scenario.seed,
            values: placed
                .point
                .values()
                .filter_map(|(name, _)| {
                    // Parts of a whole are not always what was asked.
                    let value = scenario.parameters.get(name)?.value;
                    Some((name.to_owned(), value))
                })
                .collect(),
        };
        let mut results = Results::empty(scenario, metrics_of::<W>(scenario, self.source), draw);
        results.planned = replications.len() as u32;
        for replication in replications.clone() {
            results.replications.push(replication);
            let mut runs = self.unit(placed, replication)?;
            if self.thin {
                runs.iter_mut().for_each(Run::thin);
            }
            results.runs.extend(runs);
        }
        Ok(results)
    }

    fn unit(&self, placed: &Placed, replication: u32) -> Result<Vec<Run>, StoreError> {
        let place = Place {
            scenario: &placed.scenario,
            draw: placed.point.draw,
            replication,
            rerun: &placed.rerun,
        };
        let key = placed.key.unit(replication);
        let bytes = self.units.bytes(&key)?;
        decode(&bytes, &place).ok_or_else(|| self.units.strange(&key))
    }
}

impl Units<'_> {
    fn has(&self, key: &Key) -> bool {
        match self {
            Self::Memory(units) => locked(units).contains_key(key),
            Self::Journal(journal) => journal.has(key),
        }
    }

    fn keep(&self, key: Key, bytes: Vec<u8>) -> Result<(), StoreError> {
        match self {
            Self::Memory(units) => {
                locked(units).insert(key, bytes);
                Ok(())
            }
            Self::Journal(journal) => journal.append(key, &bytes),
        }
    }

    fn bytes(&self, key: &Key) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Memory(units) => {
                let bytes = locked(units).get(key).cloned();
                Ok(bytes.expect("what is missing was run"))
            }
            Self::Journal(journal) => journal.read(key),
        }
    }

    fn strange(&self, key: &Key) -> StoreError {
        match self {
            Self::Memory(_) => unreachable!("this program wrote {key}"),
            Self::Journal(journal) => journal.strange(key),
        }
    }
}

/// A command with settings.
fn rerun_with(rerun: &str, settings: &[(String, String)]) -> String {
    let setting =
        |(path, value): &(String, String)| format!(" --set {}", quoted(&format!("{path}={value}")));
    let settings: String = settings.iter().map(setting).collect();
    format!("{rerun}{settings}")
}
