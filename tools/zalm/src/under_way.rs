//! The run folder of a command: begun, continued, or complete already; and what is told of it.

use crate::clock::now;
use crate::exit::Failure;
use crate::run_folder;
use crate::say::say;
use crate::stderr::tell;
use crate::words;
use std::fs::File;
use std::path::{Path, PathBuf, absolute};
use zalm_experiment::store::{State, StoreError, UnderWay, state};
use zalm_experiment::{Experiment, Provenance, StudyError, sha256_of};

/// Opens the folder that is asked for; without one, the last of the scenario's when the same
/// experiment is unfinished in it, else the next.
///
/// # Errors
/// When the folder cannot be used, with what to do.
pub fn open(
    out: Option<&Path>,
    scenario: &Path,
    provenance: &Provenance,
) -> Result<UnderWay, Failure> {
    let program = program_sha256()?;
    let folder = match out {
        Some(folder) => folder.to_owned(),
        None => unfinished(scenario, &Experiment::new(provenance, &program))
            .unwrap_or_else(|| run_folder::next(scenario)),
    };
    // A strategy in this process may go to another working folder, and files are written until the end.
    let folder = absolute(&folder)
        .map_err(|error| Failure::invalid(format!("{}: {error}", folder.display())))?;
    let opened = UnderWay::open(&folder, provenance, &program, &holder());
    let opened = opened.map_err(|error| unusable(&error))?;
    let shown = folder.display();
    let torn = opened.journal().torn();
    if torn > 0 {
        tell(say("torn", &[("folder", &shown), ("bytes", &torn)]));
    }
    if opened.is_complete() {
        tell(say("complete-already", &[("folder", &shown)]));
    }
    Ok(opened)
}

/// Says that work goes on where it ended, when some of it is done.
pub fn tell_resuming((done, all): (usize, usize)) {
    if done > 0 && done < all {
        tell(say("resuming", &[("done", &done), ("all", &all)]));
    }
}

/// Why a study ended without results, and how it goes on.
pub fn ended(error: StudyError, folder: &UnderWay) -> Failure {
    match error {
        StudyError::Points(problems) => Failure::all(&problems),
        StudyError::Refused(refused) => Failure::invalid(refused.to_string()),
        StudyError::Store(error) => unusable(&error),
        StudyError::Stopped { done, all } => Failure::interrupted(say(
            "interrupted",
            &[
                ("done", &done),
                ("all", &all),
                ("folder", &folder.folder().display()),
                ("command", &words::typed()),
            ],
        )),
    }
}

/// A run folder that cannot be used, read or written.
pub fn unusable(error: &StoreError) -> Failure {
    let text = why_unusable(error);
    match error {
        StoreError::Write { .. } => Failure::unexpected(text),
        _ => Failure::invalid(text),
    }
}

fn why_unusable(error: &StoreError) -> String {
    match error {
        StoreError::Exists { folder } => say("run-exists", &[("folder", &folder.display())]),
        StoreError::Foreign {
            folder,
            differences,
        } => {
            let foreign = say("run-foreign", &[("folder", &folder.display())]);
            format!("{foreign}\n  {}", differences.join("\n  "))
        }
        StoreError::Held { folder, holder } => say(
            "run-held",
            &[("folder", &folder.display()), ("holder", holder)],
        ),
        StoreError::NoRun { folder } => say("run-none", &[("folder", &folder.display())]),
        StoreError::Apart { folder } => say("run-apart", &[("folder", &folder.display())]),
        StoreError::Parent { parent, source } => say(
            "run-parent",
            &[("folder", &parent.display()), ("error", source)],
        ),
        StoreError::Strange { file, told } => {
            say("run-strange", &[("file", &file.display()), ("why", told)])
        }
        StoreError::Write { file, source } => say(
            "run-unwritten",
            &[("file", &file.display()), ("error", source)],
        ),
    }
}

/// The last folder of a scenario, when this experiment is unfinished in it and nobody is at work.
fn unfinished(scenario: &Path, experiment: &Experiment) -> Option<PathBuf> {
    let last = run_folder::last(scenario)?;
    match state(&last).ok()? {
        State::Unfinished {
            experiment: there,
            holder: None,
        } if there == *experiment => Some(last),
        _ => None,
    }
}

/// The digest of this program.
///
/// # Errors
/// When it cannot be read.
pub fn program_sha256() -> Result<String, Failure> {
    let digest = std::env::current_exe()
        .and_then(File::open)
        .and_then(sha256_of);
    digest.map_err(|error| Failure::unexpected(say("own-program", &[("error", &error)])))
}

/// This process, for others that want the same folder.
pub fn holder() -> String {
    let host = gethostname::gethostname();
    format!(
        "process {} on {} since {}",
        std::process::id(),
        host.to_string_lossy(),
        now()
    )
}
