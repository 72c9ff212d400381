//! `zalm plugin dev`: the strategy is built again when its source changes, and what that did is shown.

use super::super::{TINY, word};
use super::{Started, has_cc};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::Stdio;
use zalm_tests::{root, zalm};

/// A new strategy in C, which is built in no time, and its source; `None` without a C compiler.
fn in_c() -> Option<(Started, PathBuf)> {
    if !has_cc() {
        println!("skipped: no C compiler (cc) on this machine");
        return None;
    }
    let started = Started::new("my-idea", "c");
    let source = started.dir.join("src/my_idea.c");
    Some((started, source))
}

#[test]
fn a_strategy_is_exchanged_between_two_months_of_a_run_that_goes_on() {
    let Some((started, source)) = in_c() else {
        return;
    };
    let scenario = root().join(TINY);
    // A month a second: the change comes while the run is under way, and ends the test.
    let mut live = zalm()
        .args(["plugin", "dev", word(&scenario), "--live", "--pace", "1000"])
        .current_dir(&started.dir)
        .stdout(Stdio::piped())
        .spawn()
        .expect("zalm starts");
    let lines = BufReader::new(live.stdout.take().expect("piped")).lines();
    let mut changed = false;
    let mut seen = Vec::new();
    for line in lines.map_while(Result::ok) {
        let exchanged = line.contains("my-idea ") && line.ends_with(" goes on");
        seen.push(line);
        if exchanged {
            break;
        }
        if !changed {
            let text = std::fs::read_to_string(&source).expect("the source");
            std::fs::write(&source, text + "/* changed */\n").expect("write");
            changed = true;
        }
    }
    live.kill().expect("it runs");
    live.wait().expect("it ends");
    let last = seen.last().map_or("", String::as_str);
    assert!(
        last.starts_with("201") && last.ends_with("goes on"),
        "{seen:?}"
    );
}

#[test]
fn a_change_of_the_source_is_compared_with_what_was_before() {
    let Some((started, source)) = in_c() else {
        return;
    };
    let scenario = root().join(TINY);
    let mut dev = started
        .command(&["plugin", "dev", word(&scenario)])
        .args(["--rounds", "2", "--replications", "2"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("zalm starts");
    let mut lines = BufReader::new(dev.stdout.take().expect("piped")).lines();
    let mut first = Vec::new();
    for line in lines.by_ref().map_while(Result::ok) {
        let last = line.ends_with("from here on every change is shown");
        first.push(line);
        if last {
            break;
        }
    }
    assert!(first[0].starts_with("1: 12 metrics"), "{first:?}");
    assert_eq!(first.len(), 14, "no wall of numbers: {first:?}");
    let text = std::fs::read_to_string(&source).expect("the source");
    let early = "\\\"default\\\":12,";
    assert!(text.contains(early), "{text}");
    let late = text.replace(early, "\\\"default\\\":2,");
    std::fs::write(&source, late).expect("write");
    let second: Vec<String> = lines.map_while(Result::ok).collect();
    assert!(dev.wait().expect("an end").success(), "{second:?}");
    assert!(second[0].starts_with("2: "), "{second:?}");
    let changed = |line: &String| line.contains(" -> ");
    assert!(second[1..].iter().any(changed), "{second:?}");
    assert!(second[1..].iter().all(changed), "{second:?}");
}
