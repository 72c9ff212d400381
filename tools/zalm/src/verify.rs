//! `zalm verify`: whether a run folder is what it says, and whether this program gives the same.

use crate::again::asked;
use crate::compare::{Compare, KEEP, Question};
use crate::exit::{Exit, Failure, error};
use crate::interrupt::stop_flag;
use crate::rerun::differ;
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::{print, print_json};
use crate::threads::Threads;
use crate::under_way::{self, program_sha256, unusable};
use clap::Args;
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use zalm_experiment::store::{State, UnderWay, kept, state};
use zalm_experiment::{Replayed, Study, sha256, sha256_of};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.verify/1";

/// Check that a run folder is what it says: its files by their digests, and some of its replications
/// by playing them again.
///
/// Works with another build of zalm too, which is how to ask whether a new version still gives the
/// same. Ends with exit code 7 when anything differs. A folder that is not finished is checked as far
/// as it is.
#[derive(Args)]
pub struct Verify {
    /// The run folder
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// How many replications to play again, spread over the folder
    #[arg(long, value_name = "N", default_value_t = 10)]
    sample: usize,
    /// Play all of them again
    #[arg(long, conflicts_with = "sample")]
    all: bool,
    #[command(flatten)]
    threads: Threads,
    /// Give every strategy a process of its own; the results are the same
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "absent, without a value, with one")]
    isolate: Option<Option<u32>>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    finished: bool,
    files: usize,
    units: usize,
    played: usize,
    differences: Vec<String>,
}

impl Verify {
    /// Checks the folder.
    ///
    /// # Errors
    /// When it is no run folder, or when its strategies are not there.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let stop = stop_flag()?;
        let whole = files(&self.run)?;
        let finished = whole.is_some();
        let (files, mut differences) = whole.unwrap_or_default();
        let before = asked(&self.run)?;
        if before.program_sha256 != program_sha256()? {
            tell(say("other-build", &[]));
        }
        let mut compare = before.compare;
        compare.threads = self.threads;
        compare.strategies.isolate = self.isolate;
        let question = compare.question()?;
        let (folder, provenance) = kept(&self.run).map_err(|error| unusable(&error))?;
        if provenance.resolved_text != question.provenance.resolved_text {
            differences.push(say("read-otherwise", &[]));
        }
        let (units, played) = self.replayed(&compare, &question, &folder, &stop)?;
        for unit in &played {
            let at = match unit.draw {
                0 => say("replication", &[("number", &unit.replication)]),
                draw => say(
                    "draw-replication",
                    &[("draw", &draw), ("number", &unit.replication)],
                ),
            };
            let line = |how: &String| format!("{at}: {how}");
            differences.extend(unit.differences.iter().map(line));
        }
        self.told(Document {
            schema: SCHEMA,
            finished,
            files,
            units,
            played: played.len(),
            differences,
        })
    }

    /// How many units are kept, and those that were played again.
    fn replayed(
        &self,
        compare: &Compare,
        question: &Question,
        folder: &UnderWay,
        stop: &std::sync::atomic::AtomicBool,
    ) -> Result<(usize, Vec<Replayed>), Failure> {
        let study = Study::in_folder(question.scenario(), &question.source, folder);
        let replications = question.replications();
        let failed = |error: zalm_experiment::StudyError| match error {
            zalm_experiment::StudyError::Stopped { done, all } => {
                Failure::interrupted(say("replay-stopped", &[("done", &done), ("all", &all)]))
            }
            other => under_way::ended(other, folder),
        };
        let placed = study.place(&question.points, KEEP).map_err(failed)?;
        let mut kept = placed.kept(replications.clone());
        let units = kept.len();
        if !self.all {
            // By digest, so that the choice is the same every time and not by any pattern.
            kept.sort_by_cached_key(|number| sha256(&number.to_le_bytes()));
            kept.truncate(self.sample);
            kept.sort_unstable();
        }
        let played = compare
            .playing(question, (0, kept.len()), stop, |options| {
                placed.replay(replications, &kept, options)
            })
            .map_err(failed)?;
        Ok((units, played))
    }

    fn told(&self, document: Document) -> Result<Exit, Failure> {
        let good = document.differences.is_empty();
        if self.json {
            print_json(&document)?;
        } else {
            let Document {
                finished,
                files,
                units,
                played,
                differences,
                ..
            } = &document;
            let mut text = differ(differences);
            if good {
                let are = if *finished {
                    say("files-good", &[("files", files)])
                } else {
                    say("files-unchecked", &[])
                };
                let replayed = say("replayed", &[("played", played), ("units", units)]);
                text = format!("{are}; {replayed}\n");
            }
            print(&text)?;
        }
        if good {
            return Ok(Exit::Good);
        }
        let count = document.differences.len();
        tell(error(say(
            "differs-in",
            &[("run", &self.run.display()), ("count", &count)],
        )));
        Ok(Exit::Differs)
    }
}

/// How many files a folder says that it has, and which are not what it says; `None` when it is not
/// finished and says nothing yet.
fn files(run: &Path) -> Result<Option<(usize, Vec<String>)>, Failure> {
    let State::Complete(manifest) = state(run).map_err(|error| unusable(&error))? else {
        return Ok(None);
    };
    let wrong = manifest.files.iter().filter_map(|file| {
        let digest = File::open(run.join(&file.name)).and_then(sha256_of);
        match digest {
            Ok(digest) if digest == file.sha256 => None,
            Ok(_) => Some(say("other-digest", &[("file", &file.name)])),
            Err(error) => Some(format!("{}: {error}", file.name)),
        }
    });
    Ok(Some((manifest.files.len(), wrong.collect())))
}
