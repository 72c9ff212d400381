//! Whether a page or a drawing is well formed.

/// Elements without an end.
const VOID: [&str; 7] = ["meta", "br", "img", "link", "input", "hr", "!doctype"];

/// Checks that every element that is opened is closed in order, and that no script is there.
///
/// # Panics
/// Where it is not.
pub fn is_well_formed(markup: &str) {
    let mut open: Vec<String> = Vec::new();
    for part in markup.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag that ends");
        let name = tag.trim_start_matches('/');
        let name = name
            .split([' ', '/', '\n'])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        assert_ne!(name, "script");
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(&*name), "closed after {open:?}");
        } else if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn what_is_nested_is_well_formed() {
        is_well_formed("<!DOCTYPE html><p class=\"x\">a<br>b</p>");
    }

    #[test]
    #[should_panic(expected = "closed after")]
    fn what_is_crossed_is_not() {
        is_well_formed("<p><b></p></b>");
    }
}
