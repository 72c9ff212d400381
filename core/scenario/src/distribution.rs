//! How a parameter is drawn.

use serde::{Deserialize, Serialize};

/// How a parameter is drawn from its plausible range. What would lie outside the range that makes
/// sense at all ([`crate::ParameterSpec`]) is brought to its end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Distribution {
    /// As often below the value in use as above it, and even on both sides; never outside the
    /// plausible range.
    #[default]
    Split,
    /// Even over the plausible range.
    Uniform,
    /// Over the plausible range, most often at the value in use.
    Triangular,
    /// A bell over the plausible range, with mean (low + 4 value + high) / 6 (beta-PERT).
    Pert,
    /// Its logarithm is normal, with the ends of the range as 5th and 95th percentile.
    LogNormal,
    /// What experts said, each a triangle with the same weight (the linear opinion pool), so that
    /// their disagreement is part of the width. `zalm experts` writes it.
    Experts {
        /// One per expert.
        opinions: Vec<Opinion>,
    },
}

/// What one expert says of a number, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// It cannot be lower.
    pub low: f64,
    /// Most likely value.
    pub likely: f64,
    /// It cannot be higher.
    pub high: f64,
}

impl Distribution {
    /// Whether it is the one that need not be named.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
