//! The nearest valid name.

/// The candidate nearest to `name`, when it is near enough to be a slip.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1 + name.len().min(candidate.len()) / 3 || candidate.starts_with(name)
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// ` (did you mean ...?)`, or nothing.
pub(crate) fn hint<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates)
        .map(|near| format!("; did you mean {near}?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let names = ["carousel", "social-enterprise"];
        assert_eq!(nearest("carrousel", names), Some("carousel"));
        assert_eq!(nearest("social", names), Some("social-enterprise"));
        assert_eq!(nearest("loan", names), None);
    }
}
