//! A unit of work, one replication of a point under all strategies and stressors, and its key.

use crate::experiment::Experiment;
use crate::results::{Outcome, Run};
use crate::runner::Job;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use zalm_model::{ENDS, RunRecord};
use zalm_scenario::{Scenario, resolved};

/// What is kept of a run; each holds what the one before it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    /// Outcomes, fates of projects, costs by payer and item, digest.
    Outcomes,
    /// And every metric over time.
    Series,
    /// And the event log: the whole record.
    Record,
}

/// SHA-256 of everything that decides the bytes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub(crate) [u8; 32]);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The part of a key that the replications of a point share.
pub(super) struct PointKey(Sha256);

impl PointKey {
    /// Of a changed scenario. The number of replications decides nothing in a replication.
    pub(super) fn new(experiment: &Experiment, scenario: &Scenario, keep: Keep) -> Self {
        let scenario = Scenario {
            replications: 0,
            ..scenario.clone()
        };
        let mut digest = Sha256::new().chain_update(b"zalm.unit/1");
        let libraries = experiment.plugins.iter().map(|plugin| &plugin.sha256);
        let texts = [&experiment.zalm_version, &experiment.program_sha256];
        for text in texts.into_iter().chain(libraries) {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text);
        }
        digest.update(resolved(&scenario));
        digest.update([keep as u8]);
        Self(digest)
    }

    /// The key of one replication.
    pub(super) fn unit(&self, replication: u32) -> Key {
        let digest = self.0.clone().chain_update(replication.to_le_bytes());
        Key(digest.finalize().into())
    }
}

/// What a run gave, without what its place in the unit says.
#[derive(Serialize, Deserialize)]
enum Stored {
    Done(RunRecord),
    Failed(String),
}

/// The bytes of a unit's runs, which stand in declared order.
pub(super) fn encode(runs: Vec<Run>, keep: Keep) -> Vec<u8> {
    let stored = |run: Run| match run.outcome {
        Outcome::Done(mut record) => {
            if keep < Keep::Series {
                record.series.clear();
            }
            if keep < Keep::Record {
                record.events.clear();
            }
            Stored::Done(record)
        }
        Outcome::Failed(failure) => Stored::Failed(failure.reason),
    };
    let runs: Vec<Stored> = runs.into_iter().map(stored).collect();
    postcard::to_allocvec(&runs).expect("a record holds only what postcard can write")
}

/// Whether the first project, if it ended, ended by one of the model's causes: what is counted by
/// cause rests on it.
fn ends_as_teams_do(stored: &Stored) -> bool {
    let Stored::Done(record) = stored else {
        return true;
    };
    let ended = record.fates.first().filter(|fate| fate.end.is_some());
    ended.is_none_or(|fate| ENDS.contains(&fate.cause.as_str()))
}

/// The runs of the unit that a job made; `None` when the bytes are not those of such a unit.
pub(super) fn decode(bytes: &[u8], job: &Job) -> Option<Vec<Run>> {
    let stored: Vec<Stored> = postcard::from_bytes(bytes).ok()?;
    let Job {
        scenario,
        draw,
        replication,
        ..
    } = *job;
    let strategies = scenario.strategies.len();
    if stored.len() != strategies * scenario.stressors.len() || !stored.iter().all(ends_as_teams_do)
    {
        return None;
    }
    let run = |(index, stored): (usize, Stored)| {
        let (stressor, strategy) = (index / strategies, index % strategies);
        let outcome = match stored {
            Stored::Done(record) => Outcome::Done(record),
            Stored::Failed(reason) => Outcome::Failed(job.failed(reason, strategy, stressor)),
        };
        Run {
            draw,
            strategy,
            stressor,
            replication,
            outcome,
        }
    };
    Some(stored.into_iter().enumerate().map(run).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{results, scenario};

    #[test]
    fn a_team_that_ended_as_no_team_does_is_of_no_unit() {
        let names = ["waits", "pushes"];
        let scenario = scenario(&names, 1);
        let job = Job {
            scenario: &scenario,
            draw: 0,
            replication: 0,
            rerun: String::new(),
        };
        let mut runs = results(&names, 1).runs;
        let kept = encode(runs.clone(), Keep::Record);
        assert!(decode(&kept, &job).is_some_and(|kept| kept == runs));
        for run in &mut runs {
            if let Outcome::Done(record) = &mut run.outcome {
                record.fates[0].end = Some(1);
                record.fates[0].cause = "moon".to_owned();
            }
        }
        assert!(decode(&encode(runs, Keep::Record), &job).is_none());
    }
}
