//! Names in a sentence.

/// All names but the last, with marks between them, and the last: a language puts its own word
/// between the two. `None` for no name; no first part for one.
pub fn enumeration(mut names: Vec<String>) -> Option<(Option<String>, String)> {
    // Names with a comma in them need a stronger mark between them, before the last as well.
    let commas = names.iter().any(|name| name.contains(','));
    let last = names.pop()?;
    let first = if commas {
        names.join("; ") + ";"
    } else {
        names.join(", ")
    };
    Some(((!names.is_empty()).then_some(first), last))
}

#[cfg(test)]
mod tests {
    use super::enumeration;

    fn of(names: &[&str]) -> Option<(Option<String>, String)> {
        enumeration(names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn the_last_stands_apart_and_commas_ask_for_a_stronger_mark() {
        let found = |first: Option<&str>, last: &str| Some((first.map(str::to_owned), last.into()));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["a"]), found(None, "a"));
        assert_eq!(of(&["a", "b", "c"]), found(Some("a, b"), "c"));
        assert_eq!(of(&["a, of b", "c", "d"]), found(Some("a, of b; c;"), "d"));
        assert_eq!(of(&["a", "b, c en d"]), found(Some("a;"), "b, c en d"));
    }
}
