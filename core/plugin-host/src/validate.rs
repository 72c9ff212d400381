//! Twenty tests that a strategy library must stand before anybody relies on it.
//!
//! One call of [`validate`] runs one test in this process. A library that crashes or hangs takes the
//! process along, so the program calls it in a process of its own, with a time limit.

mod behaviour;
mod changes;
mod life;
mod memory;
mod reference;
mod requests;
mod same;
mod traces;

use crate::library::Library;
use crate::search::Found;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// What a test found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All is well; with what was seen.
    Pass(String),
    /// It works, but somebody may be surprised.
    Warn(String),
    /// It does not do what the contract asks.
    Fail(String),
    /// The test does not apply.
    Skip(String),
}

/// What a test of a loaded library returns: `Err` for a failure.
type Outcome = Result<Verdict, String>;

/// One of the tests.
#[derive(Debug)]
pub struct ValidationTest {
    /// Number, 1..=20.
    pub number: u8,
    /// Level from which it runs, 1..=10.
    pub level: u8,
    /// Name in a word or two.
    pub name: &'static str,
    /// What it holds a library to.
    pub about: &'static str,
    run: fn(&Subject) -> Outcome,
}

/// What is tested.
struct Subject {
    library: Arc<Library>,
    bytes: Vec<u8>,
    seed: u64,
    /// What the process looked like before the library was loaded.
    before: traces::Traces,
    /// How long loading took, seconds.
    loading: f64,
}

macro_rules! tests {
    ($($number:literal $level:literal $name:literal $run:path, $about:literal;)*) => {
        /// The tests in order of their numbers.
        pub const TESTS: &[ValidationTest] = &[$(ValidationTest {
            number: $number, level: $level, name: $name, about: $about, run: $run,
        }),*];
    };
}

tests! {
    1 1 "file" requests::file, "a library of this machine that exports its entry and nothing else";
    2 1 "manifest" requests::manifest, "id, version, names and doc are there and well formed";
    3 1 "handshake" changes::handshake, "copes with hosts of other minor versions: shorter and longer tables";
    4 2 "loading" traces::loading, "loads quickly and leaves the process as it was";
    5 2 "requests" requests::unknown, "unknown interfaces are answered with null";
    6 3 "schema" requests::schema, "parameters have docs and units, none nearly one of the model's; the description is always the same";
    7 4 "life cycle" life::cycle, "2000 instances come and go without much growth; 64 live at once";
    8 4 "call order" life::order, "refuses bad parameters without a crash; months in any order; a step after one that failed";
    9 3 "basic steps" behaviour::basic, "ten years of ordinary months; every command is allowed, every number an ordinary one";
    10 5 "extremes" behaviour::extremes, "no rows, many rows, no money, very much money, the far future";
    11 5 "bad input" changes::bad_input, "NaN, missing columns and failing services end in an error, not in a crash";
    12 5 "memory" memory::memory, "writes only where it may; what it saw in earlier months is overwritten and changes nothing";
    13 5 "determinism" same::twice, "the same month gives the same commands, again and in a process with other surroundings";
    14 6 "projects" same::projects, "whether projects are decided one by one, and whatever their number";
    15 5 "state" same::replaced, "a fresh instance goes on where another stood";
    16 6 "parameters" behaviour::parameters, "fifty sets of numbers at and inside their bounds; texts stay as they are";
    17 5 "error paths" changes::error_paths, "a month that failed can be repeated with the same result";
    18 5 "hygiene" traces::hygiene, "leaves the process as it was: floating point, folder, environment, locale, umask, signals, number of files and threads";
    19 6 "threads" same::threads, "instances on changing threads and side by side give the same";
    20 8 "endurance" life::endurance, "time per row; a long session of coming and going";
}

/// Runs test `number` on the library in `file`.
pub fn validate(number: u8, file: &Path, seed: u64) -> Verdict {
    let Some(test) = TESTS.iter().find(|test| test.number == number) else {
        return Verdict::Skip(format!("there is no test {number}"));
    };
    let before = traces::Traces::now();
    let begun = std::time::Instant::now();
    let library = match Found::read(file).load() {
        Ok(library) => library,
        Err(refusal) => {
            return Verdict::Fail(format!("{} ({})", refusal.message, refusal.code.name()));
        }
    };
    let subject = Subject {
        library,
        bytes: std::fs::read(file).unwrap_or_default(),
        seed,
        before,
        loading: begun.elapsed().as_secs_f64(),
    };
    (test.run)(&subject).unwrap_or_else(Verdict::Fail)
}

fn pass(text: impl Into<String>) -> Outcome {
    Ok(Verdict::Pass(text.into()))
}

#[cfg(test)]
mod tests {
    use super::TESTS;

    #[test]
    fn the_tests_are_numbered_from_one_to_twenty() {
        assert!(TESTS.iter().map(|test| test.number).eq(1..=20));
        assert!(TESTS.iter().all(|test| (1..=10).contains(&test.level)));
    }
}
