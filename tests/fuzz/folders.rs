//! Run folders: whatever is in one of their files, it is opened, refused, or run again.

use super::{cases, corpus, read, spoil};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use zalm_experiment::store::{Recipe, State, Stated, UnderWay, kept, ro_crate, shards, state};
use zalm_experiment::{Keep, Point, Provenance, RunOptions, Study, sha256, summarise};
use zalm_tests::scenarios::tiny;
use zalm_tests::strategies::libraries;
use zalm_tests::{run, scratch, zalm};

/// Everything that opens a folder without running anything.
fn opened(folder: &Path) {
    if let Ok(State::Complete(manifest)) = state(folder) {
        let _ = ro_crate(&manifest, Stated::default());
    }
    let _ = kept(folder);
    let _ = Recipe::of(folder);
    if let Ok(Some(plan)) = shards::plan(folder) {
        let few = shards::Plan {
            shards: plan.shards.min(4),
            ..plan
        };
        let _ = shards::missing(folder, few);
    }
}

fn files_of_a_comparison_are_spoilt(more: &[&str], names: &[&str]) {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let mut command = zalm();
    command.args(["compare", "scenarios/tiny.ron", "--replications", "2"]);
    command.args(more).arg("--out").arg(&folder);
    assert!(run(&mut command).status.success());
    let originals: Vec<Vec<u8>> = names.iter().map(|name| read(&folder.join(name))).collect();
    spoil(&originals, cases(400, 2), |which, bytes| {
        let file = folder.join(names[which]);
        fs::write(&file, bytes).expect("a file");
        opened(&folder);
        fs::write(&file, &originals[which]).expect("a file");
    });
}

#[test]
fn complete_folders() {
    let names = ["run.json", "recipe.json", "units.journal", "resolved.ron"];
    files_of_a_comparison_are_spoilt(&[], &names);
}

#[test]
fn folders_with_shards() {
    let names = [
        "experiment.json",
        "recipe.json",
        "shards/plan.json",
        "shards/1-of-2.json",
        "shards/1-of-2.units",
    ];
    files_of_a_comparison_are_spoilt(&["--shard", "1/2"], &names);
}

#[test]
fn journals_that_are_cut_off_or_overwritten_lose_no_unit_but_those() {
    let scenario = tiny();
    let source = libraries(&scenario);
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let provenance = Provenance::default();
    let stop = AtomicBool::new(false);
    let options = RunOptions::quiet(&stop, "zalm run");
    let points = [Point::default()];
    let open = || UnderWay::open(&folder, &provenance, "", "a test");
    let evaluated = |folder: &UnderWay| {
        let study = Study::in_folder(&scenario, &source, folder);
        let placed = study.place(&points, Keep::Series).expect("points");
        let results = placed.evaluate(0..3, &options);
        results.expect("results").remove(0)
    };
    let whole = evaluated(&open().expect("a folder"));
    let journal = folder.join("units.journal");
    let original = read(&journal);
    let header = &original[..16];
    let goes_on = |_, bytes: &[u8]| {
        fs::write(&journal, bytes).expect("a file");
        // A header of something else is refused; anything behind it is run again.
        if let Ok(folder) = open() {
            assert!(evaluated(&folder) == whole);
        } else {
            assert!(!bytes.starts_with(header));
        }
    };
    // Frames that are no units, behind the header and behind units.
    let frames = corpus("journal").into_iter();
    let behind =
        frames.flat_map(|frame| [[header, &frame].concat(), [&original, &*frame].concat()]);
    let mut originals: Vec<Vec<u8>> = behind.collect();
    for bytes in &originals {
        goes_on(0, bytes);
    }
    originals.push(original.clone());
    spoil(&originals, cases(40, 40), goes_on);
}

#[test]
fn units_that_are_whole_but_strange() {
    let scenario = tiny();
    let source = libraries(&scenario);
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let provenance = Provenance::default();
    let stop = AtomicBool::new(false);
    let options = RunOptions::quiet(&stop, "zalm run");
    let points = [Point::default()];
    let open = || UnderWay::open(&folder, &provenance, "", "a test").expect("a folder");
    let first = open();
    let study = Study::in_folder(&scenario, &source, &first);
    let placed = study.place(&points, Keep::Series).expect("points");
    placed.evaluate(0..1, &options).expect("results");
    drop(placed);
    drop(study);
    drop(first);
    let journal = folder.join("units.journal");
    let original = read(&journal);
    // Header, length, digest, key; then the unit.
    let (key, unit) = (&original[52..84], original[84..].to_owned());
    spoil(&[unit], cases(300, 2), |_, bytes| {
        let rest = [key, bytes].concat();
        let mut forged = original[..16].to_owned();
        forged.extend((rest.len() as u32).to_le_bytes());
        forged.extend(bytes_of(&sha256(&rest)));
        forged.extend(rest);
        fs::write(&journal, forged).expect("a file");
        let folder = open();
        let study = Study::in_folder(&scenario, &source, &folder);
        let placed = study.place(&points, Keep::Series).expect("points");
        if let Ok(results) = placed.evaluate(0..1, &options) {
            let _ = summarise(&results[0]);
        }
    });
}

/// Bytes of their hexadecimal digits.
fn bytes_of(digits: &str) -> Vec<u8> {
    let two = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits");
    (0..digits.len()).step_by(2).map(two).collect()
}
