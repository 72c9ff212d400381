//! The program, built as it is tested, and what it says.

use crate::check::cargo_output;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Root of the repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.join("../..")
        .canonicalize()
        .unwrap_or_else(|_| own.to_owned())
}

/// Builds the program; `None` when it does not build.
pub(crate) fn build(profile: &[&str]) -> Option<PathBuf> {
    // With the features of the tests, so that what is built is built once.
    let mut arguments = vec!["build", "--workspace", "--bin", "zalm", "--locked"];
    arguments.extend(["--message-format=json-render-diagnostics"]);
    arguments.extend(profile);
    let said = cargo_output(&arguments)?;
    executables(&said).into_iter().next_back()
}

/// Builds the tests over crates; `None` when they do not build.
pub(crate) fn tests_over_crates() -> Option<PathBuf> {
    let said = cargo_output(&[
        "test",
        "--workspace",
        "--test",
        "all",
        "--no-run",
        "--message-format=json-render-diagnostics",
    ])?;
    // The program with them among all that the workspace has.
    let mut all = executables(&said).into_iter();
    all.rfind(|program| program.to_string_lossy().contains("/deps/all-"))
}

/// Programs in what cargo says.
pub(crate) fn executables(said: &str) -> Vec<PathBuf> {
    let one = |line: &str| {
        line.split("\"executable\":\"")
            .nth(1)?
            .split('"')
            .next()
            .map(PathBuf::from)
    };
    said.lines().filter_map(one).collect()
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// On stdout.
    pub(crate) out: String,
    /// On stderr.
    pub(crate) err: String,
}

/// Runs a command to its end, without input.
pub(crate) fn said(command: &mut Command) -> Said {
    match command.stdin(Stdio::null()).output() {
        Ok(output) => Said {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        },
        Err(error) => Said {
            code: None,
            out: String::new(),
            err: format!("{command:?}: {error}"),
        },
    }
}

/// Whether a command can be run and ends well.
pub(crate) fn works(program: &str, arguments: &[&str]) -> bool {
    said(Command::new(program).args(arguments)).code == Some(0)
}
