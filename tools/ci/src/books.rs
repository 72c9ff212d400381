//! Money in random scenarios, many of them: more than the tests have time for.

use crate::check::Check;
use crate::program::tests_over_crates;
use std::process::{Command, Stdio};

/// Environment variable with the number of scenarios, which the tests read too.
const CASES: &str = "PROPTEST_CASES";
/// Scenarios without it.
const USUAL: &str = "1000";

pub(crate) const CHECK: Check = Check {
    name: "books",
    about: "books that balance, in random scenarios by the thousand (PROPTEST_CASES)",
    run: || {
        let Some(program) = tests_over_crates() else {
            return false;
        };
        let cases = std::env::var(CASES).unwrap_or_else(|_| USUAL.to_owned());
        eprintln!("{cases} random scenarios");
        let mut books = Command::new(program);
        // Through the program, files and all, they take too long for so many.
        books
            .args(["books::", "--skip", "books::told", "--test-threads=2"])
            .env(CASES, cases);
        let status = books.stdin(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    },
};
