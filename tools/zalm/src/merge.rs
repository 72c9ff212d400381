//! `zalm merge`: the run folder of a comparison that was played in shards.

use crate::again::{Before, asked};
use crate::exit::{Exit, Failure, error};
use crate::interrupt::stop_flag;
use crate::say::say;
use crate::shard::command;
use crate::stderr::tell;
use crate::stdout::{print, print_json};
use crate::under_way::unusable;
use clap::Args;
use serde::Serialize;
use std::fmt::Display;
use std::path::PathBuf;
use zalm_experiment::store::shards::{self, Missing, Plan};
use zalm_experiment::store::{State, state};

/// Version of the `--json` document about what is missing.
const SCHEMA: &str = "zalm.merge/1";

/// Make the run folder of a comparison that was played in shards.
///
/// The folder is the same, byte for byte, as that of the same comparison in one process, whatever
/// the number of shards and wherever they were played. When shards are missing it says which, with
/// the command that makes each, and ends with exit code 3.
#[derive(Args)]
pub struct Merge {
    /// The folder that the shards were given as --out
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
    /// Show every metric in the table, not only the key metrics
    #[arg(long)]
    all: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    shards: u32,
    missing: Vec<MissingShard<'a>>,
}

#[derive(Serialize)]
struct MissingShard<'a> {
    shard: u32,
    why: &'a str,
    command: String,
}

impl Merge {
    /// Makes the run folder.
    ///
    /// # Errors
    /// When the folder holds no shards, or when it cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let before = asked(&self.folder)?;
        let complete = state(&self.folder).map_err(|error| unusable(&error))?;
        if !matches!(complete, State::Complete(_)) {
            let plan = shards::plan(&self.folder).map_err(|error| unusable(&error))?;
            let Some(plan) = plan else {
                return Err(Failure::invalid(say(
                    "no-shards",
                    &[("folder", &self.folder.display())],
                )));
            };
            let missing = shards::missing(&self.folder, plan);
            if !missing.is_empty() {
                return self.incomplete(&before, plan, &missing);
            }
        }
        let mut compare = before.compare;
        compare.out = Some(self.folder.clone());
        compare.told.json = self.json;
        compare.all = self.all;
        let stop = stop_flag()?;
        compare.answered(&compare.question()?, &stop)
    }

    fn incomplete(
        &self,
        before: &Before,
        plan: Plan,
        missing: &[Missing],
    ) -> Result<Exit, Failure> {
        let of = plan.shards;
        let own = |one: &Missing| command(&before.recipe, one.shard, of, &self.folder);
        if self.json {
            let missing = missing.iter().map(|one| MissingShard {
                shard: one.shard,
                why: &one.why,
                command: own(one),
            });
            print_json(&Document {
                schema: SCHEMA,
                shards: of,
                missing: missing.collect(),
            })?;
        } else {
            let line = |one: &Missing| {
                let values: [(&str, &dyn Display); 3] =
                    [("shard", &one.shard), ("of", &of), ("why", &one.why)];
                format!("{}\n  {}\n", say("shard-misses", &values), own(one))
            };
            print(&missing.iter().map(line).collect::<String>())?;
        }
        tell(error(say(
            "shards-missing",
            &[
                ("missing", &missing.len()),
                ("of", &of),
                ("folder", &self.folder.display()),
            ],
        )));
        Ok(Exit::Incomplete)
    }
}
