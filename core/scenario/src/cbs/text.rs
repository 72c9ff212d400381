//! A place as a RON file with comments.

use crate::figure::Figure;
use crate::place::{Neighbourhood, Place};

/// The text of a place file; the same bytes for the same place.
pub(super) fn place_file(place: &Place, layout: &str, notes: &[String]) -> String {
    let mut lines = vec![
        format!(
            "// {}, made by `zalm import cbs` from: {layout}.",
            place.name
        ),
        "// Open data of Statistics Netherlands (CBS), CC BY 4.0. CBS rounds counts to 5."
            .to_owned(),
    ];
    if !notes.is_empty() {
        lines.push("// Not in the file, and therefore assumed or unknown:".to_owned());
        lines.extend(notes.iter().map(|note| format!("// - {note}")));
    }
    lines.push("(".to_owned());
    lines.push(format!("  name: {:?},", place.name));
    lines.push(format!("  municipality: {:?},", place.municipality));
    lines.push(format!("  citation: {:?},", place.citation));
    lines.push("  neighbourhoods: [".to_owned());
    place
        .neighbourhoods
        .iter()
        .for_each(|n| neighbourhood(n, &mut lines));
    lines.push("  ],".to_owned());
    lines.push(")".to_owned());
    lines.join("\n") + "\n"
}

fn neighbourhood(n: &Neighbourhood, lines: &mut Vec<String>) {
    let figures: [(&str, &Figure); 6] = [
        ("households", &n.households),
        ("inhabitants", &n.inhabitants),
        ("one_person", &n.one_person),
        ("with_children", &n.with_children),
        ("danger_zone", &n.danger_zone),
        ("corporation_rent", &n.corporation_rent),
    ];
    lines.push("    (".to_owned());
    lines.push(format!("      code: {:?},", n.code));
    lines.push(format!("      name: {:?},", n.name));
    for (name, figure) in figures {
        let Figure {
            value,
            evidence,
            source,
        } = figure;
        lines.push(format!(
            "      {name}: (value: {value}, evidence: {evidence:?}, source: {source:?}),"
        ));
    }
    lines.push("    ),".to_owned());
}
