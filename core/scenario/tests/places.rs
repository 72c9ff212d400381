//! The place files that ship are what the importer makes from the files of CBS.
//!
//! Those files are not part of the project. With `UPDATE_GOLDEN=1` the places are written anew.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use zalm_scenario::{CbsImport, import_cbs};

const MAP: &str = "cbs_wijk_2016.csv";
const UTRECHT: &str = "kwb_2023_gemeente_utrecht.csv";
const AMSTERDAM: &str = "kwb_2019_gemeente_amsterdam.csv";

/// Place file, name, CBS file, areas.
const PLACES: [(&str, &str, &str, &[&str]); 19] = [
    (
        "heechterp-schieringen",
        "Heechterp-Schieringen",
        MAP,
        &["WK008034", "WK008035"],
    ),
    (
        "velve-lindenhof",
        "Hogeland-Velve (with Velve-Lindenhof)",
        MAP,
        &["WK015301"],
    ),
    (
        "rivierenwijk",
        "Rivierenwijk en Bergweide",
        MAP,
        &["WK015007"],
    ),
    ("presikhaaf", "Presikhaaf", MAP, &["WK020204", "WK020205"]),
    ("overvecht", "Overvecht", UTRECHT, &["WK034403"]),
    ("ondiep", "Ondiep", UTRECHT, &["BU03440222"]),
    ("schildersbuurt", "Schildersbuurt", MAP, &["WK051829"]),
    ("feijenoord", "Feijenoord", MAP, &["WK059910"]),
    ("charlois", "Charlois", MAP, &["WK059915"]),
    (
        "bijlmer-centrum",
        "Bijlmer Centrum",
        AMSTERDAM,
        &["WK036393"],
    ),
    (
        "eindhoven-krachtwijken",
        "Eindhovense krachtwijken (Woensel-Zuid, Tongelre, Gestel)",
        MAP,
        &["WK077214", "WK077213", "WK077217"],
    ),
    (
        "woensel-west",
        "Woensel-Zuid (with Woensel-West)",
        MAP,
        &["WK077214"],
    ),
    (
        "overvecht-ondiep",
        "Overvecht en Ondiep",
        UTRECHT,
        &["WK034403", "BU03440222"],
    ),
    (
        "emmen",
        "Angelslo, Emmerhout en Bargeres",
        MAP,
        &["WK011443", "WK011444", "WK011446"],
    ),
    (
        "zwolle",
        "Holtenbroek en Diezerpoort",
        MAP,
        &["WK019330", "WK019311"],
    ),
    ("tilburg-noord", "Tilburg Noord", MAP, &["WK085504"]),
    (
        "groningen-oud-noord",
        "Groningen Oud-Noord (with Korrewegwijk and De Hoogte)",
        MAP,
        &["WK001403"],
    ),
    (
        "nijmegen-zuid",
        "Nijmegen-Zuid (with Hatert)",
        MAP,
        &["WK026806"],
    ),
    ("transvaal", "Transvaalkwartier", MAP, &["WK051830"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn places_are_what_the_importer_makes() {
    let data = root().join("../shared/domain/data");
    if !data.is_dir() {
        eprintln!("skipped: the files of CBS are not on this machine");
        return;
    }
    for (file, name, source, areas) in PLACES {
        let areas: Vec<_> = areas.iter().map(|area| (*area).to_owned()).collect();
        let found = import_cbs(&CbsImport {
            file: &data.join(source),
            areas: &areas,
            name: Some(name),
            year: None,
        });
        let found = found.unwrap_or_else(|error| panic!("{file}: {error}"));
        let path = root()
            .join("scenarios/places")
            .join(file)
            .with_extension("ron");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &found.text).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            found.text,
            "{file}"
        );
    }
}

#[test]
fn the_workbook_gives_the_same_as_the_csv() {
    let data = root().join("../shared/domain/data");
    if !data.is_dir() {
        eprintln!("skipped: the files of CBS are not on this machine");
        return;
    }
    let areas = ["WK034403".to_owned(), "BU03440222".to_owned()];
    let [book, csv] = ["CBS-Utrecht-kwb-2023.xlsx", UTRECHT].map(|file| {
        let file = data.join(file);
        import_cbs(&CbsImport {
            file: &file,
            areas: &areas,
            name: None,
            year: None,
        })
        .unwrap()
    });
    assert_eq!(book.text, csv.text);
}
