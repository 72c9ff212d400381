//! `zalm export caseload` and `zalm import caseload`: a simulated caseload comes back as what it was
//! simulated with.

use super::{Said, TINY, say, word};
use std::path::Path;
use zalm_tests::{scratch, text};

/// Enough households for a team with a caseload.
const TOWN: &str = "scenarios/deventer-pak.ron";

fn export(scenario: &str, out: &Path, more: &[&str]) -> Said {
    say(&[&["export", "caseload", scenario, "--out", word(out)], more].concat())
}

fn import(scenario: &str, file: &Path, more: &[&str]) -> Said {
    say(&[&["import", "caseload", scenario, word(file)], more].concat())
}

#[test]
fn an_empty_sheet_has_the_columns_and_a_filled_one_the_cases() {
    let scratch = scratch();
    let empty = scratch.path().join("empty.csv");
    let said = export(TINY, &empty, &["--empty", "--lang", "nl"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let head = text(&empty);
    assert_eq!(head.lines().count(), 1);
    assert!(
        head.contains("Geval;Begin;Laatste meting;Hoe het staat;Wonen, 0-meting"),
        "{head}"
    );
    let filled = say(&["export", "caseload", TINY, "--lang", "en"]);
    assert_eq!(filled.code, Some(0), "{filled:?}");
    let mut lines = filled.out.lines();
    assert!(
        lines
            .next()
            .is_some_and(|head| head.starts_with("Case,Start,Last measurement,"))
    );
    let cases: Vec<&str> = lines.collect();
    assert!(!cases.is_empty());
    for case in &cases {
        let cells: Vec<&str> = case.split(',').collect();
        assert_eq!(cells.len(), 20, "{case}");
        assert!(("2009-01"..="2009-12").contains(&cells[1]), "{case}");
        assert!(cells[1] <= cells[2] && cells[2] <= "2009-12", "{case}");
    }
    export(TINY, &empty, &[]).refused(4, &["exists already", "--force"]);
    let late = ["--force", "--until", "2013-01"];
    export(TINY, &empty, &late).refused(4, &["2009-01 to 2011-12"]);
}

/// The value of a parameter after a fit.
fn fitted(document: &serde_json::Value, name: &str) -> [f64; 3] {
    let all = document["parameters"].as_array().expect("parameters");
    let one = all
        .iter()
        .find(|one| one["parameter"] == name)
        .expect("the parameter");
    ["low", "value", "high"].map(|end| one[end].as_f64().expect("a number"))
}

#[test]
fn what_a_caseload_was_simulated_with_is_found_again() {
    let scratch = scratch();
    let file = scratch.path().join("cases.csv");
    let found = |effect: &str, dropout: &str| {
        let settings = [effect, dropout].map(|setting| format!("parameters.{setting}"));
        let more = [
            "--force",
            "--set",
            &settings[0],
            "--set",
            &settings[1],
            "--until",
            "2010-12",
        ];
        let said = export(TOWN, &file, &more);
        assert_eq!(said.code, Some(0), "{said:?}");
        import(
            TOWN,
            &file,
            &["--replications", "2", "--json", "--lang", "en"],
        )
        .json()
    };
    let weak = found("team.effect=0.5", "team.dropout=0.01");
    let strong = found("team.effect=6", "team.dropout=0.06");
    let [low, value, high] = fitted(&weak, "team.effect");
    assert!(low <= 0.5 && 0.5 <= high, "{low} {value} {high}");
    let [low, value, high] = fitted(&strong, "team.effect");
    assert!(low <= 6.0 && 6.0 <= high, "{low} {value} {high}");
    assert!(value > fitted(&weak, "team.effect")[1]);
    let [low, value, high] = fitted(&strong, "team.dropout");
    assert!(low <= 0.06 && 0.06 <= high, "{low} {value} {high}");
    assert!(value > fitted(&weak, "team.dropout")[1]);
}

#[test]
fn the_fit_becomes_a_scenario_with_its_source() {
    let scratch = scratch();
    let (file, out) = (
        scratch.path().join("cases.csv"),
        scratch.path().join("own.ron"),
    );
    assert_eq!(export(TINY, &file, &["--lang", "nl"]).code, Some(0));
    let write = ["--replications", "2", "--lang", "nl", "--out", word(&out)];
    let said = import(TINY, &file, &write);
    assert_eq!(said.code, Some(0), "{said:?}");
    for part in [
        "gevallen van 2009-",
        "Wonen",
        "Stappen lichter per jaar",
        "team.effect =",
    ] {
        assert!(said.out.contains(part), "no {part:?} in {}", said.out);
    }
    assert!(said.err.contains("zalm compare"), "{}", said.err);
    let listed = say(&["parameters", word(&out)]).out;
    let line = listed
        .lines()
        .find(|line| line.contains("cases.csv"))
        .expect("the source");
    assert!(line.contains("fitted to"), "{line}");
    import(TINY, &file, &write).refused(4, &["bestaat al", "--force"]);
    // A fit changes what it names and nothing else.
    let numbers = |scenario: &str| -> Vec<String> {
        let listed = say(&["parameters", scenario, "--json"]).json();
        let all = listed["parameters"].as_array().expect("parameters").clone();
        let other = all
            .into_iter()
            .filter(|one| one["name"] != "team.effect" && one["name"] != "team.dropout");
        other.map(|one| one.to_string()).collect()
    };
    assert_eq!(numbers(TINY), numbers(word(&out)));
}

#[test]
fn wrong_sheets_are_refused_with_row_column_and_remedy() {
    let scratch = scratch();
    let file = scratch.path().join("cases.csv");
    assert_eq!(export(TINY, &file, &["--lang", "en"]).code, Some(0));
    let good = text(&file);
    let mut rows: Vec<String> = good.lines().map(str::to_owned).collect();
    let cells: Vec<&str> = rows[1].split(',').collect();
    let spoilt = ["", "soon", cells[2], "gone", "9"];
    rows[1] = [&spoilt, &cells[5..]].concat().join(",");
    std::fs::write(&file, rows.join("\n")).expect("a file");
    import(TINY, &file, &[]).refused(
        4,
        &[
            "cases.csv: row 2, column `Case`: empty",
            "row 2, column `Start`: `soon` is no month",
            "`gone` is no ending",
            "row 2, column `Housing, baseline`: `9` is no severity",
        ],
    );
    import(TINY, &file, &["--lang", "nl"]).refused(
        4,
        &[
            "cases.csv: rij 2, kolom `Case`: leeg",
            "rij 2, kolom `Housing, baseline`: `9` is geen zwaarte",
        ],
    );
    let head = good.lines().next().expect("a head");
    std::fs::write(&file, head).expect("a file");
    import(TINY, &file, &[]).refused(4, &["no row with a case"]);
    // Nobody was helped long enough to see anything.
    let none = format!("{head}\n1,2009-03,2009-03,running{}\n", ",3".repeat(16));
    std::fs::write(&file, none).expect("a file");
    import(TINY, &file, &[]).refused(4, &["nothing to hold the model against"]);
    import(TINY, &scratch.path().join("none.csv"), &[]).refused(4, &["none.csv"]);
    import(TINY, &file, &["--project", "teem"]).refused(4, &["no project called `teem`"]);
}
