//! A scenario as one complete RON text: no base, no other file.

use crate::checked::Scenario;
use ron::ser::{PrettyConfig, to_string_pretty};

/// RON text that reads back to the same scenario.
///
/// # Panics
/// Never: a scenario holds nothing that RON cannot write.
pub fn resolved(scenario: &Scenario) -> String {
    let config = PrettyConfig::new()
        .new_line("\n")
        .indentor("  ")
        .depth_limit(4);
    to_string_pretty(scenario, config).expect("a scenario holds only what RON can write") + "\n"
}
