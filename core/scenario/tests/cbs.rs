//! Import of CBS files, on small made-up files with the real headers.
#![forbid(unsafe_code)]

use std::path::Path;
use zalm_scenario::{CbsImport, Evidence, ImportError, Imported, Place, import_cbs};

fn import(file: &str, areas: &[&str]) -> Result<Imported, ImportError> {
    let file = Path::new("tests/fixtures").join(file);
    let areas: Vec<_> = areas.iter().map(|area| (*area).to_owned()).collect();
    import_cbs(&CbsImport {
        file: &file,
        areas: &areas,
        name: None,
        year: None,
    })
}

#[test]
fn the_map_table_gives_shares_as_percentages() {
    let found = import("wijkkaart_2016.csv", &["WK990001", "wk990002"]).unwrap();
    assert_eq!(found.place.name, "Oost en West");
    assert_eq!(found.place.municipality, "Voorbeeld");
    assert_eq!(
        found.place.citation,
        "Bron: CBS, Kerncijfers wijken en buurten 2016"
    );
    let east = &found.place.neighbourhoods[0];
    assert_eq!(east.households.value.to_bits(), 900f64.to_bits());
    assert_eq!(east.households.evidence, Evidence::Measured);
    assert_eq!(
        east.households.source,
        "CBS kerncijfers 2016, column AANTAL_HH"
    );
    assert_eq!(east.one_person.value.to_bits(), 0.6f64.to_bits());
    assert_eq!(east.danger_zone.evidence, Evidence::Assumption);
    assert!(found.notes.iter().any(|note| note.contains("danger_zone")));
}

#[test]
fn attention_neighbourhoods_have_a_wider_danger_zone() {
    let found = import("wijkkaart_2016.csv", &["WK008034"]).unwrap();
    let danger = &found.place.neighbourhoods[0].danger_zone;
    assert_eq!(danger.value.to_bits(), 0.35f64.to_bits());
    assert!(danger.source.contains("Heechterp"), "{}", danger.source);
}

#[test]
fn kwb_counts_become_shares_and_points_are_unknown() {
    for file in ["kwb_2023.csv", "kwb_2023.xlsx"] {
        let found = import(file, &["WK990001"]).unwrap();
        let east = &found.place.neighbourhoods[0];
        assert_eq!(east.one_person.value.to_bits(), 0.6f64.to_bits(), "{file}");
        assert_eq!(east.one_person.evidence, Evidence::Derived);
        assert_eq!(east.corporation_rent.value.to_bits(), 0.7f64.to_bits());
        assert_eq!(east.danger_zone.value.to_bits(), 0.205f64.to_bits());
        let south = import(file, &["BU99000101"])
            .unwrap()
            .place
            .neighbourhoods
            .remove(0);
        assert_eq!(south.one_person.evidence, Evidence::Assumption);
        assert_eq!(south.danger_zone.value.to_bits(), 0.18f64.to_bits());
        assert!(south.danger_zone.source.contains("p_hh_osm"));
    }
}

#[test]
fn statline_has_decimal_commas_and_padded_codes() {
    let found = import("statline_2019.csv", &["WK990001", "WK990002"]).unwrap();
    let [east, west] = &found.place.neighbourhoods[..] else {
        panic!("two areas were asked");
    };
    assert_eq!(east.code, "WK990001");
    assert_eq!(east.danger_zone.value.to_bits(), 0.265f64.to_bits());
    assert_eq!(west.danger_zone.value.to_bits(), 0.1292f64.to_bits());
    let found = import("statline_semicolon.csv", &["WK990001"]).unwrap();
    assert_eq!(
        found.place.citation,
        "Bron: CBS, Kerncijfers wijken en buurten (year unknown)"
    );
    assert!(found.notes[0].contains("--year"), "{:?}", found.notes);
}

#[test]
fn the_text_is_deterministic_and_reads_back() {
    let found = import("kwb_2023.csv", &["WK990001", "BU99000101"]).unwrap();
    assert_eq!(
        found.text,
        import("kwb_2023.csv", &["WK990001", "BU99000101"])
            .unwrap()
            .text
    );
    let place: Place = ron::from_str(&found.text).unwrap();
    assert_eq!(place, found.place);
}

#[test]
fn mistakes_name_what_is_near() {
    let said = |file: &str, areas: &[&str]| import(file, areas).unwrap_err().to_string();
    let unknown = said("wijkkaart_2016.csv", &["WK990004", "Haven"]);
    assert!(unknown.contains("no area WK990004"), "{unknown}");
    assert!(unknown.contains("WK990001 Oost"), "{unknown}");
    assert!(
        unknown.contains("no area Haven in this file; nearest: WK990003 Haven"),
        "{unknown}"
    );
    assert!(said("wijkkaart_2016.csv", &["WK990003"]).contains("no households"));
    assert!(said("wijkkaart_2016.csv", &["WK990001", "WK990101"]).contains("one municipality"));
    assert!(said("wijkkaart_2016.csv", &["WK990001", "WK990001"]).contains("twice"));
    assert!(said("wijkkaart_2016.csv", &[]).contains("at least one area"));
    let missing = said("wijkkart_2016.csv", &["WK990001"]);
    assert!(
        missing.contains("did you mean") && missing.contains("wijkkaart_2016.csv"),
        "{missing}"
    );
    let other = said("other.csv", &["WK990001"]);
    assert!(
        other.contains("AANTAL_HH (nearest: AANTAL_HUISH)"),
        "{other}"
    );
    assert!(other.contains("StatLine"), "{other}");
}
