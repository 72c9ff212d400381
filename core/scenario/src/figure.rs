//! Numbers with their evidence and source.

use serde::{Deserialize, Serialize};

/// How well a number is supported, weakest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// Read in a published count or measurement.
    Measured,
    /// Computed from measured figures.
    Derived,
    /// An order of magnitude from the literature or from memory; to be calibrated.
    Estimate,
    /// Nobody has measured it, as far as we know.
    Assumption,
}

/// A number with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The value, in the unit that the field's documentation names.
    pub value: f64,
    /// How well it is supported.
    pub evidence: Evidence,
    /// Fact number, seed paragraph, data file or the reasoning behind an assumption.
    pub source: String,
}
