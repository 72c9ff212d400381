//! Means over replications, and paired differences.

use crate::kept::mean;
use serde::Serialize;
use zalm_experiment::LEVEL;
use zalm_statistics::{Moments, paired_difference};

/// A mean over replications, in the unit of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// 95 % t interval; `None` with one replication.
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// The mean of values.
    pub(crate) fn of(values: &[f64]) -> Self {
        let moments: Moments = values.iter().copied().collect();
        Self {
            mean: mean(values.iter().copied()),
            interval: moments.interval(LEVEL),
        }
    }

    /// The mean of `own - other`, by pairs.
    pub(crate) fn between(own: &[f64], other: &[f64]) -> Self {
        let pairs: Vec<(f64, f64)> = own.iter().copied().zip(other.iter().copied()).collect();
        let paired = paired_difference(&pairs, LEVEL);
        Self {
            mean: paired.map_or(0.0, |paired| paired.mean),
            interval: paired.and_then(|paired| paired.interval),
        }
    }
}
