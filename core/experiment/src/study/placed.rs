//! Points of a study in their places: what was run of them, what is missing, what came out.

use super::unit::{PointKey, decode, encode};
use super::{Keep, Key, Part, Study, StudyError};
use crate::pool::{emptied, locked};
use crate::results::{Draw, Results, Run};
use crate::runner::{Job, RunOptions, run_jobs};
use crate::store::StoreError;
use crate::world::{Measured, metrics_of};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use zalm_model::Simulation;
use zalm_scenario::Scenario;

/// Points of a study, each made into its scenario and checked once; see [`Study::place`].
pub struct Placed<'s> {
    pub(super) study: &'s Study<'s>,
    pub(super) sites: Vec<Site>,
    pub(super) keep: Keep,
}

/// A point with what follows from it.
pub(super) struct Site {
    pub(super) draw: Draw,
    pub(super) scenario: Scenario,
    pub(super) key: PointKey,
    /// What the command that repeats a run has beside that of the study.
    pub(super) settings: String,
}

impl Site {
    /// One replication; `rerun` is the start of the command that repeats a run of the study.
    pub(super) fn job(&self, replication: u32, rerun: &str) -> Job<'_> {
        Job {
            scenario: &self.scenario,
            draw: self.draw.number,
            replication,
            rerun: format!("{rerun}{}", self.settings),
        }
    }
}

impl<'s> Placed<'s> {
    pub(super) fn new(study: &'s Study<'s>, sites: Vec<Site>, keep: Keep) -> Self {
        Self { study, sites, keep }
    }

    /// The results of each point, in the order of the points; replications ascend. What is not there
    /// yet is run.
    ///
    /// The same replication has the same chance at every point, see [`super::Noise`].
    ///
    /// # Errors
    /// When it is stopped, or when the journal fails.
    pub fn evaluate(
        &self,
        replications: Range<u32>,
        options: &RunOptions,
    ) -> Result<Vec<Results>, StudyError> {
        self.evaluate_worlds::<Simulation>(replications, options)
    }

    pub(crate) fn evaluate_worlds<W: Measured>(
        &self,
        replications: Range<u32>,
        options: &RunOptions,
    ) -> Result<Vec<Results>, StudyError> {
        self.run_missing::<W>(&replications, Part::ALL, options)?;
        let sites = self.sites.iter();
        let results = sites.map(|site| self.results::<W>(site, &replications, options.rerun));
        results.collect()
    }

    /// Units that are done and units in all.
    pub fn done(&self, replications: Range<u32>) -> (usize, usize) {
        self.part(replications, Part::ALL)
    }

    /// Keys of the units in the order of the results.
    pub fn keys(&self, replications: Range<u32>) -> Vec<Key> {
        self.keys_of(&replications, Part::ALL).collect()
    }

    /// Keys of the units of one part.
    pub(super) fn keys_of(
        &self,
        replications: &Range<u32>,
        part: Part,
    ) -> impl Iterator<Item = Key> {
        let units = part.of_units(&self.sites, replications);
        units.map(|(site, replication)| site.key.unit(replication))
    }

    /// Hands over every run, read again in the order of the results; `rerun` is the start of the
    /// command that repeats one.
    ///
    /// # Errors
    /// When a unit was not run or cannot be read, or as `take`.
    pub(crate) fn each_run(
        &self,
        replications: Range<u32>,
        rerun: &str,
        take: &mut dyn FnMut(&Run) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for (site, replication) in Part::ALL.of_units(&self.sites, &replications) {
            self.unit(site, replication, rerun)?
                .iter()
                .try_for_each(&mut *take)?;
        }
        Ok(())
    }

    /// Runs the units that are not there yet, and keeps each as soon as it is done.
    pub(super) fn run_missing<W: Measured>(
        &self,
        replications: &Range<u32>,
        part: Part,
        options: &RunOptions,
    ) -> Result<(), StudyError> {
        let units = &self.study.units;
        let mut jobs = Vec::new();
        let mut keys = Vec::new();
        let mut all = 0;
        for (site, replication) in part.of_units(&self.sites, replications) {
            all += 1;
            let key = site.key.unit(replication);
            if !units.has(&key) {
                keys.push(key);
                jobs.push(site.job(replication, options.rerun));
            }
        }
        let kept = AtomicUsize::new(0);
        let failed = Mutex::new(None);
        let keep = |job: usize, runs| match units.keep(keys[job], encode(runs, self.keep)) {
            Ok(()) => {
                kept.fetch_add(1, Ordering::Relaxed);
                true
            }
            Err(error) => {
                *locked(&failed) = Some(error);
                false
            }
        };
        run_jobs::<W>(&jobs, self.study.source, options, &keep);
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
        site: &Site,
        replications: &Range<u32>,
        rerun: &str,
    ) -> Result<Results, StudyError> {
        let metrics = metrics_of::<W>(&site.scenario, self.study.source);
        let mut results = Results::empty(&site.scenario, metrics, site.draw.clone());
        // Of the experiment; a draw with a chance of its own has its seed beside it.
        results.seed = self.study.scenario.seed;
        results.planned = replications.len() as u32;
        for replication in replications.clone() {
            results.replications.push(replication);
            let mut runs = self.unit(site, replication, rerun)?;
            if self.study.thin {
                runs.iter_mut().for_each(Run::thin);
            }
            results.runs.extend(runs);
        }
        Ok(results)
    }

    /// The runs of a unit that was run.
    pub(super) fn unit(
        &self,
        site: &Site,
        replication: u32,
        rerun: &str,
    ) -> Result<Vec<Run>, StoreError> {
        let units = &self.study.units;
        let key = site.key.unit(replication);
        let bytes = units.bytes(&key)?;
        decode(&bytes, &site.job(replication, rerun)).ok_or_else(|| units.strange(&key))
    }
}
