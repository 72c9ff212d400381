//! How the program ends: documented exit codes, and failures that people can act on.

use crate::language::shown;
use crate::say::say;
use crate::stdout::colour;
use std::fmt::{Display, Write as _};
use std::process::ExitCode;
use zalm_scenario::Problems;

/// A documented exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Good = 0,
    /// Something happened that should not.
    Unexpected = 1,
    /// The command line is not understood; clap's own code.
    Usage = 2,
    /// Parts of an experiment are missing.
    Incomplete = 3,
    /// A scenario or another input is not valid.
    Invalid = 4,
    /// A declared threshold was not met.
    Threshold = 5,
    /// Some runs failed.
    FailedRuns = 6,
    /// What was made again is not what it was.
    Differs = 7,
    /// Ended by the user, as shells count SIGINT.
    Interrupted = 130,
}

impl Exit {
    /// Every code with its meaning, as `--help` shows them.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Good, "good"),
        (
            Self::Unexpected,
            "unexpected: a fault of zalm or of the machine",
        ),
        (Self::Usage, "usage: the command line is not understood"),
        (
            Self::Incomplete,
            "incomplete: parts of an experiment are missing",
        ),
        (Self::Invalid, "invalid scenario or input; nothing was run"),
        (
            Self::Threshold,
            "a declared threshold was not met (reserved)",
        ),
        (Self::FailedRuns, "some runs failed; the others are kept"),
        (
            Self::Differs,
            "differs: what was made again is not what it was",
        ),
        (
            Self::Interrupted,
            "interrupted; what was run is kept, and the same command continues",
        ),
    ];
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A command that could not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// Code to end with.
    pub exit: Exit,
    /// What to print on stderr, with its own line ends.
    pub text: String,
}

impl Failure {
    /// Something that is wrong with an input.
    pub fn invalid(text: impl AsRef<str>) -> Self {
        Self {
            exit: Exit::Invalid,
            text: error(text),
        }
    }

    /// Something that should not happen.
    pub fn unexpected(text: impl AsRef<str>) -> Self {
        Self {
            exit: Exit::Unexpected,
            text: error(text),
        }
    }

    /// Everything that is wrong with a file.
    pub fn of_file(file: impl Display, wrong: impl IntoIterator<Item = impl Display>) -> Self {
        let of = wrong.into_iter().map(|one| format!("{file}: {one}"));
        Self::all(&of.collect::<Vec<_>>())
    }

    /// Everything that is wrong with an input.
    pub fn all(problems: &[String]) -> Self {
        Self {
            exit: Exit::Invalid,
            text: problems.iter().map(error).collect(),
        }
    }

    /// Everything that is wrong with a scenario, drawn into its files.
    pub fn of_scenario(problems: &Problems) -> Self {
        Self {
            exit: Exit::Invalid,
            text: problems.told(colour(&std::io::stderr()), shown()),
        }
    }

    /// Runs that failed, without which there is nothing to show.
    pub fn runs_failed(text: impl AsRef<str>) -> Self {
        Self {
            exit: Exit::FailedRuns,
            text: error(text),
        }
    }

    /// Ended by the user.
    pub fn interrupted(text: String) -> Self {
        Self {
            exit: Exit::Interrupted,
            text,
        }
    }

    /// A command line or an environment that is not understood.
    pub fn usage(text: impl AsRef<str>) -> Self {
        Self {
            exit: Exit::Usage,
            text: error(text),
        }
    }
}

/// A text that says that something is wrong.
pub fn error(text: impl AsRef<str>) -> String {
    say("error", &[("text", &text.as_ref())]) + "\n"
}

/// The exit codes, for `--help`.
pub fn exit_codes() -> String {
    Exit::ALL
        .iter()
        .fold("Exit codes:\n".to_owned(), |mut text, (exit, meaning)| {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "  {:>3}  {meaning}", *exit as u8);
            text
        })
}
