//! What became of the project's team.

use super::{Difference, Estimate};
use serde::{Deserialize, Serialize};

/// One step of a survival curve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SurvivalStep {
    /// Months since the policy date.
    pub months: f64,
    /// Share of runs in which the team is still together from this month on, 0..1.
    pub share: f64,
    /// 95 % interval of that share.
    pub interval: Option<(f64, f64)>,
    /// Runs with the team still together just before this moment, count.
    pub at_risk: u32,
}

/// What became of the project's team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Survival {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Runs that count.
    pub runs: u32,
    /// Steps of the Kaplan-Meier curve; starts at 1 in month 0.
    pub steps: Vec<SurvivalStep>,
    /// Runs still at risk just before a month since the policy date.
    pub at_risk: Vec<(u32, u32)>,
    /// Shares of runs at the end of the period: team still together, absorbed into regular
    /// policy, ended by what. They add up to 1; `None` without runs.
    pub outcome: Option<Outcome>,
    /// Months that the team stays together within the period, per run.
    pub team_months: Option<Estimate>,
    /// Runs that all have these months, so that they have no interval; 0 where they differ.
    #[serde(default)]
    pub same_months: u32,
    /// Paired difference in those months to the null alternative.
    pub difference: Option<Difference>,
}

/// Causes by which a team ends that is not absorbed, by their names in data.
pub const ENDS: [&str; 4] = ["no_successor", "evaporated", "unravelled", "no_workers"];

/// Shares of runs by what became of the team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Still together, 0..1.
    pub together: f64,
    /// Absorbed into regular policy, 0..1: no death.
    pub absorbed: f64,
    /// Ended by each of [`ENDS`], 0..1.
    pub ended_by: [f64; ENDS.len()],
}
