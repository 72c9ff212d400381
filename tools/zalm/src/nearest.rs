//! The nearest valid name, as a hint in a message.

use crate::say::say;
pub use zalm_scenario::nearest;

/// ` Did you mean ...?`, or nothing.
pub fn hint<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, candidates)
        .map(|near| format!(" {}", say("did-you-mean", &[("near", &near)])))
        .unwrap_or_default()
}
