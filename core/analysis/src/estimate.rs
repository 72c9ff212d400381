//! Means over replications, and paired differences.

use serde::Serialize;
use zalm_experiment::{level, paired_in};
use zalm_statistics::economics::Known;

/// A mean over replications, in the unit of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// 95 % interval, as a comparison has it; `None` with one replication.
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// Whether it is above 0, as far as that is more than chance.
    pub fn is_above(&self) -> Option<bool> {
        self.known(0.0).is_above()
    }

    /// The same at one value of a quantity.
    pub(crate) fn known(self, at: f64) -> Known {
        let Self { mean, interval } = self;
        Known { at, mean, interval }
    }

    /// The mean of values of a metric in this unit.
    pub(crate) fn of(values: &[f64], unit: &str) -> Self {
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let level = level(&values, unit);
        Self {
            mean: level.map_or(0.0, |level| level.mean),
            interval: level.and_then(|level| level.interval),
        }
    }

    /// The mean of `own - other` of a metric in this unit, by pairs.
    pub(crate) fn between(own: &[f64], other: &[f64], unit: &str) -> Self {
        let pairs: Vec<(f64, f64)> = own.iter().copied().zip(other.iter().copied()).collect();
        let paired = paired_in(&pairs, unit);
        Self {
            mean: paired.map_or(0.0, |paired| paired.mean),
            interval: paired.and_then(|paired| paired.interval),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stay_within_what_a_share_can_be() {
        let (yes, no) = ([1.0, 1.0, 1.0, 0.0], [0.0; 4]);
        let (low, high) = Estimate::of(&yes, "share").interval.unwrap();
        assert!(low >= 0.0 && high <= 1.0 && Estimate::of(&yes, "month").interval.unwrap().1 > 1.0);
        let (low, high) = Estimate::between(&yes, &no, "share").interval.unwrap();
        assert!(low > -1.0 && high <= 1.0);
    }
}
