//! Units that are kept, played again: do they give the same?

use super::unit::{Place, decode, encode};
use super::{Keep, Part, Placed, Point, Study, StudyError};
use crate::pool::{emptied, locked};
use crate::results::{Outcome, Run};
use crate::runner::{Job, RunOptions, run_jobs};
use crate::world::metrics_of;
use std::ops::Range;
use std::sync::Mutex;
use zalm_model::{MetricSpec, Simulation};

/// A unit that was played again.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// Number of its draw.
    pub draw: u32,
    /// Its replication.
    pub replication: u32,
    /// What differs from what was kept, a line for each run that does.
    pub differences: Vec<String>,
}

impl Study<'_> {
    /// Numbers of the units that are kept, of all (point, replication) in order.
    ///
    /// # Errors
    /// When a point cannot be.
    pub fn kept(
        &self,
        points: &[Point],
        replications: Range<u32>,
        keep: Keep,
    ) -> Result<Vec<usize>, StudyError> {
        let keys = self.keys(points, replications, keep)?;
        let kept = keys.iter().enumerate();
        Ok(kept
            .filter(|(_, key)| self.units.has(key))
            .map(|(number, _)| number)
            .collect())
    }

    /// Plays units again that are kept, by their numbers; nothing that is kept changes.
    ///
    /// # Errors
    /// When a point cannot be, when it is stopped, or when the journal fails.
    pub fn replay(
        &self,
        points: &[Point],
        replications: Range<u32>,
        numbers: &[usize],
        keep: Keep,
        options: &RunOptions,
    ) -> Result<Vec<Replayed>, StudyError> {
        let placed = self.placed(points, keep, options.rerun)?;
        let units: Vec<_> = Part::ALL.of_units(&placed, &replications).collect();
        let chosen: Vec<(&Placed, u32)> = numbers.iter().map(|&number| units[number]).collect();
        let jobs: Vec<Job> = chosen
            .iter()
            .map(|(one, replication)| Job {
                scenario: &one.scenario,
                draw: one.point.draw,
                replication: *replication,
                rerun: &one.rerun,
            })
            .collect();
        let found = Mutex::new(Vec::with_capacity(jobs.len()));
        run_jobs::<Simulation>(&jobs, self.source, options, &|number, runs| {
            let (one, replication) = chosen[number];
            let differences = self.differences(one, replication, runs, keep);
            locked(&found).push((number, differences));
            true
        });
        let mut found = emptied(found);
        if found.len() < chosen.len() {
            let (done, all) = (found.len(), chosen.len());
            return Err(StudyError::Stopped { done, all });
        }
        found.sort_by_key(|(number, _)| *number);
        let replayed = found.into_iter().map(|(number, differences)| {
            let (one, replication) = chosen[number];
            Ok(Replayed {
                draw: one.point.draw,
                replication,
                differences: differences?,
            })
        });
        replayed.collect()
    }

    fn differences(
        &self,
        one: &Placed,
        replication: u32,
        runs: Vec<Run>,
        keep: Keep,
    ) -> Result<Vec<String>, StudyError> {
        let kept = self.units.bytes(&one.key.unit(replication))?;
        let again = encode(runs, keep);
        if kept == again {
            return Ok(Vec::new());
        }
        let place = Place {
            scenario: &one.scenario,
            draw: one.point.draw,
            replication,
            rerun: &one.rerun,
        };
        let (Some(before), Some(now)) = (decode(&kept, &place), decode(&again, &place)) else {
            return Ok(vec!["what was kept is no unit of this scenario".to_owned()]);
        };
        let metrics = metrics_of::<Simulation>(&one.scenario, self.source);
        let line = |(before, now): (&Run, &Run)| {
            let how = difference(before, now, &metrics)?;
            let strategy = &one.scenario.strategies[before.strategy].name;
            let stressor = &one.scenario.stressors[before.stressor].name;
            Some(format!("{strategy} under {stressor}: {how}"))
        };
        Ok(before.iter().zip(&now).filter_map(line).collect())
    }
}

/// The first thing in which two runs differ.
fn difference(before: &Run, now: &Run, metrics: &[MetricSpec]) -> Option<String> {
    match (&before.outcome, &now.outcome) {
        (one, other) if one == other => None,
        (Outcome::Done(one), Outcome::Done(other)) => {
            let values = one.outcomes.iter().zip(&other.outcomes).zip(metrics);
            let moved = values
                .into_iter()
                .find(|((was, is), _)| was.to_bits() != is.to_bits());
            Some(match moved {
                Some(((was, is), metric)) => format!("{} was {was}, is {is}", metric.name),
                None => format!("digest was {:016x}, is {:016x}", one.digest, other.digest),
            })
        }
        (Outcome::Failed(one), Outcome::Failed(other)) => Some(format!(
            "failed with {:?}, now {:?}",
            one.reason, other.reason
        )),
        (Outcome::Failed(failure), Outcome::Done(_)) => {
            Some(format!("failed with {:?}, now does not", failure.reason))
        }
        (Outcome::Done(_), Outcome::Failed(failure)) => {
            Some(format!("did not fail, now does with {:?}", failure.reason))
        }
    }
}
