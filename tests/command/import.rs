//! `zalm import cbs`.

use super::{Said, say, word};
use std::path::Path;
use zalm_tests::{scratch, text};

/// A small file with the headers of the wijk- en buurtkaart.
const FIGURES: &str = "core/scenario/tests/fixtures/wijkkaart_2016.csv";

fn import(file: &str, area: &str, out: &Path) -> Said {
    say(&["import", "cbs", file, "--area", area, "--out", word(out)])
}

#[test]
fn makes_a_place_file_that_a_scenario_reads() {
    let scratch = scratch();
    let place = scratch.path().join("voorbeeld.ron");
    let said = import(FIGURES, "WK990001,WK990002", &place);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out.contains("Bron: CBS") && said.out.contains("1900"),
        "{}",
        said.out
    );
    let scenario = scratch.path().join("question.ron");
    let base = format!(
        "base: \"{}\"",
        word(&zalm_tests::root().join("scenarios/base/netherlands.ron"))
    );
    let changed = text(super::TINY)
        .replace("base: \"base/netherlands.ron\"", &base)
        .replace("places/testbuurt.ron", "voorbeeld.ron");
    std::fs::write(&scenario, changed).expect("a scenario");
    let checked = say(&["check", word(&scenario)]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(
        say(&["plan", word(&scenario)])
            .out
            .contains("1900 households")
    );
}

#[test]
fn place_file_that_exists_is_kept_unless_forced() {
    let scratch = scratch();
    let place = scratch.path().join("place.ron");
    std::fs::write(&place, "mine").expect("a file");
    import(FIGURES, "WK990001", &place).refused(4, &["exists already", "--force"]);
    assert_eq!(std::fs::read(&place).expect("a file"), b"mine");
    let arguments = [
        "import", "cbs", FIGURES, "--area", "WK990001", "--force", "--out",
    ];
    let forced = say(&[&arguments[..], &[word(&place)]].concat());
    assert_eq!(forced.code, Some(0), "{forced:?}");
    assert!(text(&place).contains("WK990001"));
}

#[test]
fn wrong_input_is_told_and_leaves_nothing() {
    let scratch = scratch();
    let place = scratch.path().join("place.ron");
    import(FIGURES, "WK990009", &place).refused(4, &["WK990009", "nearest: WK99000"]);
    import("missing.csv", "WK990001", &place).refused(4, &["missing.csv"]);
    let other = "core/scenario/tests/fixtures/other.csv";
    import(other, "WK990001", &place).refused(4, &["headers"]);
    let nowhere = scratch.path().join("none").join("place.ron");
    import(FIGURES, "WK990001", &nowhere).refused(4, &["place.ron", "--out"]);
    assert_eq!(
        std::fs::read_dir(scratch.path()).expect("a folder").count(),
        0
    );
}
