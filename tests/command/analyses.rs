//! The questions that take many points of a scenario, from outside.

use super::{TINY, say, word};
use zalm_tests::scratch;

/// Every analysis with what it is asked beside the scenario.
const ASKED: [&[&str]; 6] = [
    &["stress", "--severity", "0,1"],
    &["reverse-stress", "--most", "2"],
    &["robust"],
    &["break-even", "--parameter", "worker.cost"],
    &["sensitivity", "--vary", "worker.*"],
    &["value", "--draws", "50", "--vary", "worker.*"],
];

/// A question about failure that the tiny scenario can answer.
pub(crate) const DISCOVER: &[&str] = &[
    "discover",
    "--failure",
    "households.multi_problem>11",
    "--draws",
    "120",
    "--vary",
    "onset.*",
    "--replications",
    "2",
];

/// An analysis of a scenario in a folder.
pub(super) fn asked<'a>(question: &[&'a str], scenario: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[question[0], scenario], &question[1..], more].concat()
}

#[test]
fn each_answers_in_two_languages_and_to_programs_and_keeps_its_tables() {
    for question in ASKED {
        let scratch = scratch();
        let folder = scratch.path().join("answer");
        let more = ["--replications", "2", "--out", word(&folder), "--lang"];
        let in_lang = |lang| asked(question, TINY, &[&more[..], &[lang]].concat());
        let dutch = say(&in_lang("nl"));
        assert_eq!(dutch.code, Some(0), "{dutch:?}");
        assert!(dutch.out.contains("herhalingen"), "{dutch:?}");
        // What was played is not played again.
        let english = say(&in_lang("en"));
        assert!(english.out.contains("replications"), "{english:?}");
        if question[0] == "value" {
            assert!(english.out.contains("% of the draws"), "{english:?}");
        }
        let document = say(&[&in_lang("en")[..], &["--json"]].concat()).json();
        assert_eq!(document["schema"], format!("zalm.{}/1", question[0]));
        let command = document["command"].as_str().expect("a command");
        assert!(command.starts_with(&format!("zalm {} {TINY}", question[0])));
        let kept = std::fs::read_to_string(folder.join("answer.json")).expect("a document");
        assert_eq!(kept, say(&[&in_lang("en")[..], &["--json"]].concat()).out);
        let table = format!("{}.csv", question[0]);
        assert!(folder.join(&table).exists(), "no {table}");
    }
}

#[test]
fn discovery_says_in_words_where_a_strategy_fails() {
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    let said = say(&asked(
        DISCOVER,
        TINY,
        &["--lang", "en", "--out", word(&folder)],
    ));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("mostly fails when onset."), "{said:?}");
    for table in ["discover.csv", "discover-trade.csv", "answer.json"] {
        assert!(folder.join(table).exists(), "no {table}");
    }
}

#[test]
fn a_buffer_has_its_certainty_beside_it_and_a_class_where_it_is_known() {
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    let question = [
        "stress",
        TINY,
        "--severity",
        "1",
        "--replications",
        "20",
        "--lang",
        "en",
    ];
    let more = [
        "--out",
        word(&folder),
        "--buffer",
        "50000",
        "--certainty",
        "0.8",
    ];
    let said = say(&[&question[..], &more].concat());
    said.gives(0, &["with 80% certainty", "the ratio of €50,000"]);
    let table = std::fs::read_to_string(folder.join("stress-buffer.csv")).expect("a table");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert!(
        rows.iter()
            .all(|row| row.contains(",0.8,") && row.ends_with(['A', 'B', 'C', 'D', 'E', 'F'])),
        "{table}"
    );
}

#[test]
fn groups_tell_who_gains_and_who_loses() {
    let ask = |more: &[&str]| say(&[&["groups", TINY, "--replications", "3"], more].concat());
    let english = ask(&["--lang", "en"]);
    english.gives(0, &["Who gains and who loses by", "with children", "Gini"]);
    assert!(
        ask(&["--lang", "nl"])
            .out
            .contains("Wie wint en wie verliest")
    );
    let document = ask(&["--json", "--threads", "2"]).json();
    assert_eq!(document["schema"], "zalm.groups/1");
    assert_eq!(document, ask(&["--json", "--threads", "1"]).json());
    let groups = document["groups"].as_array().expect("groups");
    let of = |name: &str| {
        let group = groups.iter().find(|one| one["group"] == name);
        group.map_or(0.0, |one| one["dwellings"].as_f64().expect("a number"))
    };
    let parts = of("children") + of("childless");
    assert!((parts - of("all")).abs() < 1e-9, "{parts}");
    ask(&["--stressor", "cuts"]).refused(4, &["Did you mean `cut`?"]);
}

#[test]
fn groups_leave_out_a_replication_in_which_a_run_failed_and_say_how_to_see_it() {
    let ask = |more: &[&str]| {
        let fails = [
            "groups",
            TINY,
            "--replications",
            "8",
            "--lang",
            "en",
            "--set",
            "strategies[1].plugin=\"misbehave\"",
            "--set",
            r#"strategies[1].parameters={"how": "panic", "month": 18}"#,
        ];
        say(&[&fails[..], more].concat())
    };
    let said = ask(&[]);
    said.gives(6, &["Replications left out because a run failed: ", "Gini"]);
    for text in [
        "misbehave panicked in month ",
        "to see it again: zalm run scenarios/tiny.ron ",
        " --stressor none --replication ",
    ] {
        assert!(said.err.contains(text), "no {text:?} in {}", said.err);
    }
    let document = ask(&["--json"]).out;
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    let of = |name: &str| document[name].as_u64().expect("a count");
    assert!(of("left_out") > 0, "{document}");
    assert_eq!(of("left_out") + of("replications"), 8);
}

#[test]
fn who_cannot_be_told_apart_as_the_best_is_named() {
    let scratch = scratch();
    let folder = scratch.path().join("run");
    let compare = ["compare", TINY, "--out", word(&folder), "--lang", "en"];
    let text = say(&compare).out;
    assert!(
        text.contains("told apart as the best") || text.contains("Best: "),
        "{text}"
    );
    let document = say(&[&compare[..], &["--json"]].concat()).json();
    let choices = document["choices"].as_array().expect("choices");
    assert!(!choices.is_empty());
    for choice in choices {
        let may = choice["may_be_best"].as_array().expect("names");
        assert!(may.contains(&choice["best"]), "{choice}");
    }
}

#[test]
fn the_shipped_scenarios_answer() {
    let scenarios = [
        "scenarios/heechterp-schieringen.ron",
        "scenarios/deventer-pak.ron",
    ];
    // The methods that take many points, with as few as they take.
    let few: [&[&str]; 3] = [
        &[
            "sensitivity",
            "--method",
            "morris",
            "--size",
            "4",
            "--vary",
            "worker.*",
        ],
        &[
            "sensitivity",
            "--method",
            "sobol",
            "--size",
            "16",
            "--vary",
            "worker.cost",
            "--by",
            "parameter",
        ],
        &[
            "discover",
            "--draws",
            "100",
            "--vary",
            "onset.*",
            "--failure",
            "households.multi_problem>307",
        ],
    ];
    for scenario in scenarios {
        for question in ASKED.into_iter().chain(few) {
            let scratch = scratch();
            let folder = scratch.path().join("answer");
            let small = [
                "--replications",
                "2",
                "--strategy",
                "institutional-embedding",
                "--out",
                word(&folder),
                "--json",
            ];
            let document = say(&asked(question, scenario, &small)).json();
            assert_eq!(document["replications"], 2, "{document}");
        }
        // These keep nothing.
        let groups = ["groups", scenario, "--replications", "2", "--json"];
        let strategy = ["--strategy", "institutional-embedding"];
        let document = say(&[&groups[..], &strategy].concat()).json();
        assert_eq!(document["replications"], 2, "{document}");
        let found = say(&["tell", scenario, "--find", "differs-most", "--lang", "en"]);
        assert_eq!(found.code, Some(0), "{found:?}");
    }
}

#[test]
fn a_refused_question_leaves_no_folder_and_the_corrected_one_goes_there() {
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    let ask = |question: &[&str], replications| {
        let more = ["--replications", replications, "--out", word(&folder)];
        say(&asked(question, TINY, &more))
    };
    for (question, replications) in [
        (&["value", "--draws", "49"][..], "2"),
        (&["robust"], "1"),
        (&["stress", "--metric", "households.crisis"], "2"),
        (&["sensitivity", "--method", "sobol", "--size", "8"], "2"),
        (&["reverse-stress", "--failure", "project.alif<1"], "2"),
        (&["break-even", "--parameter", "worker.cots"], "2"),
    ] {
        assert_eq!(ask(question, replications).code, Some(4), "{question:?}");
        assert!(!folder.exists(), "{question:?} made a folder");
    }
    let right = ask(&["break-even", "--parameter", "worker.cost"], "2");
    assert_eq!(right.code, Some(0), "{right:?}");
    // It holds an answer, no comparison, and says which.
    let files = || std::fs::read_dir(&folder).expect("a folder").count();
    let before = files();
    say(&["report", word(&folder)]).refused(4, &["`zalm break-even`", "answer.txt"]);
    assert_eq!(files(), before, "nothing is written into it");
}

#[test]
fn another_question_does_not_overwrite_an_answer() {
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    let robust = |metric| {
        let more = [
            "--replications",
            "2",
            "--out",
            word(&folder),
            "--metric",
            metric,
        ];
        say(&[&["robust", TINY][..], &more].concat())
    };
    assert_eq!(robust("cost.total").code, Some(0));
    robust("households.crises").refused(4, &["design"]);
}
