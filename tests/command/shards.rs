//! `zalm compare --shard` and `zalm merge`: any number of parts, in any order, one folder.

use super::continuing::{assert_same, bytes, compare};
use super::{Said, TINY, say, word};
use std::fs;
use std::path::Path;
use zalm_experiment::sha256;
use zalm_tests::{finished_run, scratch};

fn shard(folder: &Path, part: &str, more: &[&str]) -> Said {
    say(&[&compare(folder, &["--shard", part])[..], more].concat())
}

fn played(folder: &Path, part: &str, more: &[&str]) {
    let said = shard(folder, part, more);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains(&format!("shard {part}: ")), "{said:?}");
}

/// A merge of a folder, which ends with this code.
fn merged(folder: &Path, code: i32) -> Said {
    let said = say(&["merge", word(folder)]);
    assert_eq!(said.code, Some(code), "{said:?}");
    said
}

#[test]
fn any_number_of_shards_gives_the_folder_of_one_run() {
    for of in [1, 2, 3, 7] {
        let scratch = scratch();
        let folder = scratch.path().join("run");
        // The last first: the order is nobody's business.
        for number in (1..=of).rev() {
            played(&folder, &format!("{number}/{of}"), &[]);
        }
        let first = merged(&folder, 0);
        assert_same(finished_run(), &folder);
        assert!(!folder.join("shards").exists(), "nothing is left over");
        let again = merged(&folder, 0);
        assert_eq!(again.out, first.out);
        assert!(again.err.contains("complete; nothing is run"), "{again:?}");
        let late = shard(&folder, &format!("1/{of}"), &[]);
        assert_eq!(late.code, Some(0), "{late:?}");
        assert!(late.err.contains("complete; nothing is run"), "{late:?}");
    }
}

#[test]
fn a_run_that_asks_for_a_shard_is_a_part_of_the_comparison() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let run = |shard: &[&str]| say(&[&["run", TINY, "--out", word(&folder)], shard].concat());
    let first = run(&["--shard", "1/2"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.out.contains("shard 1/2: "), "{first:?}");
    assert_eq!(run(&["--shard=2/2"]).code, Some(0));
    merged(&folder, 0);
    assert_same(finished_run(), &folder);
    // One run has no folder.
    run(&[]).refused(2, &["--out"]);
    say(&["run", TINY, "--shard", "1/4"]).refused(2, &["--out"]);
}

#[test]
fn draws_are_cut_as_replications_are() {
    let scratch = scratch();
    let (whole, folder) = (scratch.path().join("whole"), scratch.path().join("run"));
    let design = ["--draws", "3", "--vary", "team.*", "--replications", "2"];
    let one = say(&compare(&whole, &design));
    assert_eq!(one.code, Some(0), "{one:?}");
    for part in ["1/4", "2/4", "3/4", "4/4"] {
        played(&folder, part, &design);
    }
    assert_eq!(merged(&folder, 0).out, one.out);
    assert_same(&whole, &folder);
}

#[test]
fn a_report_of_an_unfinished_run_goes_when_the_run_is_finished() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    played(&folder, "1/2", &[]);
    for command in ["verify", "report"] {
        say(&[command, word(&folder)]).refused(4, &["zalm merge"]);
    }
    let page = folder.join("report-unfinished-en.html");
    fs::write(&page, "of what was there once").expect("a page");
    played(&folder, "2/2", &[]);
    merged(&folder, 0);
    assert!(!page.exists(), "it tells of less than there is");
    let whole = say(&["verify", word(&folder), "--json"]).json();
    assert_eq!(whole["finished"], true);
}

#[test]
fn what_is_missing_is_named_with_the_command_that_makes_it() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    played(&folder, "2/3", &[]);
    let few = merged(&folder, 3);
    assert!(few.err.contains("2 of 3 shards are missing"), "{few:?}");
    assert!(few.out.contains("shard 1/3: not begun"), "{few:?}");
    let json = say(&["merge", word(&folder), "--json"]);
    assert_eq!(json.code, Some(3));
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let missing = document["missing"].as_array().expect("a list");
    let numbers: Vec<_> = missing.iter().map(|one| one["shard"].as_u64()).collect();
    assert_eq!(numbers, [Some(1), Some(3)]);
    for one in missing {
        // To the letter, but for the program.
        let command = one["command"].as_str().expect("a command");
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        assert_eq!(say(&words).code, Some(0), "{command}");
    }
    merged(&folder, 0);
    assert_same(finished_run(), &folder);
}

#[test]
fn a_shard_that_is_done_is_left_alone_and_one_that_is_spoilt_is_played_again() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    played(&folder, "1/2", &[]);
    let units = folder.join("shards/1-of-2.units");
    let first = fs::read(&units).expect("units");
    let marker = fs::read_to_string(folder.join("shards/1-of-2.json")).expect("a marker");
    let marker: serde_json::Value = serde_json::from_str(&marker).expect("JSON");
    assert_eq!(marker["units"], 2);
    assert_eq!(marker["sha256"], sha256(&first));
    assert_eq!(marker["zalm_version"], env!("CARGO_PKG_VERSION"));
    let again = shard(&folder, "1/2", &[]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(
        again.err.contains("done already; nothing is run"),
        "{again:?}"
    );
    let mut spoilt = first.clone();
    *spoilt.last_mut().expect("a byte") ^= 1;
    fs::write(&units, spoilt).expect("written");
    played(&folder, "2/2", &[]);
    let says = "shard 1/2: its units are not those of its marker";
    assert!(merged(&folder, 3).out.contains(says));
    played(&folder, "1/2", &[]);
    assert_eq!(fs::read(&units).expect("units"), first);
    merged(&folder, 0);
    assert_same(finished_run(), &folder);
}

#[test]
fn another_experiment_or_another_number_of_shards_is_refused() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    played(&folder, "1/3", &[]);
    shard(&folder, "1/4", &[]).refused(4, &["3 shards of 4 units", "now 4 of 4"]);
    shard(&folder, "2/3", &["--seed", "8"]).refused(4, &["another experiment", "seed: 8"]);
    shard(&folder, "4/3", &[]).refused(2, &["expected I/N with I from 1 to N"]);
    say(&["compare", TINY, "--shard", "1/2"]).refused(2, &["--out"]);
    let precise = ["--precision", "project.alive=0.1"];
    shard(&folder, "1/3", &precise).refused(2, &["--precision"]);
    say(&["merge", word(scratch.path())]).refused(4, &["is no run folder"]);
    let submit = |more: &[&str]| {
        let out = scratch.path().join("submitted");
        say(&[
            &["slurm", "submit", TINY, "--dry-run", "--out", word(&out)],
            more,
        ]
        .concat())
    };
    submit(&precise).refused(2, &["cannot be cut into shards"]);
    submit(&["--seed", "x"]).refused(2, &["--seed"]);
    let scripts = submit(&["--shards", "7", "--", "-p", "rome", "-t", "2:00:00"]);
    scripts.gives(
        0,
        &[
            "#SBATCH -p rome -t 2:00:00\n",
            "--shard \"$SLURM_ARRAY_TASK_ID/7\"",
            " merge ",
        ],
    );
    let whole = scratch.path().join("whole");
    assert_eq!(say(&compare(&whole, &[])).code, Some(0));
    // A comparison without shards takes what shards have played, and plays the rest itself.
    let rest = say(&compare(&folder, &[]));
    assert_eq!(rest.code, Some(0), "{rest:?}");
    assert!(
        rest.err.contains("resuming: 2 of 4 units are done"),
        "{rest:?}"
    );
    assert_same(&whole, &folder);
}

#[test]
fn shards_and_merge_take_the_scenario_as_it_was_when_the_first_began() {
    let scratch = scratch();
    let there = zalm_tests::root().join("scenarios");
    let scenario = zalm_tests::text(TINY)
        .replace("\"base/", &format!("\"{}/base/", word(&there)))
        .replace("\"places/", &format!("\"{}/places/", word(&there)));
    let file = scratch.path().join("my.ron");
    fs::write(&file, &scenario).expect("a scenario");
    let folder = scratch.path().join("run");
    let part = |part| {
        say(&[
            "compare",
            word(&file),
            "--out",
            word(&folder),
            "--shard",
            part,
        ])
    };
    assert_eq!(part("1/2").code, Some(0));
    assert_eq!(part("2/2").code, Some(0));
    fs::remove_file(&file).expect("removed");
    merged(&folder, 0);
    assert_eq!(
        fs::read_to_string(folder.join("scenario.ron")).expect("a scenario"),
        scenario
    );
    let rerun = say(&["rerun", word(&folder)]);
    assert_eq!(rerun.code, Some(0), "{rerun:?}");
    assert!(bytes(&folder) == bytes(&scratch.path().join("run-again")));
}
