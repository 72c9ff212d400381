//! Differences in what is no metric.

use super::Difference;
use serde::{Deserialize, Serialize};

/// What a [`Further`] difference is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The metric with this index, at the last moment that is drawn.
    End(usize),
    /// All costs but those of teams, euro.
    Elsewhere,
    /// What in this calendar year the payers pay more that on average pay more, euro.
    Asked(u32),
}

/// A paired difference of a strategy to the null alternative in what is no metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Further {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// What it is a difference in.
    pub of: Of,
    /// The difference.
    pub difference: Difference,
}

/// Mean difference in what a payer pays, year by year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Index of the payer's cost metric.
    pub metric: usize,
    /// Calendar year and euro more (or, below zero, less) than the null alternative.
    pub years: Vec<(u32, f64)>,
}
