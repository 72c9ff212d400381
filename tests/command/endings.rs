//! How the program ends when something is wrong.

use super::{TINY, said, say, word};
use std::path::Path;
use std::process::Stdio;
use zalm_tests::{root, scratch, text, zalm};

/// Nothing is in a folder.
fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder)
        .expect("a folder")
        .next()
        .is_none()
}

#[test]
fn help_lists_the_exit_codes() {
    let help = say(&["--help"]);
    assert_eq!(help.code, Some(0));
    let (_, codes) = help.out.split_once("Exit codes:").expect("exit codes");
    let numbers = codes
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        ["0", "1", "2", "3", "4", "5", "6", "7", "130"]
    );
    let version = say(&["--version"]).out;
    assert_eq!(version, format!("zalm {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn command_lines_that_are_not_understood() {
    say(&["comparre", TINY]).refused(2, &["comparre", "'compare'"]);
    say(&["compare", TINY, "--replication", "3"]).refused(2, &["--replications"]);
    say(&["compare", TINY, "--set", "seed"]).refused(2, &["PATH=VALUE"]);
    say(&["compare", TINY, "--lang", "de"]).refused(2, &["nl or en"]);
    let odd = said(zalm().args(["compare", TINY]).env("ZALM_LANG", "de"));
    odd.refused(2, &["ZALM_LANG", "nl or en"]);
    assert_eq!(say(&[]).code, Some(2));
}

#[test]
fn missing_and_broken_scenarios() {
    say(&["compare", "scenarios/tinny.ron"]).refused(4, &["scenarios/tiny.ron"]);
    let broken = std::fs::read_dir(root().join("scenarios/broken")).expect("broken scenarios");
    let files = broken.map(|entry| entry.expect("an entry").path());
    let files: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|e| e == "ron"))
        .collect();
    assert!(files.len() > 10);
    let scratch = scratch();
    let folder = scratch.path().join("run");
    for file in files {
        say(&["compare", word(&file), "--out", word(&folder)])
            .refused(4, &["error: ", "nothing was run"]);
    }
    assert!(is_empty(scratch.path()));
}

#[test]
fn what_is_nearly_right_gets_what_is_right() {
    say(&["compare", "scenarios"]).refused(4, &["is a folder", "such as scenarios"]);
    let near = "did you mean `scenarios/heechterp-schieringen.ron`?";
    say(&["compare", "scenarios/heechterp.ron"]).refused(4, &[near]);
    let set = |value: &str| say(&["compare", TINY, "--set", value]);
    set("team.effect=2").refused(4, &["did you mean `parameters.team.effect`?"]);
    set("parameters.team.effect=twee").refused(4, &["twee", "number"]);
    say(&["compare", TINY, "--replications", "0"]).refused(2, &["--replications", "1.."]);
    let vary = ["compare", TINY, "--draws", "2", "--vary", "tem.*"];
    say(&vary).refused(4, &["did you mean `team.*`?"]);
}

#[test]
fn all_problems_of_settings_are_told_at_once() {
    let wrong = [
        "--set",
        "replicatons=3",
        "--set",
        "parameters.team.effect=99",
    ];
    say(&[&["compare", TINY][..], &wrong].concat()).refused(
        4,
        &[
            "did you mean `replications`?",
            "99 is out of range",
            "2 problems",
        ],
    );
}

#[test]
fn strategies_and_plugins_that_are_not_there() {
    say(&[
        "compare",
        TINY,
        "--strategy",
        "carrousel",
        "--strategy",
        "embeding",
    ])
    .refused(
        4,
        &[
            "carrousel",
            "`carousel`",
            "`institutional-embedding`",
            "looked in",
        ],
    );
    say(&["compare", "scenarios/broken/missing-plugin.ron"]).refused(
        4,
        &[
            "missing-plugin.ron:",
            "\"carrousel\"",
            "did you mean `carousel`",
            "--plugins",
        ],
    );
    let wrong = r#"strategies[1].parameters={"contct": 1}"#;
    say(&["compare", TINY, "--set", wrong]).refused(4, &["contct", "did you mean contact"]);
    say(&["run", TINY, "--strategy", "carousel", "--stressor", "cuts"]).refused(4, &["`cut`"]);
}

#[test]
fn folder_with_something_else_is_left_alone() {
    let scratch = scratch();
    let letter = scratch.path().join("letter.txt");
    std::fs::write(&letter, "dear all").expect("a letter");
    say(&["compare", TINY, "--out", word(scratch.path())])
        .refused(4, &[word(scratch.path()), "exists already", "--out"]);
    say(&["compare", TINY, "--out", word(&letter)]).refused(4, &["exists already"]);
    let entries = std::fs::read_dir(scratch.path()).expect("a folder");
    assert_eq!(entries.count(), 1);
    assert_eq!(std::fs::read(&letter).expect("a letter"), b"dear all");
}

#[test]
fn folder_that_cannot_be_made() {
    let scratch = scratch();
    let file = scratch.path().join("file");
    std::fs::write(&file, "text").expect("a file");
    say(&["compare", TINY, "--out", word(&file.join("run"))]).refused(4, &[word(&file), "--out"]);
    assert_eq!(
        std::fs::read_dir(scratch.path()).expect("a folder").count(),
        1
    );
    assert_eq!(std::fs::read(&file).expect("a file"), b"text");
}

#[test]
fn failed_runs_are_counted_and_can_be_repeated() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let plugin = "strategies[1].plugin=\"misbehave\"";
    let how = r#"strategies[1].parameters={"how": "panic", "month": 14}"#;
    let said = say(&[
        "compare",
        TINY,
        "--out",
        word(&folder),
        "--set",
        plugin,
        "--set",
        how,
    ]);
    assert_eq!(said.code, Some(6), "{said:?}");
    assert!(said.err.contains("8 of 16 runs failed"), "{}", said.err);
    assert!(
        said.err.contains("misbehave panicked in month 14"),
        "{}",
        said.err
    );
    // The others are kept, and page one says what is missing before it answers.
    let page = text(folder.join("report.html"));
    let missing = page.find("Failed runs: 8");
    assert!(missing.is_some() && missing < page.find("id=\"answer\""));
    assert!(page.contains("misbehave panicked in month 14"));
    let (_, repeat) = said
        .err
        .split_once("to see it again: zalm ")
        .expect("a command");
    let repeat = repeat.lines().next().expect("a line");
    let again = zalm_tests::run(
        std::process::Command::new("sh")
            .arg("-c")
            .arg(format!(
                "exec {} {repeat}",
                word(Path::new(zalm().get_program()))
            ))
            .current_dir(root()),
    );
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(6), "{told}");
    assert!(told.contains("misbehave panicked in month 14"), "{told}");
    let few = ["--replications", "2", "--flip", "0", "--lang", "en"];
    let analysis = say(&[&["mkba", TINY, "--set", plugin, "--set", how], &few[..]].concat());
    analysis.gives(6, &["nothing is known", "Balance: benefits less costs: –"]);
}

#[test]
fn what_the_program_says_is_in_the_language_that_was_asked() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let few = [
        "compare",
        TINY,
        "--replications",
        "2",
        "--out",
        word(&folder),
    ];
    let made = say(&[&few[..], &["--lang", "nl"]].concat());
    assert_eq!(made.code, Some(0), "{made:?}");
    for told in ["rapport: ", " runs in ", ", threads: "] {
        assert!(made.err.contains(told), "no {told:?} in {}", made.err);
    }
    let other = ["--seed", "8", "--lang"];
    let again = |lang| say(&[&few[..], &other, &[lang]].concat());
    again("nl").refused(
        4,
        &[
            "fout: ",
            "bevat een ander experiment",
            "kies een andere map",
        ],
    );
    again("en").refused(4, &["error: ", "holds another experiment"]);
    let unnamed = ["run", TINY, "--stressor", "cuts"];
    let dutch = said(zalm().args(unnamed).env("ZALM_LANG", "nl"));
    dutch.refused(
        4,
        &[
            "fout: er is in dit scenario geen stressscenario",
            "Bedoelde u `cut`?",
        ],
    );
    let wrong = ["compare", TINY, "--set", "replicatons=3", "--lang", "nl"];
    say(&wrong).refused(
        4,
        &[
            "fout: er is geen veld `replicatons`",
            "verwacht: een van ",
            "bedoelde u `replications`?",
            "1 probleem; er is niets gedraaid",
        ],
    );
}

#[test]
fn nobody_reads_on() {
    let commands: [&[&str]; 3] = [
        &["parameters", TINY],
        &["plan"],
        &["compare", "missing.ron"],
    ];
    for (arguments, code) in commands.into_iter().zip([0, 0, 4]) {
        let mut child = zalm()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        drop((child.stdout.take(), child.stderr.take()));
        let status = child.wait().expect("an end");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}
