//! `zalm rerun`: a run folder made again from its own recipe, and held against the first.

use crate::again::asked;
use crate::exit::{Exit, Failure, error};
use crate::interrupt::stop_flag;
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::print;
use crate::threads::Threads;
use crate::under_way::{program_sha256, unusable};
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_experiment::store::{Manifest, State, StoreError, state};

/// The file whose keys name the program.
const JOURNAL: &str = "units.journal";

/// Make a run folder again from its own recipe, and compare the two byte for byte.
///
/// The command and every file that was read are in the folder; the strategy libraries must be there
/// and have the digests of then. Ends with exit code 7 when a file differs. What says when and where
/// it was run (`host` in run.json) is not compared.
#[derive(Args)]
pub struct Rerun {
    /// The run folder
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Folder to make [default: RUN-again]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
    /// Give every strategy a process of its own; the results are the same
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "absent, without a value, with one")]
    isolate: Option<Option<u32>>,
}

impl Rerun {
    /// Makes the folder and compares.
    ///
    /// # Errors
    /// When it is no complete run folder, or when it cannot be made again.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let first = complete(&self.run)?;
        let before = asked(&self.run)?;
        let out = self.out.clone().unwrap_or_else(|| again(&self.run));
        let mut compare = before.compare;
        compare.out = Some(out.clone());
        compare.threads = self.threads;
        compare.strategies.isolate = self.isolate;
        let same_program = before.program_sha256 == program_sha256()?;
        if !same_program {
            tell(say("other-build-journal", &[]));
        }
        let stop = stop_flag()?;
        compare.made(&compare.question()?, &stop)?;
        let second = complete(&out)?;
        let differences = differences(&first, &second, same_program);
        if differences.is_empty() {
            let same = say(
                "made-again",
                &[
                    ("run", &self.run.display()),
                    ("out", &out.display()),
                    ("files", &second.files.len()),
                ],
            );
            print(&(same + "\n"))?;
            return Ok(Exit::Good);
        }
        print(&differ(&differences))?;
        tell(error(say(
            "made-otherwise",
            &[("run", &self.run.display()), ("out", &out.display())],
        )));
        Ok(Exit::Differs)
    }
}

/// Folder beside a run folder.
fn again(run: &Path) -> PathBuf {
    let mut name = run.file_name().unwrap_or_default().to_owned();
    name.push("-again");
    run.with_file_name(name)
}

/// What `run.json` says.
///
/// # Errors
/// When it is no complete run folder.
pub fn complete(folder: &Path) -> Result<Manifest, Failure> {
    match state(folder).map_err(|error| unusable(&error))? {
        State::Complete(manifest) => Ok(*manifest),
        State::Unfinished { .. } => Err(Failure::invalid(say(
            "unfinished",
            &[("folder", &folder.display())],
        ))),
        State::Free | State::Foreign => Err(unusable(&StoreError::NoRun {
            folder: folder.to_owned(),
        })),
    }
}

/// Differences, each in a line.
pub fn differ(differences: &[String]) -> String {
    let line = |one: &String| say("differs", &[("what", one)]) + "\n";
    differences.iter().map(line).collect()
}

/// What is not the same in two run folders, in words.
fn differences(first: &Manifest, second: &Manifest, same_program: bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in &first.files {
        let compared = same_program || file.name != JOURNAL;
        match second.files.iter().find(|other| other.name == file.name) {
            None => found.push(say("gone", &[("file", &file.name)])),
            Some(other) if compared && other != file => found.push(file.name.clone()),
            Some(_) => {}
        }
    }
    let new = |file: &&zalm_experiment::store::FileEntry| {
        !first.files.iter().any(|other| other.name == file.name)
    };
    let new = second.files.iter().filter(new);
    found.extend(new.map(|file| say("new", &[("file", &file.name)])));
    let rest = |one: &Manifest| Manifest {
        host: zalm_experiment::Host::default(),
        files: Vec::new(),
        ..one.clone()
    };
    if rest(first) != rest(second) {
        found.push("run.json".to_owned());
    }
    found
}
