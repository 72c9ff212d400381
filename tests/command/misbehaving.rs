//! Strategies that are bad in one way each: refused with the right code, or caught by the right test,
//! or, in a process of their own, ended without a trace in anybody else's results.

use super::{Said, said, say, word};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use zalm_tests::{TempDir, root, scratch, zalm};

/// `bad.c` compiled to be bad in one way, in a folder of its own; `None` without a C compiler.
fn bad(how: &str) -> Option<PathBuf> {
    static FOLDER: OnceLock<Option<TempDir>> = OnceLock::new();
    let has_cc = || Command::new("cc").arg("--version").output().is_ok();
    let folder = FOLDER.get_or_init(|| (cfg!(target_os = "linux") && has_cc()).then(scratch));
    let Some(folder) = folder else {
        println!("skipped: no C compiler (cc) for Linux on this machine");
        return None;
    };
    let file = folder.path().join(how).join("libzalm_bad.so");
    // Two tests may want the same one.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    if file.exists() {
        return Some(file);
    }
    std::fs::create_dir_all(file.parent()?).expect("a folder");
    let compiled = said(
        Command::new("cc")
            .args([
                "-std=gnu11",
                "-O0",
                "-shared",
                "-fPIC",
                "-fvisibility=hidden",
            ])
            .arg(format!("-DHOW={how}"))
            .arg("-I")
            .arg(root().join("core/abi/include"))
            .arg(root().join("tests/plugins/bad.c"))
            .arg("-o")
            .arg(&file)
            .args(["-lm", "-lpthread"]),
    );
    assert_eq!(compiled.code, Some(0), "{how}: {compiled:?}");
    Some(file)
}

/// What `zalm plugin check` says of a library in one test: result and text.
fn checked(how: &str, file: &str, test: u8) -> (String, String) {
    let test = test.to_string();
    // Time is only short where it is the point: machines are slow at times.
    let limit = if how == "LOOP" { "2" } else { "120" };
    let ask = [
        "plugin", "check", file, "--test", &test, "--limit", limit, "--json",
    ];
    let said = say(&ask);
    let document: serde_json::Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{how}: {error}: {said:?}"));
    let line = &document["tests"][0];
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let good = ["pass", "warn", "skip"].contains(&text("result").as_str());
    assert_eq!(said.code, Some(if good { 0 } else { 4 }), "{how}: {said:?}");
    assert_eq!(
        text("again").is_empty(),
        text("result") == "pass",
        "{how}: {line}"
    );
    (text("result"), text("text"))
}

/// Every row: the way, the number of the test, its result, a part of its text.
fn table(rows: &[(&str, u8, &str, &str)]) {
    for (how, test, result, part) in rows {
        let Some(file) = bad(how) else { return };
        let (got, text) = checked(how, word(&file), *test);
        assert_eq!(got, *result, "{how}: {text}");
        assert!(text.contains(part), "{how}: no {part:?} in {text}");
    }
}

#[test]
fn what_cannot_be_loaded_is_refused_with_its_code() {
    table(&[
        ("NO_MANIFEST", 1, "fail", "E_NO_MANIFEST"),
        ("GARBLED_MANIFEST", 1, "fail", "E_NO_MANIFEST"),
        ("NEWER", 1, "fail", "E_ABI_NEWER"),
        ("NEEDS_MORE", 1, "fail", "E_ABI_NEWER"),
        ("OLDER", 1, "fail", "E_ABI_OLDER"),
        ("UNRESOLVED", 1, "fail", "nobody_defines_this (E_DLOPEN)"),
        ("MAGIC", 1, "fail", "E_MAGIC"),
        ("SHORT_ENTRY", 1, "fail", "E_MAGIC"),
        (
            "NO_ENTRY",
            1,
            "fail",
            "does not export zalm_plugin_entry_v1 (E_MAGIC)",
        ),
        ("ENTRY_VERSION", 1, "fail", "E_ABI)"),
        ("LAYOUT", 1, "fail", "E_LAYOUT"),
        ("LYING", 1, "fail", "E_MANIFEST_MISMATCH"),
        ("NO_INTERFACE", 1, "fail", "E_NO_INTERFACE"),
        ("NO_STEP", 1, "fail", "E_NO_INTERFACE"),
        ("GARBLED_SCHEMA", 1, "fail", "E_SCHEMA"),
        (
            "UNKNOWN_COLUMN",
            1,
            "fail",
            "did you mean project.cost? (E_SCHEMA)",
        ),
        ("BAD_DEFAULT", 1, "fail", "E_SCHEMA"),
        ("BAD_OWN", 1, "fail", "E_SCHEMA"),
        (
            "GROUP_NAME",
            1,
            "fail",
            "called cost, as a group of the model's own metrics is",
        ),
        ("EXPORTS", 1, "warn", "malloc_of_mine"),
        ("NAMELESS", 2, "warn", "no English name"),
        ("EXACT_SIZE", 3, "fail", "a host of minor version"),
        ("MINOR_ONLY", 3, "fail", "gets other commands"),
    ]);
}

#[test]
fn what_asks_for_what_is_not_allowed_is_named() {
    table(&[
        ("GOOD", 9, "pass", "240 commands"),
        ("NOT_A_NUMBER", 9, "fail", "share NaN; expected 0 to 1"),
        ("TOO_MUCH", 9, "fail", "at most twice the team's cost"),
        ("NEGATIVE", 9, "fail", "asks -1 cents a month"),
        ("NOBODY", 9, "fail", "payer 99, which are not there"),
        ("OVERTIME", 9, "fail", "1.400 months of leader time"),
        ("CHATTER", 9, "fail", "has 800 bytes; expected at most 400"),
        ("OWN_NAN", 9, "fail", "own column mine is NaN"),
        ("FAILS", 9, "fail", "no idea"),
        ("BROKEN", 9, "fail", "reported that it is broken"),
        ("FLUSH", 9, "fail", "floating-point mode"),
        ("PRINT", 9, "fail", "it prints"),
        ("EVENT_NAN", 9, "fail", "(event done) has n NaN"),
        ("EVENT_UNKNOWN", 9, "fail", "the plugin declares 1"),
        ("FEW_ROWS", 10, "fail", "200000 rows: month 5"),
        ("HIGHEST_FAILS", 16, "fail", "parameters {\"n\":5}"),
        ("SLOW", 20, "warn", "ns per row"),
    ]);
}

#[test]
fn what_crashes_or_hangs_is_a_line_of_the_report() {
    table(&[
        ("ABORT", 9, "crash", "signal: 6"),
        ("TOO_DEEP", 9, "crash", "overflow"),
        ("BAD_WRITE", 9, "crash", "signal: 11"),
        ("LOOP", 9, "timeout", "no end within 2 s"),
        ("EXIT", 9, "crash", "ended by itself"),
        ("CREATE_CRASH", 9, "crash", "signal: 6"),
        ("DESTROY_CRASH", 7, "crash", "signal: 6"),
        ("NO_LOG", 11, "crash", "signal: 11"),
        ("NEEDS_OPTIONAL", 9, "crash", "signal: 11"),
    ]);
}

#[test]
fn what_differs_from_run_to_run_or_leaves_traces_is_caught() {
    table(&[
        ("CLOCK", 13, "fail", "again"),
        ("PROCESS", 13, "fail", "in another process"),
        ("ZONE", 13, "fail", "in another process"),
        ("STATIC", 15, "fail", "belongs in own columns"),
        ("HOG", 7, "fail", "memory grew by"),
        ("WRITE_READ", 12, "fail", "wrote on column project.cost"),
        ("WRITE_BEYOND", 12, "fail", "beyond its own column mine"),
        ("THREAD", 18, "fail", "threads went from 1 to 2"),
        ("FOLDER", 18, "fail", "the working folder is another"),
        ("ENVIRONMENT", 18, "fail", "the environment is another"),
        ("FILES", 18, "fail", "open files went from"),
        ("HANDLER", 4, "fail", "signals went from"),
        ("PRINT_AT_LOAD", 4, "fail", "here I am"),
        ("THREAD_AT_LOAD", 4, "fail", "threads went from 1 to 2"),
        ("ANY_PARAMETERS", 8, "fail", "it starts with the parameters"),
        ("ANY_INTERFACE", 5, "fail", "answers the unknown interface"),
        ("OTHER_STORY", 6, "fail", "differs from call to call"),
        ("NOT_ROWWISE", 14, "fail", "it says rowwise"),
        ("AFTER_FAILURE", 17, "fail", "repeated after a failure"),
        ("THREAD_LOCAL", 19, "fail", "on another thread"),
        ("NO_COUNT", 11, "fail", "a column too few is not noticed"),
    ]);
}

#[test]
fn the_strategies_that_ship_are_good() {
    // Those that the workspace builds; the one in C has a test of its own.
    let built = |name: &String| {
        root()
            .join("plugins")
            .join(name)
            .join("Cargo.toml")
            .exists()
    };
    let shipped = zalm_tests::folders("plugins")
        .into_iter()
        .filter(|name| name != "sdk" && built(name));
    for id in shipped.collect::<Vec<_>>().iter().map(String::as_str) {
        let said = say(&["plugin", "check", id, "--level", "3"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.contains("good; 7 tests"), "{said:?}");
        for test in [8, 11, 12, 13, 14, 15, 16, 17, 18] {
            let (result, text) = checked(id, id, test);
            assert_eq!(result, "pass", "{id}, test {test}: {text}");
        }
    }
}

/// A comparison of the carousel with a bad strategy.
fn beside(how: &str, more: &[&str]) -> Option<Said> {
    let file = bad(how)?;
    let out = scratch();
    let run = out.path().join("run");
    let mut words = vec!["compare", super::TINY, "--strategy", "bad", "--json"];
    words.extend(["--replications", "2", "--plugins", word(file.parent()?)]);
    words.extend(["--out", word(&run)]);
    words.extend(more);
    Some(said(zalm().args(words)))
}

/// The same with the bad strategy in a process of its own.
fn isolated(how: &str) -> Option<Said> {
    beside(how, &["--isolate=3"])
}

/// All numbers of the carousel in a comparison.
fn carousel(said: &Said) -> Vec<serde_json::Value> {
    let document: serde_json::Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let of = |part: &str| document[part].as_array().cloned().unwrap_or_default();
    let rows: Vec<_> = of("rows").into_iter().chain(of("team")).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|row| row["strategy"] == "carousel")
        .collect();
    assert!(rows.len() > 50, "{said:?}");
    rows
}

#[test]
fn a_crash_in_a_process_of_its_own_ends_its_runs_and_nothing_else() {
    let Some(good) = isolated("GOOD") else { return };
    assert_eq!(good.code, Some(0), "{good:?}");
    for (how, part) in [
        ("ABORT", "ended by signal 6 (abort)"),
        ("TOO_DEEP", "ended by signal 6 (abort)"),
        (
            "BAD_WRITE",
            "ended by signal 11 (bad memory access or stack overflow)",
        ),
        ("LOOP", "did not answer within 3 s"),
        ("EXIT", "ended by itself with code 0"),
        ("LIBC_EXIT", "ended by itself with code 0"),
        ("PRINT", ""),
    ] {
        let Some(said) = isolated(how) else { return };
        assert_eq!(
            said.code,
            Some(if part.is_empty() { 0 } else { 6 }),
            "{how}: {said:?}"
        );
        assert!(said.err.contains(part), "{how}: {said:?}");
        assert_eq!(carousel(&said), carousel(&good), "{how}");
    }
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
fn a_crash_while_loading_is_a_refusal_and_no_crash_here() {
    for (how, part) in [
        ("ABORT_DESCRIBE", "ended by signal 6 (abort)"),
        ("ABORT_AT_LOAD", "ended by signal 6 (abort)"),
        ("EXIT_DESCRIBE", "ended by itself with code 0"),
        ("EXIT_AT_LOAD", "ended by itself with code 0"),
    ] {
        let Some(file) = bad(how) else { return };
        let folder = file.parent().expect("its folder");
        let told = ["crashed while loading", part, "E_CRASH"];
        let list = say(&["plugin", "list", "--plugins", word(folder)]);
        list.gives(0, &told);
        list.gives(0, &["refused", "carousel"]);
        say(&["plugin", "info", word(&file)]).refused(4, &told);
        say(&["plugin", "install", word(&file)]).refused(4, &told);
        let Some(said) = beside(how, &[]) else { return };
        said.refused(4, &told);
    }
    let Some(said) = isolated("LOOP_DESCRIBE") else {
        return;
    };
    said.refused(4, &["did not end loading within 3 s", "E_CRASH"]);
}

#[test]
fn a_damaged_library_ends_no_list() {
    let Some(good) = bad("GOOD") else { return };
    let bytes = std::fs::read(&good).expect("the library");
    let scratch = scratch();
    let mut state = 1_u64;
    for round in 0..6 {
        let mut damaged = bytes.clone();
        for _ in 0..200 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = (state >> 33) as usize % damaged.len();
            damaged[at] ^= 0xff;
        }
        // The manifest stays, so that it comes as far as loading.
        let at = bytes
            .windows(8)
            .position(|part| part == b"ZALMMF01")
            .expect("a manifest");
        damaged[at..at + 200].copy_from_slice(&bytes[at..at + 200]);
        damaged[..64].copy_from_slice(&bytes[..64]);
        let folder = scratch.path().join(round.to_string());
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(folder.join("libzalm_bad.so"), damaged).expect("write");
        let list = say(&["plugin", "list", "--plugins", word(&folder)]);
        list.gives(0, &["carousel"]);
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
    let Some(good) = beside("GOOD", &[]) else {
        return;
    };
    assert_eq!(good.code, Some(0), "{good:?}");
    for (how, part) in [
        ("FAILS", "no idea"),
        ("BROKEN", "reported that it is broken"),
        ("NOT_A_NUMBER", "share NaN"),
        ("TOO_MUCH", "at most twice the team's cost"),
        ("NEGATIVE", "asks -1 cents a month"),
        ("NOBODY", "which are not there"),
        ("OVERTIME", "1.400 months"),
        ("OWN_NAN", "own column mine is NaN"),
        ("EVENT_NAN", "has n NaN"),
        ("FLUSH", "floating-point mode"),
        ("THREAD", ""),
        ("HOG", ""),
    ] {
        let Some(said) = beside(how, &[]) else { return };
        let code = if part.is_empty() { 0 } else { 6 };
        assert_eq!(said.code, Some(code), "{how}: {said:?}");
        assert!(said.err.contains(part), "{how}: {said:?}");
        // Also where it is the model that refuses.
        if ["TOO_MUCH", "OVERTIME"].contains(&how) {
            let who = "strategy bad asked for something that is not allowed";
            assert!(said.err.contains(who), "{how}: {said:?}");
        }
        assert_eq!(carousel(&said), carousel(&good), "{how}");
    }
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
fn only_a_good_library_is_installed() {
    let (Some(good), Some(other)) = (bad("GOOD"), bad("LAYOUT")) else {
        return;
    };
    let scratch = scratch();
    let install = |file: &std::path::Path| {
        let words = ["plugin", "install", word(file)];
        said(zalm().args(words).current_dir(scratch.path()))
    };
    install(&other).refused(4, &["E_LAYOUT"]);
    assert!(!scratch.path().join("plugins").exists());
    let done = install(&good);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.out.contains("bad 1.0.0 is in") && done.out.contains("your rights"),
        "{done:?}"
    );
    assert!(scratch.path().join("plugins/libzalm_bad.so").exists());
}
