//! `zalm plugin check` on strategies that are bad in one way each.

use super::super::{say, word};
use super::bad;
use std::path::Path;
use std::process::Command;
use zalm_tests::{root, run, scratch, zalm};

/// What `zalm plugin check` says of a library in one test: result and text.
fn checked(how: &str, file: &str, test: u8) -> (String, String) {
    let test = test.to_string();
    // Time is only short where it is the point: machines are slow at times.
    let limit = if how.starts_with("LOOP") { "2" } else { "120" };
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
        (
            "ODD_UNIT",
            6,
            "warn",
            "\"mont\" is none of the model's; did you mean month?",
        ),
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
        (
            "SUBNORMAL",
            9,
            "fail",
            "value of an own column is subnormal",
        ),
        ("PANICS", 9, "fail", "no row for the alderman"),
        ("ODD_STATUS", 9, "fail", "(status 77): nobody knows"),
        ("WARNS", 9, "pass", "240 commands"),
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
        ("LIBC_EXIT", 9, "crash", "ended by itself"),
        ("THREAD_EXIT", 9, "crash", "ended by itself"),
        ("EXIT_DESCRIBE", 1, "crash", "ended by itself"),
        ("ABORT_DESCRIBE", 1, "crash", "signal: 6"),
        ("LOOP_DESCRIBE", 1, "timeout", "no end within 2 s"),
        ("EXIT_AT_LOAD", 1, "crash", "ended by itself"),
        ("ABORT_AT_LOAD", 1, "crash", "signal: 6"),
        ("AFTER_ERROR", 8, "crash", "signal: 6"),
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
        ("KEEPS_COLUMN", 12, "fail", "it keeps a pointer or a state"),
        (
            "KEEPS_HOST",
            12,
            "fail",
            "month 1: status 3 when what it saw in earlier months is overwritten",
        ),
        ("PANIC_FORGOTTEN", 8, "fail", "goes on as if it had not"),
        (
            "BY_NUMBER",
            14,
            "warn",
            "another number is all that changes",
        ),
        (
            "LOCALE",
            18,
            "fail",
            "the locale, by which C reads and writes numbers, is",
        ),
        ("UMASK", 18, "fail", "the umask"),
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

#[test]
fn a_library_that_is_cut_off_is_refused() {
    let Some(good) = bad("GOOD") else { return };
    let bytes = std::fs::read(&good).expect("the library");
    let scratch = scratch();
    let file = scratch.path().join("libzalm_bad.so");
    for length in [0, 4, 64, bytes.len() / 4, bytes.len() / 2, bytes.len() - 64] {
        std::fs::write(&file, &bytes[..length]).expect("write");
        let (result, text) = checked("cut off", word(&file), 1);
        assert_eq!(result, "fail", "{length} bytes: {text}");
        assert!(text.contains("(E_"), "{length} bytes: {text}");
        let list = say(&["plugin", "list", "--plugins", word(scratch.path())]);
        list.gives(0, &["refused", "carousel"]);
    }
}

#[test]
fn a_folder_stands_for_the_library_in_its_plugins() {
    let Some(good) = bad("GOOD") else { return };
    let scratch = scratch();
    let ask = ["plugin", "check", word(scratch.path()), "--level", "1"];
    say(&ask).refused(4, &["holds no library", "zalm plugin build"]);
    let plugins = scratch.path().join("plugins");
    std::fs::create_dir(&plugins).expect("a folder");
    std::fs::copy(good, plugins.join("libzalm_bad.so")).expect("copy");
    say(&ask).gives(0, &["libzalm_bad.so", "good; 3 tests"]);
    std::fs::copy(
        plugins.join("libzalm_bad.so"),
        plugins.join("libzalm_worse.so"),
    )
    .expect("copy");
    say(&ask).refused(4, &["holds 2 libraries"]);
}

#[test]
fn the_command_that_is_printed_repeats_the_failure() {
    let Some(file) = bad("TOO_MUCH") else { return };
    let ask = ["plugin", "check", word(&file), "--test", "9", "--seed", "7"];
    let told = say(&[&ask[..], &["--limit", "90", "--json"]].concat());
    let first: serde_json::Value = serde_json::from_str(&told.out).expect("a document");
    let again = first["tests"][0]["again"].as_str().expect("a command");
    assert!(again.ends_with("--test 9 --seed 7 --limit 90"), "{again}");
    let words = again.strip_prefix("zalm ").expect("a command of zalm");
    let program = zalm();
    let program = word(Path::new(program.get_program())).to_owned();
    let repeated = run(Command::new("sh")
        .args(["-c", &format!("exec {program} {words} --json")])
        .current_dir(root()));
    let repeated: serde_json::Value = serde_json::from_slice(&repeated.stdout).expect("a document");
    assert_eq!(repeated["tests"], first["tests"]);
    assert_eq!(repeated["seed"], 7);
}
