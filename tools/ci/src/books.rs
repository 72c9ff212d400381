//! Money in random scenarios, from the ledger to the report, many of them: more than the tests have
//! time for.

use crate::check::Check;
use crate::program::tests_over_crates;
use std::num::NonZero;
use std::process::{Command, Stdio};
use std::thread::available_parallelism;

/// Environment variable with the number of scenarios, which the tests read too.
const CASES: &str = "PROPTEST_CASES";
/// Scenarios without it.
const USUAL: u32 = 1_000;
/// Environment variable with the seed of the scenarios, and that of the first process.
const SEED: &str = "PROPTEST_RNG_SEED";
const FIRST: u64 = 1;

pub(crate) const CHECK: Check = Check {
    name: "books",
    about: "ledger, tables and report agree, in random scenarios by the thousand (PROPTEST_CASES)",
    run: || {
        let Some(program) = tests_over_crates() else {
            return false;
        };
        let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
        let cases = number(CASES).unwrap_or(USUAL.into());
        let first = number(SEED).unwrap_or(FIRST);
        // One property is one thread; so each core gets a process with scenarios of its own.
        let processes = available_parallelism().map_or(1, NonZero::get) as u64;
        let each = cases.div_ceil(processes);
        eprintln!(
            "{} random scenarios: {each} from each seed from {first} to {}",
            each * processes,
            first + processes - 1
        );
        let begun: Vec<_> = (first..first + processes)
            .map(|seed| {
                let mut books = Command::new(&program);
                // Through the program, with its files, they take too long for so many.
                books
                    .args(["books::", "--skip", "books::told", "--skip", "fuzz::"])
                    .arg("--test-threads=1")
                    .env(CASES, each.to_string())
                    .env(SEED, seed.to_string())
                    .stdin(Stdio::null())
                    .spawn()
            })
            .collect();
        let ended = begun.into_iter().map(|begun| begun?.wait());
        ended
            .collect::<Result<Vec<_>, _>>()
            .is_ok_and(|all| all.iter().all(|status| status.success()))
    },
};
