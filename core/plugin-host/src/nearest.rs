//! The nearest valid name, as a hint in a message.

pub(crate) use zalm_scenario::nearest;

/// `; did you mean ...?`, or nothing.
pub(crate) fn hint<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates)
        .map(|near| format!("; did you mean {near}?"))
        .unwrap_or_default()
}
