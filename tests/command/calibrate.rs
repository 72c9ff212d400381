//! `zalm calibrate`.

use super::{say, word};
use zalm_tests::{root, scratch, text};

/// Few, so that it is quick; what is found is not looked at.
const QUICK: [&str; 4] = ["--replications", "1", "--evaluations", "14"];

#[test]
fn check_holds_the_model_against_every_target() {
    let said = say(&[
        "calibrate",
        "--check",
        "--replications",
        "1",
        "--lang",
        "en",
    ]);
    said.gives(
        0,
        &[
            "evictions",
            "bijstand-return",
            "Compared, not fitted",
            "Not compared",
            "miss",
        ],
    );
    let dutch = say(&[
        "calibrate",
        "--check",
        "--replications",
        "1",
        "--lang",
        "nl",
    ]);
    assert!(dutch.out.contains("waargenomen"), "{dutch:?}");
    let arguments = ["calibrate", "--check", "--replications", "1", "--json"];
    let document = say(&arguments).json();
    assert_eq!(document["schema"], "zalm.calibrate/1");
    let targets = document["targets"].as_array().expect("targets");
    for target in targets.iter().filter(|target| target["weight"] != 0.0) {
        assert!(target["before"].as_f64() > Some(0.0), "{target}");
        assert!(target["after"].is_null(), "{target}");
    }
    let given = targets.iter().filter(|target| target["given"] == true);
    let given: Vec<_> = given.map(|target| target["id"].as_str()).collect();
    assert_eq!(given, [Some("caseload"), Some("alderman-exit")]);
}

#[test]
fn a_fit_is_written_as_a_base_that_scenarios_can_name() {
    let scratch = scratch();
    let base = scratch.path().join("fitted.ron");
    let arguments = ["calibrate", "--json", "--out", word(&base)];
    let document = say(&[&arguments[..], &QUICK].concat()).json();
    let work = |one: &&serde_json::Value| one["path"] == "parameters.onset.work";
    let moved = document["moved"].as_array().expect("moved");
    let new = moved.iter().find(work).expect("onset.work")["new"].as_f64();
    let place = root().join("scenarios/places/testbuurt.ron");
    let scenario = scratch.path().join("question.ron");
    let changed = text(super::TINY)
        .replace("base/netherlands.ron", "fitted.ron")
        .replace("places/testbuurt.ron", word(&place));
    std::fs::write(&scenario, changed).expect("a scenario");
    let parameters = say(&["parameters", word(&scenario), "--json"]).json();
    let rows = parameters["parameters"].as_array().expect("parameters");
    let onset = rows
        .iter()
        .find(|row| row["name"] == "onset.work")
        .expect("onset.work");
    assert_eq!(onset["value"].as_f64(), new);
    let source = onset["source"].as_str().expect("a source");
    assert!(
        source.starts_with("fitted by `zalm calibrate` to facts"),
        "{source}"
    );
    let again = say(&[&arguments[..], &QUICK].concat());
    again.refused(4, &["exists already", "--force"]);
}

#[test]
fn targets_with_mistakes_are_drawn() {
    let scratch = scratch();
    let wrong = scratch.path().join("targets.ron");
    let places = root().join("scenarios/places");
    let changed = text("scenarios/base/targets.ron")
        .replace("../places", word(&places))
        .replace("\"onset.work\"", "\"onset.wrk\"")
        .replace("observed: 0.061", "observed: 6.1");
    std::fs::write(&wrong, changed).expect("targets");
    let said = say(&["calibrate", "--check", "--targets", word(&wrong)]);
    said.refused(
        4,
        &["onset.wrk", "onset.work", "6.1 lies outside its range"],
    );
}
