//! What a check is, and how several are run: all of them, also after one failed.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One check.
pub(crate) struct Check {
    /// Name on the command line.
    pub(crate) name: &'static str,
    /// What it looks at, in a few words.
    pub(crate) about: &'static str,
    /// Whether the repository passes; says what is wrong on stderr.
    pub(crate) run: fn() -> bool,
}

/// Runs the checks, prints what each took, and says whether all passed.
pub(crate) fn run_all(checks: &[&Check]) -> bool {
    let outcomes: Vec<(&str, bool, Duration)> = checks
        .iter()
        .map(|check| {
            eprintln!("== {}: {}", check.name, check.about);
            let start = Instant::now();
            (check.name, (check.run)(), start.elapsed())
        })
        .collect();
    for (name, passed, took) in &outcomes {
        let verdict = if *passed { "passed" } else { "FAILED" };
        eprintln!("{name:12} {verdict} {:6.1} s", took.as_secs_f64());
    }
    outcomes.iter().all(|(_, passed, _)| *passed)
}

/// Runs `cargo` with these arguments and environment, without input.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> bool {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// What `cargo` prints with these arguments, without input; `None` when it fails.
pub(crate) fn cargo_output(arguments: &[&str]) -> Option<String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
