//! What people and their tools write: scenarios, settings, designs, CBS files, locks.

use super::{cases, corpus, read, spoil};
use std::path::Path;
use zalm_plugin_host::Lock;
use zalm_scenario::{CbsImport, Source, import_cbs, read_kept};
use zalm_tests::{root, scratch};

/// The texts of a shipped scenario.
fn texts(path: &str) -> Vec<Source> {
    let checked = zalm_scenario::read(&root().join(path), &[]);
    checked.unwrap_or_else(|why| panic!("{why}")).sources
}

#[test]
fn scenarios() {
    let mut all = texts("scenarios/heechterp-schieringen.ron");
    let own = all[0].name.clone();
    let mut originals: Vec<Vec<u8>> = all
        .iter()
        .map(|one| one.text.clone().into_bytes())
        .collect();
    let files = originals.len();
    originals.extend(corpus("scenario"));
    spoil(&originals, cases(400, 1), |which, bytes| {
        // What is no UTF-8 is refused by the reader of files.
        let Ok(text) = String::from_utf8(bytes.to_owned()) else {
            return;
        };
        let mut texts = all.clone();
        texts[if which < files { which } else { 0 }].text = text;
        if let Err(problems) = read_kept(Path::new(&own), &[], &texts) {
            assert!(problems.count() > 0);
            assert!(!problems.render(false).is_empty());
        }
    });
    all.truncate(1);
    let lonely = read_kept(Path::new(&own), &[], &all);
    assert!(
        lonely.is_err(),
        "a text that is not kept is not looked for on the disk"
    );
}

#[test]
fn settings() {
    let all = texts("scenarios/tiny.ron");
    let own = all[0].name.clone();
    let originals = corpus("settings");
    spoil(&originals, cases(300, 1), |_, bytes| {
        let text = String::from_utf8_lossy(bytes);
        if let Some((path, value)) = text.split_once('=') {
            let setting = [(path.to_owned(), value.to_owned())];
            let _ = read_kept(Path::new(&own), &setting, &all);
        }
    });
}

#[test]
fn designs() {
    let originals = [b"team.effect,worker.cost\n1.5,60000\n2.5,61000\n".to_vec()];
    spoil(&originals, cases(2000, 1), |_, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let _ = zalm_experiment::design::rows(&text);
    });
}

#[test]
fn files_of_statistics_netherlands() {
    let folder = root().join("core/scenario/tests/fixtures");
    let names = [
        ("wijkkaart_2016.csv", "WK990001"),
        ("statline_2019.csv", "BU99000101"),
        ("kwb_2023.csv", "WK990001"),
        ("kwb_2023.xlsx", "WK990001"),
    ];
    let mut originals = names.map(|(name, _)| read(&folder.join(name))).to_vec();
    originals.extend(corpus("cbs"));
    let scratch = scratch();
    spoil(&originals, cases(800, 1), |which, bytes| {
        let (name, area) = *names.get(which).unwrap_or(&("corpus.csv", "WK990001"));
        let file = scratch.path().join(name);
        std::fs::write(&file, bytes).expect("a file");
        let _ = import_cbs(&CbsImport {
            file: &file,
            areas: &[area.to_owned()],
            name: None,
            year: None,
        });
    });
}

#[test]
fn locks() {
    let originals = [format!("{}  carousel 0.1.0\n# note\n", "a1".repeat(32)).into_bytes()];
    spoil(&originals, cases(2000, 1), |_, bytes| {
        let _ = Lock::read(&String::from_utf8_lossy(bytes));
    });
}
