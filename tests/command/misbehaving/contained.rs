//! What becomes of a comparison with a strategy that is bad in one way: its own runs fail or not, and
//! nobody else's bytes change.

use super::super::{Said, TINY, said, say, word};
use super::{bad, beside, carousel, isolated};
use std::path::Path;
use std::process::Command;
use zalm_tests::{root, run, scratch, zalm};

/// Plays the carousel beside each of these ways to be bad, which fails with its text or, where there is
/// none, not at all: the carousel's numbers are always those beside a good strategy.
fn each(play: impl Fn(&str) -> Option<Said>, ways: &[(&str, &str)]) {
    let Some(good) = play("GOOD") else { return };
    assert_eq!(good.code, Some(0), "{good:?}");
    for (how, part) in ways {
        let Some(said) = play(how) else { return };
        let code = if part.is_empty() { 0 } else { 6 };
        assert_eq!(said.code, Some(code), "{how}: {said:?}");
        assert!(said.err.contains(part), "{how}: {said:?}");
        // Also where it is the model that refuses.
        if ["TOO_MUCH", "OVERTIME"].contains(how) {
            let who = "strategy bad asked for something that is not allowed";
            assert!(said.err.contains(who), "{how}: {said:?}");
        }
        assert_eq!(carousel(&said), carousel(&good), "{how}");
    }
}

#[test]
fn a_crash_in_a_process_of_its_own_ends_its_runs_and_nothing_else() {
    let ways = [
        ("ABORT", "ended by signal 6 (abort)"),
        ("TOO_DEEP", "ended by signal 6 (abort)"),
        (
            "BAD_WRITE",
            "ended by signal 11 (bad memory access or stack overflow)",
        ),
        ("LOOP", "did not answer within 3 s"),
        ("EXIT", "ended by itself with code 0"),
        ("LIBC_EXIT", "ended by itself with code 0"),
        ("PANICS", "no row for the alderman"),
        ("ODD_STATUS", "reported that it is broken"),
        ("CHATTER", "a note of 800 bytes; expected at most 400"),
        ("EVENT_UNKNOWN", "the plugin declares 1"),
        (
            "GIGABYTES",
            "bad memory access or stack overflow); it could have 4096 MB of memory",
        ),
        ("PRINT", ""),
        ("CLOCK", ""),
        ("WRITE_READ", ""),
        ("FILES", ""),
        ("ENVIRONMENT", ""),
        ("HANDLER", ""),
        ("STATIC", ""),
        ("THREAD_LOCAL", ""),
        ("FOLDER", ""),
        ("LOCALE", ""),
    ];
    each(isolated, &ways);
}

#[test]
fn a_library_that_ends_the_program_is_named_and_its_end_is_no_success() {
    for (how, part) in [
        ("LIBC_EXIT", "plugin bad ended the program"),
        ("THREAD_EXIT", "from a thread of its own"),
    ] {
        let Some(said) = beside(how, &[]) else { return };
        said.refused(6, &[part, "--isolate"]);
    }
}

#[test]
fn what_a_library_prints_spoils_no_document() {
    for how in ["PRINT", "PRINT_AT_LOAD"] {
        let Some(said) = beside(how, &[]) else { return };
        assert_eq!(said.code, Some(0), "{how}: {said:?}");
        assert!(carousel(&said).len() > 50);
        let printed = if how == "PRINT" {
            "working"
        } else {
            "here I am"
        };
        assert!(said.err.contains(printed), "{how}: {said:?}");
    }
}

#[test]
fn a_crash_in_destroy_ends_no_run() {
    let Some(good) = isolated("GOOD") else { return };
    let Some(said) = isolated("DESTROY_CRASH") else {
        return;
    };
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.err.contains("ended by signal 6 (abort), when"),
        "{said:?}"
    );
    assert_eq!(carousel(&said), carousel(&good));
}

#[test]
fn what_is_contained_in_this_process_changes_nobody_else() {
    let ways = [
        ("FAILS", "no idea"),
        ("PANICS", "no row for the alderman"),
        ("BROKEN", "reported that it is broken"),
        ("NOT_A_NUMBER", "share NaN"),
        ("TOO_MUCH", "at most twice the team's cost"),
        ("NEGATIVE", "asks -1 cents a month"),
        ("NOBODY", "which are not there"),
        ("OVERTIME", "1.400 months"),
        ("OWN_NAN", "own column mine is NaN"),
        ("EVENT_NAN", "has n NaN"),
        ("FLUSH", "floating-point mode"),
        ("CLOCK", ""),
        ("PRINT", ""),
        ("THREAD", ""),
        ("HOG", ""),
    ];
    each(|how| beside(how, &[]), &ways);
}

#[test]
fn isolated_strategies_give_the_same_bytes() {
    let compare = |isolate: &[&str]| {
        let out = scratch();
        let run = out.path().join("run");
        let mut all = vec!["compare", "scenarios/heechterp-schieringen.ron", "--json"];
        all.extend(["--replications", "2", "--out", word(&run)]);
        all.extend(isolate);
        let said = say(&all);
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out
    };
    assert_eq!(compare(&[]), compare(&["--isolate"]));
}

#[test]
fn what_was_written_beyond_a_column_stays_in_its_own_process() {
    let (Some(good), Some(said)) = (isolated("GOOD"), isolated("WRITE_BEYOND")) else {
        return;
    };
    // Whether that memory was of use to anybody is for chance to say.
    assert!([Some(0), Some(6)].contains(&said.code), "{said:?}");
    assert_eq!(carousel(&said), carousel(&good));
}

/// What the second strategy of the small scenario becomes: `misbehave`, from month 14 on.
fn misbehaving(how: &str) -> [String; 4] {
    [
        "--set".to_owned(),
        "strategies[1].plugin=\"misbehave\"".to_owned(),
        "--set".to_owned(),
        format!("strategies[1].parameters={{\"how\": \"{how}\", \"month\": 14}}"),
    ]
}

#[test]
fn a_panic_in_any_process_changes_nobody_else() {
    let compared = |how: &str, isolate: &[&str]| {
        let out = scratch();
        let folder = out.path().join("run");
        let mut words = vec!["compare", TINY, "--json", "--replications", "2", "--out"];
        words.push(word(&folder));
        said(zalm().args(words).args(isolate).args(misbehaving(how)))
    };
    let good = compared("nothing", &[]);
    assert_eq!(good.code, Some(0), "{good:?}");
    for isolate in [&[][..], &["--isolate"]] {
        let panicked = compared("panic", isolate);
        assert_eq!(panicked.code, Some(6), "{panicked:?}");
        assert!(
            panicked.err.contains("no row for the alderman"),
            "{panicked:?}"
        );
        assert_eq!(carousel(&panicked), carousel(&good), "{isolate:?}");
        // At the end of a run, which is whole by then.
        let destroyed = compared("drop-panic", isolate);
        assert_eq!(destroyed.code, Some(0), "{destroyed:?}");
        assert_eq!(carousel(&destroyed), carousel(&good), "{isolate:?}");
        // Before any run.
        compared("create-panic", isolate).refused(4, &["panic: no luck at the start (at "]);
    }
}

#[test]
fn what_a_strategy_draws_keeps_measures_tells_and_logs_is_the_same_in_its_own_process() {
    for (how, told) in [
        ("all-commands", " draws 0."),
        ("remember", "for the 2. time"),
        ("measure", "misbehave.done"),
        ("tell", "misbehave.acted: times 1 times"),
        ("log", "line one line two"),
    ] {
        let played = |isolate: &[&str]| {
            let ask = [
                "run",
                TINY,
                "--strategy",
                "institutional-embedding",
                "--json",
            ];
            let played = said(zalm().args(ask).args(isolate).args(misbehaving(how)));
            assert_eq!(played.code, Some(0), "{how}: {played:?}");
            (played.out, played.err)
        };
        let (here, apart) = (played(&[]), played(&["--isolate"]));
        assert!(
            here.0.contains(told) || here.1.contains(told),
            "{how}: {here:?}"
        );
        assert_eq!(here, apart, "{how}");
    }
}

#[test]
fn a_warning_is_told_and_fails_no_run() {
    for isolate in [&[][..], &["--isolate"]] {
        let Some(warned) = beside("WARNS", isolate) else {
            return;
        };
        assert_eq!(warned.code, Some(0), "{warned:?}");
        assert!(warned.err.contains("few payers"), "{warned:?}");
    }
}

#[test]
fn a_strategy_that_goes_to_another_folder_takes_no_result_along() {
    for how in ["FOLDER", "FOLDER_AT_LOAD"] {
        let Some(file) = bad(how) else { return };
        let scratch = scratch();
        let scenario = root().join(TINY);
        let compare = |out: &[&str], folder: &str| {
            let mut words = vec!["compare", word(&scenario), "--strategy", "bad"];
            words.extend(["--replications", "2", "--plugins"]);
            words.push(word(file.parent().expect("its folder")));
            words.extend(out);
            let compared = said(zalm().args(words).current_dir(scratch.path()));
            assert_eq!(compared.code, Some(0), "{how}: {compared:?}");
            let folder = scratch.path().join(folder);
            assert!(folder.join("run.json").is_file(), "{how}: {compared:?}");
            assert!(folder.join("report.html").is_file(), "{how}: {compared:?}");
        };
        compare(&["--out", "mine/first"], "mine/first");
        compare(&[], "runs/tiny-1");
        // What is written by a path of its own after a run.
        let again = ["rerun", "mine/first", "--out", "second"];
        let again = said(zalm().args(again).current_dir(scratch.path()));
        assert!(
            scratch.path().join("second/run.json").is_file(),
            "{again:?}"
        );
    }
}

#[test]
fn the_command_that_is_printed_repeats_the_failed_run_with_its_seed_and_its_limit() {
    let Some(failed) = beside("ABORT", &["--isolate=3", "--seed", "5"]) else {
        return;
    };
    assert_eq!(failed.code, Some(6), "{failed:?}");
    let (_, again) = failed
        .err
        .split_once("to see it again: zalm ")
        .expect("a command");
    let again = again.lines().next().expect("a line");
    for word in ["--seed 5", "--isolate=3", "--replication 0"] {
        assert!(again.contains(word), "{again}");
    }
    let program = zalm();
    let program = word(Path::new(program.get_program())).to_owned();
    let repeated = run(Command::new("sh")
        .args(["-c", &format!("exec {program} {again}")])
        .current_dir(root()));
    let told = String::from_utf8_lossy(&repeated.stderr).into_owned();
    assert_eq!(repeated.status.code(), Some(6), "{told}");
    assert!(told.contains("ended by signal 6 (abort)"), "{told}");
}
