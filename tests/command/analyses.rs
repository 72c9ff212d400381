//! The questions that take many points of a scenario, from outside.

use super::{TINY, say, word};
use zalm_tests::scratch;

/// Every analysis with what it is asked beside the scenario.
const ASKED: [&[&str]; 5] = [
    &["stress", "--severity", "0,1"],
    &["reverse-stress", "--most", "2"],
    &["robust"],
    &["break-even", "--parameter", "worker.cost"],
    &["sensitivity", "--vary", "worker.*"],
];

/// An analysis of a scenario in a folder.
fn asked<'a>(question: &[&'a str], scenario: &'a str, more: &[&'a str]) -> Vec<&'a str> {
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
    let fails = "households.multi_problem>11";
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    let said = say(&[
        "discover",
        TINY,
        "--failure",
        fails,
        "--draws",
        "120",
        "--vary",
        "onset.*",
        "--replications",
        "2",
        "--lang",
        "en",
        "--out",
        word(&folder),
    ]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("mostly fails when onset."), "{said:?}");
    for table in ["discover.csv", "discover-trade.csv", "answer.json"] {
        assert!(folder.join(table).exists(), "no {table}");
    }
}

#[test]
fn the_shipped_scenarios_answer() {
    let scenarios = [
        "scenarios/heechterp-schieringen.ron",
        "scenarios/deventer-pak.ron",
    ];
    for scenario in scenarios {
        for question in ASKED {
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
    }
}

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let refused = |question: &[&str], texts: &[&str]| {
        let scratch = scratch();
        let folder = scratch.path().join("answer");
        let more = ["--replications", "2", "--out", word(&folder)];
        say(&asked(question, TINY, &more)).refused(4, texts);
    };
    refused(
        &["stress", "--metric", "households.crisis"],
        &["Did you mean `households.crises`?", "zalm metrics"],
    );
    refused(
        &["stress", "--severity", "9"],
        &["more than 100 %", "at most 5"],
    );
    refused(
        &["robust", "--metric", "cost.projects"],
        &["only describes", "direction"],
    );
    refused(
        &["break-even", "--parameter", "worker.cots"],
        &["Did you mean `worker.cost`?"],
    );
    refused(
        &[
            "break-even",
            "--parameter",
            "worker.cost",
            "--stressor",
            "cuts",
        ],
        &["Did you mean `cut`?"],
    );
    refused(
        &["sensitivity", "--vary", "worker.cots", "--vary", "team.x*"],
        &[
            "did you mean `worker.cost`?",
            "`team.x*`",
            "zalm parameters",
        ],
    );
    refused(
        &["sensitivity", "--method", "morris", "--size", "2"],
        &["at least 4 are needed"],
    );
    refused(
        &[
            "discover",
            "--draws",
            "120",
            "--failure",
            "households.multi_problem<-1",
        ],
        &["0 of 120 draws fail", "--draws"],
    );
    refused(
        &["reverse-stress", "--failure", "project.alive@999<0.5"],
        &["month 999", "no sample"],
    );
    let usage = say(&["stress", TINY, "--threshold", "project.alive"]);
    usage.refused(2, &["METRIC<VALUE"]);
    let few = ["robust", TINY, "--replications", "1"];
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    say(&[&few[..], &["--out", word(&folder)]].concat())
        .refused(4, &["no spread", "expected 2 or more"]);
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
