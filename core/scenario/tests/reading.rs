//! Reading files that a person, or chance, has spoilt.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use zalm_scenario::{Complaint, Problems, SPECS, read};

fn read_text(text: &str) -> Result<(), Problems> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scenario.ron");
    std::fs::write(&path, text).unwrap();
    read(&path, &[]).map(|_| ())
}

fn tiny() -> String {
    read(Path::new("../../scenarios/tiny.ron"), &[])
        .unwrap()
        .resolved
}

#[test]
fn a_missing_file_names_its_neighbour() {
    let problems = read(&PathBuf::from("../../scenarios/tinny.ron"), &[]).unwrap_err();
    let list = problems.list();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].nearest.as_deref(), Some("../../scenarios/tiny.ron"));
    assert!(
        problems.to_string().contains("there is no file"),
        "{problems}"
    );
}

#[test]
fn every_missing_parameter_is_named() {
    let text = tiny();
    let without: Vec<_> = text
        .split_inclusive('\n')
        .scan(false, |skipping, line| {
            *skipping |= line.contains("\"team.trust_months\"");
            let skip = *skipping;
            *skipping &= !line.trim_end().ends_with("),");
            Some((skip, line))
        })
        .filter(|(skip, _)| !skip)
        .map(|(_, line)| line)
        .collect();
    let problems = read_text(&without.concat()).unwrap_err();
    assert_eq!(problems.count(), 1, "{problems}");
    assert!(
        problems.list()[0].message.contains("team.trust_months"),
        "{problems}"
    );
}

#[test]
fn a_base_that_is_not_there_is_the_only_problem() {
    let problems = read_text("(base: \"netherlands.ron\", title: \"x\", question: \"y\")");
    let problems = problems.unwrap_err();
    assert_eq!(problems.count(), 1, "{problems}");
    let problems = read_text("(base: \"scenario.ron\", title: \"x\")").unwrap_err();
    assert!(
        problems.to_string().contains("leads back to itself"),
        "{problems}"
    );
}

#[test]
fn an_empty_group_misses_every_section_once() {
    let problems = read_text("()").unwrap_err();
    assert_eq!(problems.count(), 25, "{problems}");
    assert!(read_text("").is_err());
    assert!(read_text("[]").is_err());
}

#[test]
fn colours_are_for_terminals_only() {
    let problems = read_text("(title: 1)").unwrap_err();
    assert!(problems.render(true).contains('\u{1b}'));
    assert!(!problems.render(false).contains('\u{1b}'));
}

#[test]
fn those_who_know_more_can_point_into_the_file() {
    let checked = read(Path::new("../../scenarios/tiny.ron"), &[]).unwrap();
    let problems = checked.problems(&[Complaint {
        path: "strategies[0].plugin".to_owned(),
        message: "there is no plugin".to_owned(),
        expected: None,
        nearest: None,
    }]);
    assert_eq!(problems.list()[0].found, "\"carousel\"");
    assert!(problems.list()[0].line > 1);
}

/// Whatever is typed, the reader answers; and what it accepts is complete.
#[test]
fn no_text_makes_the_reader_stumble() {
    let text = tiny();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scenario.ron");
    let mut at = 7;
    while at < text.len() {
        if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
            for typed in ["", "(", "\"", "9e999", "\u{20ac}"] {
                let spoilt = [&text[..at], typed, &text[at + 1..]].concat();
                std::fs::write(&path, spoilt).unwrap();
                if let Err(problems) = read(&path, &[]) {
                    assert!(problems.count() > 0 && !problems.render(false).is_empty());
                }
            }
        }
        at += 397;
    }
    assert!(!SPECS.is_empty());
}
