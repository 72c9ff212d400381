//! The scenarios that ship with the project read without problems.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use zalm_scenario::{Scenario, read, resolved};

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

fn shipped() -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(scenarios())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ron"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_shipped_scenario_is_sound() {
    assert!(!shipped().is_empty());
    for path in shipped() {
        if let Err(problems) = read(&path, &[]) {
            panic!("{}\n{problems}", path.display());
        }
    }
}

#[test]
fn the_resolved_text_reads_back_to_the_same_scenario() {
    let folder = tempfile::tempdir().unwrap();
    for path in shipped() {
        let checked = read(&path, &[]).unwrap();
        let copy = folder.path().join("copy.ron");
        std::fs::write(&copy, &checked.resolved).unwrap();
        let again = read(&copy, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(again.scenario, checked.scenario);
        assert_eq!(resolved(&again.scenario), checked.resolved);
        // The `ron` crate agrees, so any tool that knows RON can read it.
        let by_ron: Scenario = ron::from_str(&checked.resolved).unwrap();
        assert_eq!(by_ron, checked.scenario);
    }
}

#[test]
fn eight_strategies_differ_from_the_default_scenario_in_what_is_compared_alone() {
    let scenario = |name: &str| read(&scenarios().join(name), &[]).unwrap().scenario;
    let mut eight = scenario("eight-strategies.ron");
    let default = scenario("heechterp-schieringen.ron");
    assert!(eight.strategies.len() > default.strategies.len());
    eight.title.clone_from(&default.title);
    eight.question.clone_from(&default.question);
    eight.strategies.clone_from(&default.strategies);
    assert_eq!(eight, default);
}
