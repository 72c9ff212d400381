//! The nearest valid name, for people who misspell.

/// Most names that a list for people shows.
const SHOWN: usize = 12;

/// Names as a list for people, cut off where it becomes a wall.
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("one of {shown} and {more} more"),
        _ => format!("one of {shown}"),
    }
}

/// The candidate most like `name`, when it is like it at all.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness(&wanted, &candidate.to_lowercase());
        if best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.filter(|(likeness, _)| *likeness >= 0.55)
        .map(|(_, candidate)| candidate)
}

/// 1 for equal; a name that is a part of the other counts as alike.
fn likeness(a: &str, b: &str) -> f64 {
    let part = !a.is_empty() && a.len() >= 3 && (b.contains(a) || a.contains(b)) && b.len() >= 3;
    let edits = strsim::normalized_damerau_levenshtein(a, b);
    if part { edits.max(0.6) } else { edits }
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
    }
}
