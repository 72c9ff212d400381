//! What each method finds.

use serde::Serialize;
use zalm_scenario::Evidence;

/// What a method finds; strongest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "method", rename_all = "lowercase")]
pub enum Found {
    /// Swings.
    Tornado {
        /// One bar for each number.
        bars: Vec<Swing>,
        /// Share of all swings together by evidence of the number.
        by_evidence: Vec<(Evidence, f64)>,
    },
    /// A ranking.
    Morris {
        /// Trajectories used.
        trajectories: usize,
        /// One for each number or group.
        effects: Vec<Strength>,
    },
    /// Shares of the variance.
    Sobol {
        /// Standard deviation of the difference over the plausible numbers, in its unit.
        sd: f64,
        /// Share of its variance that is chance and no number.
        noise: Option<f64>,
        /// Whether intervals are too wide to rank by.
        wide: bool,
        /// One for each number or group.
        shares: Vec<Share>,
    },
    /// First-order shares.
    Given {
        /// One for each number.
        shares: Vec<FirstOrder>,
    },
}

/// A bar of the tornado.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// Name of the parameter.
    pub name: String,
    /// Its unit.
    pub unit: &'static str,
    /// How well its value is supported.
    pub evidence: Evidence,
    /// Ends of its plausible range.
    pub range: (f64, f64),
    /// The difference at both ends, in the unit of the outcome.
    pub ends: (f64, f64),
    /// Whether the difference has another sign somewhere in the range, both more than chance: the
    /// decision turns.
    pub turns: bool,
    /// Whether its mean has another sign somewhere, and that may be chance.
    pub wavers: bool,
    /// Whether the difference goes up and down along the range.
    pub bends: bool,
}

impl Swing {
    /// |difference at the high end - difference at the low end|.
    pub fn size(&self) -> f64 {
        (self.ends.1 - self.ends.0).abs()
    }
}

/// Strength of a number or group in a Morris screening, in the unit of the outcome for the whole
/// range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strength {
    /// Name of the parameter or group.
    pub name: String,
    /// Numbers in it.
    pub members: usize,
    /// μ*: mean size of an effect.
    pub strength: f64,
    /// Half width of its 95 % interval.
    pub half_width: f64,
    /// μ: mean effect; absent for groups.
    pub mean: Option<f64>,
    /// σ: bends and interactions; absent for groups.
    pub sd: Option<f64>,
}

/// Share of the variance of a number or group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Name of the parameter or group.
    pub name: String,
    /// Numbers in it.
    pub members: usize,
    /// What would go if it were known.
    pub first: f64,
    /// 95 % bootstrap interval of that.
    pub first_interval: (f64, f64),
    /// What would be left if it alone were unknown.
    pub total: f64,
    /// 95 % bootstrap interval of that.
    pub total_interval: (f64, f64),
}

/// First-order share of a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FirstOrder {
    /// Name of the parameter.
    pub name: String,
    /// How well its value is supported.
    pub evidence: Evidence,
    /// Share of the variance; below 0 only by chance.
    pub share: f64,
    /// Half width of its 95 % interval.
    pub half_width: f64,
}
