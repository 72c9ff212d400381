//! Robustness: how strategies stand over scenarios that have no probabilities.
//!
//! Performance is a table, strategies by scenarios, higher is better (turn the sign of what is
//! better lower). Every scenario has equal place.

mod metrics;
mod regret;

pub use metrics::{Robustness, RobustnessMetric, robustness};
pub use regret::{LargestRegret, Regret, largest_regret, regret};
