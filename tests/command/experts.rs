//! `zalm experts`: what experts say becomes a base that scenarios draw from.

use super::{Said, TINY, say, word};
use std::path::PathBuf;
use zalm_tests::{root, scratch, text};

const EXAMPLE: &str = "scenarios/experts-example.csv";

fn english(arguments: &[&str]) -> Said {
    say(&[&["experts"][..], arguments, &["--lang", "en"]].concat())
}

/// The base of what is written, from anywhere.
fn base() -> PathBuf {
    root().join("scenarios/base/netherlands.ron")
}

#[test]
fn the_example_shows_who_disagrees_and_where_the_asking_stands() {
    let said = english(&[EXAMPLE]);
    said.gives(
        0,
        &[
            "team.effect",
            "The experts are near each other",
            "The experts disagree",
            "Let team leader (lowest) and researcher (highest) give their reasons",
            "disagreement",
        ],
    );
    let dutch = say(&["experts", EXAMPLE, "--lang", "nl"]).out;
    assert!(
        dutch.contains("oneens") && dutch.contains("onenigheid"),
        "{dutch}"
    );
    let document = english(&[EXAMPLE, "--json"]).json();
    assert_eq!(document["schema"], "zalm.experts/1");
    let rounds = document["parameters"][0]["rounds"]
        .as_array()
        .expect("rounds");
    let disagreement = |round: usize| rounds[round]["disagreement"].as_f64().expect("a share");
    assert!(disagreement(1) < disagreement(0), "{document}");
}

#[test]
fn what_is_written_is_drawn_from_by_a_comparison() {
    let scratch = scratch();
    let file = scratch.path().join("panel.ron");
    let base = base();
    let write = ["--out", word(&file), "--base", word(&base)];
    let said = english(&[&[EXAMPLE][..], &write].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("--set base="), "{}", said.err);
    let set = format!("base={}", word(&file));
    let listed = say(&["parameters", TINY, "--set", &set]);
    assert!(listed.out.contains("pool of 3 experts"), "{listed:?}");
    let folder = scratch.path().join("run");
    let drawn = say(&[
        "compare",
        TINY,
        "--set",
        &set,
        "--draws",
        "20",
        "--vary",
        "team.dropout",
        "--replications",
        "2",
        "--out",
        word(&folder),
        "--json",
    ]);
    // Half of the pool lies below all that the researcher says; the middle of a range would not.
    let draws = drawn.json()["draws"].as_array().expect("draws").clone();
    let values = draws
        .iter()
        .map(|draw| draw["values"][0][1].as_f64().expect("a value"));
    let (mut below, mut above) = (0, 0);
    for value in values {
        below += usize::from(value <= 0.02);
        above += usize::from(value >= 0.02);
    }
    assert_eq!((below, above), (10, 10));
    // Nothing is overwritten unasked.
    let written = text(&file);
    english(&[&[EXAMPLE][..], &write].concat()).refused(4, &["exists already", "--force"]);
    let forced = english(&[&[EXAMPLE, "--force"][..], &write].concat());
    assert_eq!((forced.code, text(&file)), (Some(0), written));
}

#[test]
fn bad_opinions_are_refused_with_line_and_remedy() {
    let scratch = scratch();
    let file = scratch.path().join("panel.csv");
    let refused = |lines: &str, texts: &[&str]| {
        let head = "parameter,round,expert,low,likely,high\n";
        std::fs::write(&file, format!("{head}{lines}")).expect("a file");
        english(&[word(&file)]).refused(4, texts);
    };
    refused(
        "team.efect,1,A,1,2,3\nteam.effect,1,B,4,2,3\n",
        &[
            "panel.csv: line 2",
            "did you mean `team.effect`?",
            "line 3",
            "exchange them",
        ],
    );
    refused(
        "team.effect,1,A,1,2,3\n",
        &["one expert alone in round 1", "ask others"],
    );
    refused("", &["no line with an opinion"]);
    english(&["scenarios/none.csv"]).refused(4, &["scenarios/none.csv"]);
    let out = scratch.path().join("panel.ron");
    english(&[EXAMPLE, "--out", word(&out)]).refused(4, &["netherlands.ron", "--base"]);
    assert!(!out.exists());
}
