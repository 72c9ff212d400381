//! Whatever a file holds, the answer is a value or an error: no panic, no hang, no memory beyond a cap.
//!
//! Good files and the small corpora of `tests/corpus` with random edits, from a fixed seed, so that a
//! failure comes back, in as few edits as show it. `ZALM_FUZZ=20000` edits each target so often, and
//! `PROPTEST_RNG_SEED=2` otherwise; under `ulimit -v`, as `cargo run -p zalm-ci -- fuzz` does it, memory
//! has a cap.

/// Run folders: journal, run.json, recipe, plan, markers.
mod folders;
/// Scenarios, settings, designs, CBS files, locks.
mod inputs;
/// Commands, messages of isolated strategies, libraries and their manifests.
mod strategies;
/// Parts of workbooks, before they are packed.
mod workbooks;

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::path::Path;
use zalm_tests::edits::{Edit, edited, edits};
use zalm_tests::{root, seeded};

/// Environment variable with the number of edits of each target.
const CASES: &str = "ZALM_FUZZ";

/// How often: `usual` times without the variable; of slow targets a part of it.
fn cases(usual: u32, part: u32) -> u32 {
    let asked = std::env::var(CASES).ok();
    let asked = asked.and_then(|cases| cases.parse::<u32>().ok());
    asked.map_or(usual, |cases| cases.div_ceil(part))
}

/// Gives a reader spoilt versions of some files; any panic in it is a failure, with its edits.
fn spoil(originals: &[Vec<u8>], cases: u32, reader: impl Fn(usize, &[u8])) {
    let config = Config {
        cases,
        ..seeded(20_261_122)
    };
    let which = 0..originals.len();
    let all = (which, edits());
    let outcome = TestRunner::new(config).run(&all, |(which, edits): (usize, Vec<Edit>)| {
        reader(which, &edited(&originals[which], &edits));
        Ok::<(), TestCaseError>(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The files of a folder of the corpus.
fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let folder = root().join("tests/corpus").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{}", folder.display());
    files.iter().map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
