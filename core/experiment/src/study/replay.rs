//! Units that are kept, played again: do they give the same?

use super::placed::Site;
use super::unit::{decode, encode};
use super::{Keep, Part, Placed, StudyError};
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

impl Placed<'_> {
    /// Numbers of the units that are kept, of all (point, replication) in order.
    pub fn kept(&self, replications: Range<u32>) -> Vec<usize> {
        let keys = self.keys_of(&replications, Part::ALL).enumerate();
        keys.filter(|(_, key)| self.study.units.has(key))
            .map(|(number, _)| number)
            .collect()
    }

    /// Plays units again that are kept, by their numbers; nothing that is kept changes.
    ///
    /// # Errors
    /// When it is stopped, or when the journal fails.
    pub fn replay(
        &self,
        replications: Range<u32>,
        numbers: &[usize],
        options: &RunOptions,
    ) -> Result<Vec<Replayed>, StudyError> {
        let units: Vec<_> = Part::ALL.of_units(&self.sites, &replications).collect();
        let chosen: Vec<(&Site, u32)> = numbers.iter().map(|&number| units[number]).collect();
        let jobs = chosen.iter();
        let jobs: Vec<Job> = jobs
            .map(|(site, replication)| site.job(*replication, options.rerun))
            .collect();
        let found = Mutex::new(Vec::with_capacity(jobs.len()));
        run_jobs::<Simulation>(&jobs, self.study.source, options, &|number, runs| {
            let differences = self.differences(chosen[number].0, &jobs[number], runs);
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
            let Job {
                draw, replication, ..
            } = jobs[number];
            Ok(Replayed {
                draw,
                replication,
                differences: differences?,
            })
        });
        replayed.collect()
    }

    fn differences(
        &self,
        site: &Site,
        job: &Job,
        runs: Vec<Run>,
    ) -> Result<Vec<String>, StudyError> {
        let kept = self.study.units.bytes(&site.key.unit(job.replication))?;
        let again = encode(runs, self.keep);
        if kept == again {
            return Ok(Vec::new());
        }
        let (Some(before), Some(now)) = (decode(&kept, job), decode(&again, job)) else {
            return Ok(vec!["what was kept is no unit of this scenario".to_owned()]);
        };
        let metrics = metrics_of::<Simulation>(job.scenario, self.study.source);
        let line = |(before, now): (&Run, &Run)| {
            let how = difference(before, now, self.keep, &metrics)?;
            let strategy = &job.scenario.strategies[before.strategy].name;
            let stressor = &job.scenario.stressors[before.stressor].name;
            Some(format!("{strategy} under {stressor}: {how}"))
        };
        Ok(before.iter().zip(&now).filter_map(line).collect())
    }
}

/// The first thing in which two runs differ; `None` when they are the same, byte for byte: what is
/// no number in both of them is no difference.
fn difference(before: &Run, now: &Run, keep: Keep, metrics: &[MetricSpec]) -> Option<String> {
    let bytes = |run: &Run| encode(vec![run.clone()], keep);
    if bytes(before) == bytes(now) {
        return None;
    }
    match (&before.outcome, &now.outcome) {
        (Outcome::Done(one), Outcome::Done(other)) => {
            let values = one.outcomes.iter().zip(&other.outcomes).zip(metrics);
            let moved = values
                .into_iter()
                .find(|((was, is), _)| was.to_bits() != is.to_bits());
            Some(match moved {
                Some(((was, is), metric)) => format!("{} was {was}, is {is}", metric.name),
                None if one.digest != other.digest => {
                    format!("digest was {:016x}, is {:016x}", one.digest, other.digest)
                }
                None => "it ends the same, but its months are not".to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_model::RunRecord;

    fn run(outcomes: &[f64], digest: u64) -> Run {
        let record = RunRecord {
            outcomes: outcomes.to_vec(),
            series: Vec::new(),
            fates: Vec::new(),
            costs: Vec::new(),
            events: Vec::new(),
            digest,
        };
        Run {
            draw: 0,
            strategy: 0,
            stressor: 0,
            replication: 0,
            outcome: Outcome::Done(record),
        }
    }

    #[test]
    fn what_another_strategy_measures_is_no_difference() {
        let told = |now: &Run| difference(&run(&[1.0, f64::NAN], 7), now, Keep::Outcomes, &[]);
        assert_eq!(told(&run(&[1.0, f64::NAN], 7)), None);
        let moved = told(&run(&[1.0, f64::NAN], 8)).expect("it moved");
        assert_eq!(moved, "digest was 0000000000000007, is 0000000000000008");
    }
}
