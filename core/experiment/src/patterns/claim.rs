//! What a pattern claims: a difference between arms, its direction, and what makes it.

use super::arm::Arm;
use std::ops::Range;
use zalm_model::{Aggregate, MetricSpec, RunRecord, Sample, alive_metric};
use zalm_scenario::Mechanism;

/// What is measured of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// A metric.
    pub metric: String,
    /// The months that count, from the policy date; `None` for what the metric itself says.
    pub months: Option<Range<u32>>,
}

/// A metric over the whole run.
pub fn whole(metric: impl Into<String>) -> Measure {
    Measure {
        metric: metric.into(),
        months: None,
    }
}

/// A metric in some months, counted from the policy date.
pub fn during(metric: impl Into<String>, months: Range<u32>) -> Measure {
    Measure {
        metric: metric.into(),
        months: Some(months),
    }
}

impl Measure {
    /// Its value in a run; `None` when the metric does not exist, has no number or no such months.
    pub fn of(&self, record: &RunRecord, metrics: &[MetricSpec], policy_month: u32) -> Option<f64> {
        let at = metrics.iter().position(|one| one.name == self.metric)?;
        let value = match &self.months {
            None => *record.outcomes.get(at)?,
            Some(months) => {
                let alive = match metrics[at].aggregate {
                    Aggregate::MeanAlive => Some(alive_metric(metrics)),
                    _ => None,
                };
                let counts = |sample: &&Sample| {
                    let since = sample.month.checked_sub(policy_month);
                    since.is_some_and(|month| months.contains(&month))
                        && alive.is_none_or(|alive| sample.values[alive] > 0.0)
                };
                let sampled = record.series.iter().filter(counts);
                let sampled: Vec<f64> = sampled.map(|sample| sample.values[at]).collect();
                let sum: f64 = sampled.iter().sum();
                match metrics[at].aggregate {
                    Aggregate::Sum => sum,
                    Aggregate::Mean | Aggregate::MeanAlive => sum / sampled.len() as f64,
                    Aggregate::Last => *sampled.last()?,
                }
            }
        };
        value.is_finite().then_some(value)
    }
}

/// Which way the difference is said to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// More in the first arm.
    More,
    /// Less in the first arm.
    Less,
}

impl Expected {
    /// A difference with the sign that makes the expected one positive.
    pub fn oriented(self, difference: f64) -> f64 {
        match self {
            Self::More => difference,
            Self::Less => -difference,
        }
    }
}

/// A claim: the first arm less the second; or, with a pair to set beside it, that difference less
/// the same difference there.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What is measured.
    pub measure: Measure,
    /// The arm with the change.
    pub first: Arm,
    /// The arm it is compared with.
    pub second: Arm,
    /// The same two in another world.
    pub beside: Option<(Arm, Arm)>,
    /// Which way it goes.
    pub expected: Expected,
    /// The mechanisms that make it: without them it must vanish.
    pub off: Vec<Mechanism>,
}

impl Claim {
    /// More of it in the first arm than in the second.
    pub fn more(measure: Measure, first: Arm, second: Arm) -> Self {
        Self {
            measure,
            first,
            second,
            beside: None,
            expected: Expected::More,
            off: Vec::new(),
        }
    }

    /// Less of it in the first arm than in the second.
    pub fn less(measure: Measure, first: Arm, second: Arm) -> Self {
        Self {
            expected: Expected::Less,
            ..Self::more(measure, first, second)
        }
    }

    /// Beyond what the same two arms differ in another world.
    #[must_use]
    pub fn beyond(self, first: Arm, second: Arm) -> Self {
        Self {
            beside: Some((first, second)),
            ..self
        }
    }

    /// The mechanisms that make it.
    #[must_use]
    pub fn made_by(self, off: &[Mechanism]) -> Self {
        Self {
            off: off.to_vec(),
            ..self
        }
    }

    /// The arms with their signs in the difference.
    pub fn arms(&self) -> Vec<(f64, &Arm)> {
        let mut arms = vec![(1.0, &self.first), (-1.0, &self.second)];
        if let Some((first, second)) = &self.beside {
            arms.extend([(-1.0, first), (1.0, second)]);
        }
        arms
    }
}
