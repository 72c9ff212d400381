//! What a person sees who makes a mistake: every broken scenario against its committed text.
//!
//! `UPDATE_GOLDEN=1 cargo test -p zalm-scenario` writes the texts anew; read them before you
//! commit them.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use zalm_scenario::read;

/// Relative, so that the texts hold no path of one machine.
const FOLDER: &str = "../../scenarios/broken";

fn broken() -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .collect();
    files.sort();
    files
}

fn shown(path: &Path) -> String {
    match read(path, &[]) {
        Ok(_) => "sound\n".to_owned(),
        Err(problems) => problems.render(false).replace("../../scenarios/", ""),
    }
}

#[test]
fn every_problem_is_shown_as_committed() {
    assert!(broken().len() >= 14);
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for path in broken() {
        let golden = path.with_extension("txt");
        let found = shown(&path);
        if update {
            std::fs::write(&golden, found).unwrap();
            continue;
        }
        let kept = std::fs::read_to_string(&golden)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert_eq!(found, kept, "{}", path.display());
    }
}

#[test]
fn every_problem_is_told_in_dutch_too() {
    for path in broken() {
        let Err(problems) = read(&path, &[]) else {
            continue;
        };
        let dutch = problems.told(false, |text| &text.nl);
        let english = problems.render(false);
        let nl: Vec<_> = dutch
            .lines()
            .filter_map(|line| line.strip_prefix("fout: "))
            .collect();
        let en: Vec<_> = english
            .lines()
            .filter_map(|line| line.strip_prefix("error: "))
            .collect();
        assert_eq!(
            (nl.len(), en.len()),
            (problems.count(), problems.count()),
            "{dutch}"
        );
        for (nl, en) in nl.iter().zip(en) {
            assert_ne!(*nl, en, "{}", path.display());
        }
        assert!(
            !dutch.contains("expected ") && !dutch.contains("did you mean"),
            "{dutch}"
        );
        assert!(dutch.ends_with("er is niets gedraaid\n"), "{dutch}");
    }
}

#[test]
fn only_what_plugins_say_escapes_the_reader() {
    let later = ["missing-plugin", "two-forms", "layers-out-of-order"];
    for path in broken() {
        let name = path.file_stem().and_then(|name| name.to_str());
        let is_plugin = name.is_some_and(|name| later.contains(&name));
        assert_eq!(read(&path, &[]).is_ok(), is_plugin, "{}", path.display());
    }
}
