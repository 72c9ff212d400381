//! The nearest valid name, for people who misspell.

/// Likeness (0..1) from which a name is worth suggesting.
const ALIKE: f64 = 0.5;

/// What it counts for to be like one word of a name, such as `embedding` of
/// `institutional-embedding`.
const PART: f64 = 0.8;

/// The candidate most like `name`, when it is like it at all.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |candidate: &str| {
        let part = name.len() > 2 && candidate.contains(name);
        let words = candidate.split('-').map(|word| PART * alike(name, word));
        let best = words.fold(alike(name, candidate), f64::max);
        if part { best.max(ALIKE) } else { best }
    };
    let scored = candidates
        .into_iter()
        .map(|candidate| (likeness(candidate), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 >= ALIKE).then_some(best.1)
}

fn alike(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// ` Did you mean ...?`, or nothing.
pub fn hint<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates)
        .map(|near| format!(" Did you mean `{near}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_misspelt_and_refuses_the_foreign() {
        let names = ["carousel", "social-enterprise"];
        assert_eq!(nearest("carrousel", names), Some("carousel"));
        assert_eq!(nearest("social", names), Some("social-enterprise"));
        assert_eq!(nearest("entreprise", names), Some("social-enterprise"));
        assert_eq!(nearest("loan", names), None);
    }
}
