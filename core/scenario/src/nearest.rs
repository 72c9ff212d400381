//! The nearest valid name, for people who misspell.

use crate::parameters::SPECS;
use crate::problem::Finding;
use crate::source::Span;
use crate::text::{Text, both};

/// Most names that a list for people shows.
const SHOWN: usize = 12;

/// Names as a list for people, cut off where it becomes a wall.
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Text {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more @ 1..) => both!(
            "een van {shown} en nog {more}",
            "one of {shown} and {more} more"
        ),
        _ => both!("een van {shown}", "one of {shown}"),
    }
}

/// That there is no parameter of this name, with the nearest that there is.
pub(crate) fn no_parameter(span: Span, name: &str) -> Finding {
    let message = both!(
        "er is geen parameter \"{name}\"",
        "there is no parameter \"{name}\""
    );
    let expected = both!("de naam van een parameter", "the name of a parameter");
    let finding = Finding::new(span, message).expected(expected);
    finding.nearest(nearest(name, SPECS.iter().map(|spec| spec.name)))
}

/// Likeness (0..1) from which a name is worth suggesting.
const ALIKE: f64 = 0.55;
/// What it counts for to be a part of a name.
const PART: f64 = 0.6;
/// What it counts for to be like one word of a name, such as `embedding` of
/// `institutional-embedding`.
const WORD: f64 = 0.8;

/// The candidate most like `name`, whatever its capitals, when it is like it at all.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness(&wanted, &candidate.to_lowercase());
        if best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.filter(|(likeness, _)| *likeness >= ALIKE)
        .map(|(_, candidate)| candidate)
}

/// What it counts for to be how a name begins; of a scenario file without its ending.
const BEGINS: f64 = 0.85;

/// 1 for equal; a name that begins the other or is a part of it, or like a word of it, counts as alike.
fn likeness(a: &str, b: &str) -> f64 {
    let part = a.len() > 2 && b.len() > 2 && (b.contains(a) || a.contains(b));
    let words = b
        .split('-')
        .map(|word| WORD * strsim::normalized_damerau_levenshtein(a, word));
    let edits = words.fold(strsim::normalized_damerau_levenshtein(a, b), f64::max);
    let stem = a.strip_suffix(".ron").unwrap_or(a);
    let begins = stem.len() > 2 && b.starts_with(stem);
    let least = match (begins, part) {
        (true, _) => BEGINS,
        (false, true) => PART,
        (false, false) => 0.0,
    };
    edits.max(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_misspelt_and_refuses_the_foreign() {
        let names = ["replications", "strategies", "stressors"];
        assert_eq!(nearest("replicatons", names), Some("replications"));
        assert_eq!(nearest("stresors", names), Some("stressors"));
        assert_eq!(nearest("zebra", names), None);
        let files = ["deventer-pak.ron", "heechterp-schieringen.ron"];
        assert_eq!(nearest("heechterp.ron", files), Some(files[1]));
        let names = ["carousel", "social-enterprise"];
        assert_eq!(nearest("carrousel", names), Some("carousel"));
        assert_eq!(nearest("social", names), Some("social-enterprise"));
        assert_eq!(nearest("Entreprise", names), Some("social-enterprise"));
        assert_eq!(nearest("loan", names), None);
    }
}
