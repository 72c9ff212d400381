//! A scenario as one complete RON text: no base, no other file.

use crate::checked::Scenario;
use crate::parameters::Parameter;
use ron::ser::{PrettyConfig, to_string_pretty};
use serde::Serialize;

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

/// A part of a scenario as RON on one line, as a setting of the command line takes it.
///
/// # Panics
/// Never, for parts of a scenario.
pub fn in_ron<T: Serialize>(part: &T) -> String {
    ron::to_string(part).expect("a scenario holds only what RON can write")
}

/// A scenario that changes these parameters of its base and nothing else, below what it is about.
///
/// # Panics
/// Never, for parts of a scenario.
pub fn over(base: &str, about: &str, parameters: &[(&str, Parameter)]) -> String {
    let about: String = about.lines().map(|line| format!("// {line}\n")).collect();
    let parameters: String = parameters
        .iter()
        .map(|(name, value)| format!("    {}: {},\n", in_ron(name), in_ron(value)))
        .collect();
    let base = in_ron(&base);
    format!("{about}(\n  base: {base},\n  parameters: {{\n{parameters}  }},\n)\n")
}
