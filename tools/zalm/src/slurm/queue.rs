//! What is asked of Slurm: sbatch, squeue, scancel; and which jobs are of a folder.

use crate::exit::Failure;
use crate::say::say;
use crate::whole_file::write_whole;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Version of the layout of the file.
const SCHEMA: &str = "zalm.slurm/1";

/// The jobs of a folder, in `slurm/jobs.json`.
#[derive(Serialize, Deserialize)]
pub struct Jobs {
    schema: String,
    /// Shards, count.
    pub shards: u32,
    /// What was submitted, the first first.
    pub submitted: Vec<Submitted>,
}

/// What was submitted at once.
#[derive(Default, Serialize, Deserialize)]
pub struct Submitted {
    /// Job of the shards; `None` when there was only a merge to do.
    pub array: Option<String>,
    /// Job of the merge.
    pub merge: Option<String>,
}

/// A job or a task that Slurm has not ended.
pub struct Queued {
    job: String,
    /// Number of the task; `None` of a job that is no array.
    task: Option<u32>,
    /// Its state, and why it waits.
    state: String,
}

fn file(folder: &Path) -> PathBuf {
    folder.join("slurm/jobs.json")
}

impl Jobs {
    /// No job yet.
    pub fn new(shards: u32) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            shards,
            submitted: Vec::new(),
        }
    }

    /// Whether something was submitted for a folder.
    pub fn there(folder: &Path) -> bool {
        file(folder).exists()
    }

    /// The jobs of a folder.
    ///
    /// # Errors
    /// When nothing was submitted for it.
    pub fn of(folder: &Path) -> Result<Self, Failure> {
        let file = file(folder);
        let wrong = |why: String| {
            Failure::invalid(say("no-jobs", &[("file", &file.display()), ("why", &why)]))
        };
        let text = std::fs::read_to_string(&file).map_err(|error| wrong(error.to_string()))?;
        let jobs: Self = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        if jobs.schema == SCHEMA {
            Ok(jobs)
        } else {
            Err(wrong(say(
                "other-schema",
                &[("schema", &jobs.schema), ("expected", &SCHEMA)],
            )))
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written; the jobs are named, for they are on the cluster.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        // Only strings and numbers, so this cannot fail.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        let file = file(folder);
        write_whole(&file, &text, true).map_err(|error| {
            let jobs = self.all().join(" ");
            Failure::unexpected(say(
                "jobs-unwritten",
                &[
                    ("file", &file.display()),
                    ("error", &error),
                    ("jobs", &jobs),
                ],
            ))
        })
    }

    /// Jobs of shards.
    pub fn arrays(&self) -> Vec<String> {
        let arrays = self.submitted.iter().filter_map(|one| one.array.clone());
        arrays.collect()
    }

    /// All jobs.
    pub fn all(&self) -> Vec<String> {
        let both = |one: &Submitted| [one.array.clone(), one.merge.clone()];
        self.submitted.iter().flat_map(both).flatten().collect()
    }

    /// How a shard stands that is queued or running.
    pub fn task<'q>(&self, queue: &'q [Queued], shard: u32) -> Option<&'q str> {
        let arrays = self.arrays();
        let own = |one: &&Queued| one.task == Some(shard) && arrays.contains(&one.job);
        queue.iter().find(own).map(|one| one.state.as_str())
    }

    /// How the last merge stands, when it is queued or running.
    pub fn merge<'q>(&self, queue: &'q [Queued]) -> Option<&'q str> {
        let merge = self.submitted.last()?.merge.as_ref()?;
        let own = |one: &&Queued| one.job == *merge;
        queue.iter().find(own).map(|one| one.state.as_str())
    }

    /// Leaves out what Slurm does not know any more: nothing can wait for it.
    pub fn forget_ended(&mut self, queue: &[Queued]) {
        let there = |job: &Option<String>| {
            let job = job.as_ref();
            job.is_some_and(|job| queue.iter().any(|one| one.job == *job))
        };
        self.submitted
            .retain(|one| there(&one.array) || there(&one.merge));
    }
}

/// Submits a script; gives the number of the job.
///
/// # Errors
/// When there is no Slurm, or when it refuses, with what it says.
pub fn sbatch(options: &[&str], script: &Path) -> Result<String, Failure> {
    let said = said(
        Command::new("sbatch")
            .arg("--parsable")
            .args(options)
            .arg(script),
    )?;
    // `12` or `12;cluster`.
    Ok(said.trim().split(';').next().unwrap_or_default().to_owned())
}

/// What the user has queued or running.
///
/// # Errors
/// When there is no Slurm, or when it refuses.
pub fn queued() -> Result<Vec<Queued>, Failure> {
    let said = said(Command::new("squeue").args([
        "--noheader",
        "--array",
        "--me",
        "--format=%F|%K|%T|%r",
    ]))?;
    Ok(read(&said))
}

/// Takes jobs off the cluster; those that have ended are no error.
///
/// # Errors
/// When there is no Slurm, or when it refuses.
pub fn scancel(jobs: &[String]) -> Result<(), Failure> {
    said(Command::new("scancel").arg("--quiet").args(jobs)).map(drop)
}

fn read(said: &str) -> Vec<Queued> {
    let line = |line: &str| {
        let mut parts = line.trim().split('|');
        let (job, task, state) = (parts.next()?, parts.next()?, parts.next()?);
        let why = parts.next().filter(|why| *why != "None");
        Some(Queued {
            job: job.to_owned(),
            task: task.parse().ok(),
            state: why.map_or_else(|| state.to_owned(), |why| format!("{state} ({why})")),
        })
    };
    said.lines().filter_map(line).collect()
}

/// What a program of Slurm says.
fn said(command: &mut Command) -> Result<String, Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        Failure::invalid(say("no-slurm", &[("program", &program), ("error", &error)]))
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&output.stderr);
    Err(Failure::invalid(format!("{program}: {}", why.trim())))
}

#[cfg(test)]
mod tests {
    use super::{Jobs, Submitted, read};

    #[test]
    fn what_squeue_says_is_held_against_the_jobs_of_the_folder() {
        let queue = read(
            "12|2|RUNNING|None\n12|3|PENDING|BeginTime\n13|N/A|PENDING|Dependency\n9|1|RUNNING|None\n",
        );
        let mut jobs = Jobs::new(4);
        for (array, merge) in [("3", "4"), ("12", "13")] {
            jobs.submitted.push(Submitted {
                array: Some(array.to_owned()),
                merge: Some(merge.to_owned()),
            });
        }
        assert_eq!(jobs.task(&queue, 2), Some("RUNNING"));
        assert_eq!(jobs.task(&queue, 3), Some("PENDING (BeginTime)"));
        assert_eq!(jobs.task(&queue, 1), None, "of another folder");
        assert_eq!(jobs.merge(&queue), Some("PENDING (Dependency)"));
        assert_eq!(jobs.all(), ["3", "4", "12", "13"]);
        jobs.forget_ended(&queue);
        assert_eq!(jobs.all(), ["12", "13"]);
    }
}
