//! `zalm scan`, `zalm arena` and `zalm mkba` from outside.

use super::{TINY, say, word};
use zalm_tests::scratch;

#[test]
fn scan_answers_in_two_languages_and_to_programs() {
    let dutch = say(&["scan", TINY, "--lang", "nl"]);
    assert_eq!(dutch.code, Some(0), "{dutch:?}");
    assert!(
        dutch.out.contains("Meten:") && dutch.out.contains("Welke wegen"),
        "{}",
        dutch.out
    );
    let english = say(&["scan", TINY, "--lang", "en"]).out;
    assert!(
        english.contains("Measurement:") && english.contains("--set"),
        "{english}"
    );
    let document = say(&["scan", TINY, "--lang", "en", "--json"]).json();
    assert_eq!(document["schema"], "zalm.scan/1");
    assert_eq!(document["criteria"].as_array().map(Vec::len), Some(5));
    assert!(
        document["standing"]
            .as_array()
            .is_some_and(|peers| peers.len() >= 20)
    );
}

#[test]
fn scan_plays_its_steps() {
    let arguments = ["scan", TINY, "--simulate", "2", "--json", "--lang", "en"];
    let document = say(&arguments).json();
    let steps = document["steps"].as_array().expect("steps");
    assert!(!steps.is_empty());
    for step in steps {
        assert_eq!(step["effects"].as_array().map(Vec::len), Some(4), "{step}");
    }
    assert_eq!(document["simulated"]["replications"], 2);
}

#[test]
fn instruments_write_a_whole_folder_or_none() {
    let scratch = scratch();
    let folder = scratch.path().join("arena");
    let arguments = ["arena", TINY, "--lang", "nl", "--out", word(&folder)];
    let said = say(&arguments);
    assert_eq!(said.code, Some(0), "{said:?}");
    for file in ["arena.html", "arena.csv", "arena.svg"] {
        assert!(
            folder
                .join(file)
                .metadata()
                .is_ok_and(|file| file.len() > 100),
            "{file}"
        );
    }
    let inside = std::fs::read_dir(scratch.path()).expect("a folder").count();
    assert_eq!(inside, 1, "something half-written stays behind");
    say(&arguments).refused(4, &["bestaat al", "--out"]);
}

#[test]
fn mkba_gives_effects_break_even_points_and_what_has_no_price() {
    let few = ["--replications", "2", "--lang", "en"];
    let said = say(&[&["mkba", TINY][..], &few].concat());
    said.gives(
        0,
        &[
            "Effects in units",
            "Break-even points",
            "Distance between who pays",
        ],
    );
    let search = [
        "--along",
        "worker.cost",
        "--flip",
        "2",
        "--rate-of",
        "2012-01",
        "--json",
    ];
    let document = say(&[&["mkba", TINY][..], &few, &search].concat()).json();
    assert_eq!(document["schema"], "zalm.mkba/1");
    assert_eq!(document["discount_rate"], 0.055);
    assert_eq!(document["break_even_by_runs"][0]["along"], "worker.cost");
    // Two replications of it may be too few to see a sign; then that is said.
    let words = document["flips_words"].as_array().expect("words");
    assert!(!words.is_empty());
    assert!(
        document["flips"].is_array() || words[0].as_str().is_some_and(|it| it.contains("chance"))
    );
}

#[test]
fn names_that_do_not_exist_get_the_nearest_that_do() {
    say(&["scan", TINY, "--project", "teem"]).refused(4, &["no project called `teem`", "It has"]);
    say(&["arena", TINY, "--severity", "5"]).refused(2, &["2..=4"]);
    say(&["mkba", TINY, "--stressor", "nine"]).refused(4, &["no stressor", "Did you mean `none`"]);
    say(&["mkba", TINY, "--along", "team.efect"]).refused(4, &["Did you mean `team.effect`"]);
    say(&["mkba", TINY, "--rate-of", "2012"]).refused(2, &["YYYY-MM"]);
    say(&["scan", "missing.ron"]).refused(4, &["missing.ron"]);
}
