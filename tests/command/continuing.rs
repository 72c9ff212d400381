//! Runs that were interrupted, and how they go on: nothing is lost, and nobody can tell afterwards.

use super::{Said, TINY, said, say, word};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use zalm_tests::{finished_run, scratch, zalm};

/// Environment variable with the number of kills of the long test.
const KILLS: &str = "ZALM_KILLS";

pub fn compare<'a>(folder: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["compare", TINY, "--out", word(folder)], more].concat()
}

/// Every file of a complete run folder, by name.
pub fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for inside in [folder.to_owned(), folder.join("figures")] {
        for entry in fs::read_dir(&inside).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path
                    .strip_prefix(folder)
                    .expect("inside")
                    .display()
                    .to_string();
                all.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    // Outside `host`, which says when and where.
    let manifest = all.remove("run.json").expect("run.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    manifest["host"] = serde_json::Value::Null;
    all.insert("run.json".to_owned(), manifest.to_string().into_bytes());
    all
}

pub fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (bytes(one), bytes(other));
    assert!(one.keys().eq(other.keys()), "{:?}", other.keys());
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
}

fn start(arguments: &[&str]) -> Child {
    zalm()
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

/// Waits until a journal has so many bytes, or the program has ended.
fn wait_for(folder: &Path, bytes: u64, child: &mut Child) {
    let journal = folder.join("units.journal");
    let patience = Instant::now() + Duration::from_secs(60);
    let long_enough = || fs::metadata(&journal).is_ok_and(|about| about.len() >= bytes);
    while !long_enough() && Instant::now() < patience {
        if child.try_wait().expect("a child").is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Ends the process of a child by force, with its children waited for.
fn kill(mut child: Child) {
    child.kill().expect("a child");
    child.wait().expect("an end");
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_was_run_and_says_how_to_go_on() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let arguments = compare(&folder, &["--replications", "100000"]);
    let mut child = start(&arguments);
    wait_for(&folder, 1000, &mut child);
    let number = child.id().to_string();
    let signal = zalm_tests::run(std::process::Command::new("kill").args(["-INT", &number]));
    assert!(signal.status.success(), "{signal:?}");
    let output = child.wait_with_output().expect("an end");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{told}");
    for text in [
        "of 100000 units are done and kept",
        word(&folder),
        "to continue:",
        TINY,
    ] {
        assert!(told.contains(text), "no {text:?} in {told}");
    }
    assert!(!folder.join("run.json").exists());
    // What was run has a report, of which page one says what is missing.
    let page = scratch.path().join("page.html");
    let reported = say(&[
        "report",
        word(&folder),
        "--lang",
        "en",
        "--out",
        word(&page),
    ]);
    assert_eq!(reported.code, Some(0), "{reported:?}");
    let page = zalm_tests::text(page);
    let missing = page.find("of 100,000 replications are complete");
    assert!(missing.is_some() && missing < page.find("id=\"answer\""));
    // Fewer replications are another experiment.
    say(&compare(&folder, &[])).refused(4, &["another experiment", "replications: 100000"]);
}

/// Kills `compare` time after time until it gets to its end by itself.
fn killed(times: u32, replications: &str, more: &[&str]) {
    let scratch = scratch();
    let (whole, folder) = (scratch.path().join("whole"), scratch.path().join("run"));
    let options = [&["--replications", replications][..], more].concat();
    let one = say(&compare(&whole, &options));
    assert_eq!(one.code, Some(0), "{one:?}");
    let journal = fs::metadata(whole.join("units.journal"))
        .expect("a journal")
        .len();
    for time in 0..times {
        let mut child = start(&compare(&folder, &options));
        // Somewhere on the way, in the middle of a unit as often as not.
        wait_for(
            &folder,
            journal * u64::from(time + 1) / u64::from(times + 1),
            &mut child,
        );
        std::thread::sleep(Duration::from_millis(u64::from(time * 7 % 13)));
        kill(child);
    }
    let resumed = say(&compare(&folder, &options));
    assert_eq!(resumed.code, Some(0), "{resumed:?}");
    assert_eq!(resumed.out, one.out);
    assert_same(&whole, &folder);
}

#[test]
fn killed_runs_go_on_and_nobody_can_tell() {
    let times = std::env::var(KILLS)
        .ok()
        .and_then(|times| times.parse().ok());
    let times: u32 = times.unwrap_or(3);
    killed(times, &(20 * times).to_string(), &[]);
}

#[test]
fn killed_runs_of_a_strategy_that_keeps_columns_go_on_too() {
    let plugin = "strategies[1].plugin=\"misbehave\"";
    let how = "strategies[1].parameters={\"how\": \"count\", \"month\": 14}";
    killed(2, "40", &["--set", plugin, "--set", how]);
}

#[test]
fn a_complete_folder_shows_its_result_again_and_runs_nothing() {
    let before = bytes(finished_run());
    let again = say(&compare(finished_run(), &["--json"]));
    let manifest = fs::read_to_string(finished_run().join("run.json")).expect("run.json");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(again.json()["results_sha256"], manifest["results_sha256"]);
    assert!(again.err.contains("complete; nothing is run"), "{again:?}");
    assert!(!again.err.contains("runs in"), "{again:?}");
    assert!(before == bytes(finished_run()), "a file changed");
}

#[test]
fn a_folder_of_another_experiment_is_refused_with_what_differs() {
    let folder = finished_run();
    let differs = |more: &[&str], texts: &[&str]| {
        let texts = [&["holds another experiment", "--out"], texts].concat();
        say(&compare(folder, more)).refused(4, &texts);
    };
    differs(&["--seed", "8"], &["seed: 7", "seed: 8"]);
    differs(&["--replications", "5"], &["replications: 5"]);
    differs(
        &["--set", "parameters.worker.cost=64000"],
        &["worker.cost", "64000"],
    );
    differs(&["--strategy", "social-enterprise"], &["social-enterprise"]);
    let other = "scenarios/eight-strategies.ron";
    say(&[
        "compare",
        other,
        "--replications",
        "2",
        "--out",
        word(folder),
    ])
    .refused(4, &["holds another experiment", "Tiny", "Eight strategies"]);
}

#[test]
fn two_processes_do_not_work_in_one_folder() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let arguments = compare(&folder, &["--replications", "100000"]);
    let mut first = start(&arguments);
    wait_for(&folder, 1000, &mut first);
    let number = format!("process {} on ", first.id());
    say(&arguments).refused(4, &["is being worked in by", &number, "--out"]);
    kill(first);
    // The lock of the dead is no lock: the next one goes on, here up to its Ctrl-C.
    let mut next = start(&arguments);
    let before = fs::metadata(folder.join("units.journal"))
        .expect("a journal")
        .len();
    wait_for(&folder, before + 1000, &mut next);
    assert!(next.try_wait().expect("a child").is_none(), "it is at work");
    kill(next);
    let after = fs::metadata(folder.join("units.journal"))
        .expect("a journal")
        .len();
    assert!(after > before);
}

#[test]
fn the_same_command_without_a_folder_finds_what_is_unfinished() {
    let scratch = scratch();
    let scenario = zalm_tests::root().join(TINY);
    let here = |replications: &str| {
        let mut command = zalm();
        let arguments = ["compare", word(&scenario), "--replications", replications];
        command.current_dir(scratch.path()).args(arguments);
        command
    };
    let folder = scratch.path().join("runs/tiny-1");
    let mut command = here("1000");
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.expect("the program");
    wait_for(&folder, 1000, &mut child);
    kill(child);
    let other = said(&mut here("2"));
    assert!(other.err.contains("tiny-2"), "{other:?}");
    fs::remove_dir_all(scratch.path().join("runs/tiny-2")).expect("a run folder");
    let resumed: Said = said(&mut here("1000"));
    assert!(resumed.err.contains("resuming: "), "{resumed:?}");
    assert!(
        resumed.err.contains("of 1000 units are done"),
        "{resumed:?}"
    );
    assert!(resumed.err.contains("tiny-1"), "{resumed:?}");
    assert!(folder.join("run.json").exists());
}

#[test]
fn a_full_disk_keeps_what_was_run() {
    let scratch = scratch();
    let disk = scratch.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let mount = ["-t", "tmpfs", "-o", "size=400k", "tmpfs", word(&disk)];
    let mounted = std::process::Command::new("mount").args(mount).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        println!("skipped: a small disk can only be made by root");
        return;
    }
    let folder = disk.join("run");
    let arguments = compare(&folder, &["--replications", "40"]);
    let full = say(&arguments);
    let bigger = ["-o", "remount,size=40m", word(&disk)];
    let grown = std::process::Command::new("mount").args(bigger).output();
    let resumed = say(&arguments);
    let whole = scratch.path().join("whole");
    let one = say(&compare(&whole, &["--replications", "40"]));
    let same = resumed.code == Some(0) && bytes(&whole) == bytes(&folder);
    let gone = std::process::Command::new("umount").arg(&disk).output();
    assert!(grown.is_ok_and(|output| output.status.success()));
    assert!(gone.is_ok_and(|output| output.status.success()));
    assert_eq!(full.code, Some(1), "{full:?}");
    for text in ["units.journal", "what was run before is kept", "make room"] {
        assert!(full.err.contains(text), "{full:?}");
    }
    assert!(resumed.err.contains("resuming: "), "{resumed:?}");
    assert_eq!(resumed.out, one.out);
    assert!(same, "a file differs");
}
