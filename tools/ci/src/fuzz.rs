//! A long round of spoilt files, with a cap on memory and on time.

use crate::check::Check;
use crate::program::tests_over_crates;
use std::process::{Command, Stdio};

/// Environment variable with the number of edits per target, which the tests read too.
const CASES: &str = "ZALM_FUZZ";
/// Edits per target without it.
const USUAL: &str = "2000";
/// Address space, kilobytes: a reader that believes a length in a file asks for more.
const MEMORY: u32 = 4_000_000;
/// Longest time, seconds: a reader that hangs takes longer.
const TIME: u32 = 3_000;

pub(crate) const CHECK: Check = Check {
    name: "fuzz",
    about: "spoilt files in their thousands (ZALM_FUZZ), with a cap on memory and time",
    run: || {
        let Some(program) = tests_over_crates() else {
            return false;
        };
        let cases = std::env::var(CASES).unwrap_or_else(|_| USUAL.to_owned());
        eprintln!("{cases} edits of each target");
        let capped =
            format!("ulimit -v {MEMORY} && exec timeout {TIME} \"$0\" fuzz:: --test-threads=2");
        let status = Command::new("sh")
            .args(["-c", &capped])
            .arg(program)
            .env(CASES, cases)
            .stdin(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    },
};
