//! `zalm slurm`: a comparison as an array of shards on a cluster with Slurm.
//!
//! Slurm queues, retries and limits; zalm writes two scripts that anyone can read, and asks which
//! shards are there. No process stays.

mod queue;
mod scripts;

use crate::compare::Compare;
use crate::exit::{Exit, Failure};
use crate::run_folder;
use crate::say::say;
use crate::stdout::{print, print_json};
use crate::under_way::unusable;
use clap::{Args, Subcommand};
use queue::{Jobs, Submitted, queued, sbatch, scancel};
use scripts::Scripts;
use serde::Serialize;
use std::fmt::Display;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf, absolute};
use zalm_experiment::store::shards::{self, Missing};
use zalm_experiment::store::{State, state};

/// Version of the `--json` document of `status`.
const SCHEMA: &str = "zalm.slurm-status/1";

/// Play a comparison on a cluster with Slurm.
#[derive(Subcommand)]
pub enum Slurm {
    Submit(Box<Submit>),
    /// Say which shards are there, and what Slurm does with the others
    Status(Status),
    /// Submit the shards that are not there and not queued, and the merge
    Resume(Folder),
    /// Take what is queued or running off the cluster; what was played is kept
    Cancel(Folder),
}

/// Submit a comparison: an array of shards, and a merge after all of them.
///
/// Writes DIR/slurm/shard.sh and DIR/slurm/merge.sh, which can be read, changed and submitted by
/// hand. The folder must be on a file system that the nodes share. Words after `--` go to sbatch, for
/// both jobs: `-- -p rome -t 2:00:00 -c 16`. A few fat shards of some minutes to an hour are best:
/// each takes all the cores that it is given.
#[derive(Args)]
pub struct Submit {
    #[command(flatten)]
    compare: Compare,
    /// Shards to cut it into
    #[arg(long, value_name = "N", default_value = "4")]
    shards: NonZeroU32,
    /// Only write the scripts
    #[arg(long)]
    dry_run: bool,
    /// Options of sbatch
    #[arg(last = true, value_name = "SBATCH OPTIONS")]
    site: Vec<String>,
}

/// A folder that was submitted.
#[derive(Args)]
pub struct Folder {
    /// The folder of the run
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// A folder whose state is asked.
#[derive(Args)]
pub struct Status {
    /// The folder of the run
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    merged: bool,
    shards: u32,
    done: u32,
    missing: Vec<Standing>,
    merge: Option<String>,
}

/// A shard that is not done.
#[derive(Serialize)]
struct Standing {
    shard: u32,
    why: String,
    slurm: Option<String>,
}

impl Slurm {
    /// Does what is asked.
    ///
    /// # Errors
    /// When something is wrong with the input or the folder, or when Slurm refuses.
    pub fn execute(&self) -> Result<Exit, Failure> {
        match self {
            Self::Submit(submit) => submit.execute(),
            Self::Status(status) => status.execute(),
            Self::Resume(folder) => resume(&folder.folder),
            Self::Cancel(folder) => cancel(&folder.folder),
        }
    }
}

impl Submit {
    fn execute(&self) -> Result<Exit, Failure> {
        self.compare.can_be_cut()?;
        let mut compare = self.compare.clone();
        let scenario = &compare.given.scenario;
        let out = compare.out.clone();
        let out = absolute(out.unwrap_or_else(|| run_folder::next(scenario)))
            .map_err(|error| Failure::invalid(format!("--out: {error}")))?;
        if Jobs::there(&out) {
            return Err(Failure::invalid(say(
                "submitted-already",
                &[("folder", &out.display())],
            )));
        }
        compare.out = Some(out.clone());
        // Everything that can be refused is refused here, and not on a node in the night.
        let question = compare.question()?;
        let scripts = Scripts::new(&compare, &question, self.shards.get(), &self.site)?;
        scripts.write(&out)?;
        if self.dry_run {
            print(&format!("{}\n{}\n", scripts.shard, scripts.merge))?;
            return Ok(Exit::Good);
        }
        submit(
            &out,
            Jobs::new(self.shards.get()),
            &Vec::from_iter(1..=self.shards.get()),
        )
    }
}

/// Submits shards, and a merge after them and after all that is still queued.
fn submit(folder: &Path, mut jobs: Jobs, tasks: &[u32]) -> Result<Exit, Failure> {
    let mut after = jobs.arrays();
    let mut text = String::new();
    let mut submitted = Submitted::default();
    if !tasks.is_empty() {
        let list: Vec<String> = tasks.iter().map(u32::to_string).collect();
        let array = sbatch(
            &[&format!("--array={}", list.join(","))],
            &scripts::shard(folder),
        )?;
        let list = list.join(",");
        text += &line(say("shards-job", &[("shards", &list), ("job", &array)]));
        after.push(array.clone());
        submitted.array = Some(array);
    }
    let merge = if after.is_empty() {
        sbatch(&[], &scripts::merge(folder))
    } else {
        let dependency = format!("--dependency=afterany:{}", after.join(":"));
        sbatch(&[&dependency], &scripts::merge(folder))
    };
    // The array is on the cluster even when the merge is refused.
    submitted.merge = merge.as_ref().ok().cloned();
    jobs.submitted.push(submitted);
    jobs.write(folder)?;
    let merge = merge?;
    text += &line(say("merge-job", &[("job", &merge)]));
    let folder = folder.display().to_string();
    text += &crate::words::line(["zalm", "slurm", "status", &folder]);
    print(&format!("{text}\n"))?;
    Ok(Exit::Good)
}

fn resume(folder: &Path) -> Result<Exit, Failure> {
    let folder = &absolute(folder).map_err(|error| Failure::invalid(error.to_string()))?;
    let mut jobs = Jobs::of(folder)?;
    if merged(folder)? {
        print(&line(say("complete", &[("folder", &folder.display())])))?;
        return Ok(Exit::Good);
    }
    let queue = queued()?;
    let tasks: Vec<u32> = missing(folder, jobs.shards)?
        .into_iter()
        .map(|one| one.shard)
        .filter(|&shard| jobs.task(&queue, shard).is_none())
        .collect();
    if tasks.is_empty() && jobs.merge(&queue).is_some() {
        print(&line(say("all-queued", &[])))?;
        return Ok(Exit::Good);
    }
    jobs.forget_ended(&queue);
    submit(folder, jobs, &tasks)
}

fn cancel(folder: &Path) -> Result<Exit, Failure> {
    let jobs = Jobs::of(folder)?;
    scancel(&jobs.all())?;
    let folder = folder.display().to_string();
    let command = crate::words::line(["zalm", "slurm", "resume", &folder]);
    print(&line(say("cancelled", &[("command", &command)])))?;
    Ok(Exit::Good)
}

impl Status {
    fn execute(&self) -> Result<Exit, Failure> {
        let jobs = Jobs::of(&self.folder)?;
        let merged = merged(&self.folder)?;
        let queue = if merged { Vec::new() } else { queued()? };
        let missing = if merged {
            Vec::new()
        } else {
            missing(&self.folder, jobs.shards)?
        };
        let standing = |one: Missing| Standing {
            shard: one.shard,
            why: one.why,
            slurm: jobs.task(&queue, one.shard).map(str::to_owned),
        };
        let document = Document {
            schema: SCHEMA,
            merged,
            shards: jobs.shards,
            done: jobs.shards - missing.len() as u32,
            missing: missing.into_iter().map(standing).collect(),
            merge: jobs.merge(&queue).map(str::to_owned),
        };
        if self.json {
            print_json(&document)?;
        } else {
            print(&told(&document, &self.folder))?;
        }
        Ok(if merged { Exit::Good } else { Exit::Incomplete })
    }
}

fn line(text: String) -> String {
    text + "\n"
}

fn told(document: &Document, folder: &Path) -> String {
    let of = document.shards;
    let done = say("shards-done", &[("done", &document.done), ("of", &of)]);
    let mut text = line(done);
    for one in &document.missing {
        let slurm = one.slurm.clone().unwrap_or_else(|| say("not-queued", &[]));
        let values: [(&str, &dyn Display); 3] =
            [("shard", &one.shard), ("of", &of), ("why", &one.why)];
        let shard = say("shard-misses", &values);
        text += &line(format!("  {shard}; Slurm: {slurm}"));
    }
    let idle = document.missing.iter().any(|one| one.slurm.is_none());
    text += &match (&document.merge, document.merged) {
        (_, true) => line(say("merged", &[])),
        (Some(state), _) => line(say("merge-stands", &[("state", state)])),
        (None, _) => line(say("merge-stands", &[("state", &say("not-queued", &[]))])),
    };
    if !document.merged && (idle || document.merge.is_none()) {
        let folder = folder.display().to_string();
        let command = crate::words::line(["zalm", "slurm", "resume", &folder]);
        text += &line(say("submits-rest", &[("command", &command)]));
    }
    text
}

fn merged(folder: &Path) -> Result<bool, Failure> {
    let state = state(folder).map_err(|error| unusable(&error))?;
    Ok(matches!(state, State::Complete(_)))
}

/// Shards that are not done; all of them before the first has begun.
fn missing(folder: &Path, all: u32) -> Result<Vec<Missing>, Failure> {
    match shards::plan(folder).map_err(|error| unusable(&error))? {
        Some(plan) => Ok(shards::missing(folder, plan)),
        None => {
            let one = |shard| Missing {
                shard,
                why: say("not-begun", &[]),
            };
            Ok((1..=all).map(one).collect())
        }
    }
}
