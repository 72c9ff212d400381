//! Levels and paired differences: one row per stressor, strategy and metric.
//!
//! With more than one draw, replications are first brought to their mean within a draw: what counts
//! is then draws, and intervals are over chance and what is not known; draws that share their chance
//! are no sample of it and have none. Points of a design are no sample: each replication counts with
//! its mean over them. With one point, what counts is replications.

mod estimate;
#[cfg(test)]
mod tests;

use crate::choice::{Choice, choices};
use crate::grouped::Grouped;
use crate::results::{Results, Run};
use crate::survival::{ArmSurvival, arm_survivals};
pub(crate) use estimate::answers;
pub use estimate::{level, paired_in};
use estimate::{paired_at, paired_means};
use zalm_model::{Better, MetricSpec};
use zalm_statistics::{
    Keyed, Moments, Paired, RESAMPLES, Resamples, bonferroni, holm, sorted_finite, tail_mean,
};

/// Confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// Share of the worst, of which there is a mean.
const WORST: f64 = 0.05;

/// Shares at which the distribution over replications is cut: columns p05 .. p95.
pub const CUTS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The statistics of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// One per stressor, strategy and metric, in declared order.
    pub rows: Vec<SummaryRow>,
    /// One per stressor and strategy, for the first project.
    pub survival: Vec<ArmSurvival>,
    /// One per stressor and metric with a direction.
    pub choices: Vec<Choice>,
}

/// One metric of one strategy under one stressor.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Index of the metric.
    pub metric: usize,
    /// Level over replications; `None` when no run has a value.
    pub level: Option<Level>,
    /// Difference to the null alternative; `None` without a null alternative or without pairs.
    /// The null alternative's own difference is exactly 0, by what it is.
    pub difference: Option<Difference>,
    /// Mean of the worst twentieth of what counts, by the direction of the metric; `None` without a
    /// direction, and of fewer than twenty.
    pub worst: Option<f64>,
    /// Where the variance over runs comes from; `None` unless there are draws with a chance of
    /// their own and replications in each.
    pub variance: Option<Variance>,
}

/// The variance over runs, in the square of the unit of the metric (O'Hagan, Stevenson and Madan).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variance {
    /// From chance: the mean over draws of the variance within a draw.
    pub chance: f64,
    /// From what is not known about parameters: the variance of the means of draws, without what
    /// chance adds to it. Below 0 when chance hides it.
    pub ignorance: f64,
}

/// A level over replications, in the unit of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Runs that count, or draws when there are several.
    pub count: u32,
    /// Mean.
    pub mean: f64,
    /// Interval of the mean: Wilson's where every run says yes or no (1 or 0), else t, which is
    /// `None` with one run, and where all runs are the same.
    pub interval: Option<(f64, f64)>,
    /// Whether all are the same, of two or more.
    pub constant: bool,
    /// Quantiles over runs at [`CUTS`].
    pub quantiles: [f64; 5],
}

/// A paired difference to the null alternative, in the unit of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The difference and how well it is known.
    pub paired: Paired,
    /// p-value, Holm-adjusted over the strategies under the same stressor.
    pub p_holm: Option<f64>,
    /// Interval that holds jointly with those of the other strategies under the same stressor
    /// (Bonferroni), by the method of the interval of `paired`.
    pub joint: Option<(f64, f64)>,
    /// Percentile bootstrap interval, for money, which is skewed.
    pub bootstrap: Option<(f64, f64)>,
    /// Replications left out because one of the two runs has no value.
    pub excluded: u32,
}

/// Statistics of all results.
pub fn summarise(results: &Results) -> Summary {
    let mut rows = Vec::new();
    for stressor in 0..results.stressors.len() {
        let by_metric: Vec<Vec<SummaryRow>> = (0..results.metrics.len())
            .map(|metric| metric_rows(results, stressor, metric))
            .collect();
        for strategy in 0..results.strategies.len() {
            rows.extend(by_metric.iter().map(|rows| rows[strategy].clone()));
        }
    }
    Summary {
        rows,
        survival: arm_survivals(results),
        choices: choices(results),
    }
}

/// Differences to the null alternative in a number that is no metric, by the rules of [`summarise`]:
/// `values` holds for each strategy its runs in the order of [`Results::arm`], and so does the answer.
pub fn differences(
    results: &Results,
    values: Vec<Vec<Option<f64>>>,
    unit: &str,
) -> Vec<Option<Difference>> {
    let arms = Arms {
        by_strategy: values,
        null: results.null,
        grouped: Grouped::of(results),
    };
    arms.differences(unit, None)
}

/// One metric under one stressor: a row per strategy.
fn metric_rows(results: &Results, stressor: usize, metric: usize) -> Vec<SummaryRow> {
    let MetricSpec { unit, better, .. } = results.metrics[metric];
    let money = is_money(unit);
    let values = Arms::of(results, stressor, |run| run.value(metric));
    let key = Keyed::new(results.seed, (stressor as u64) << 32 | metric as u64);
    let differences = values.differences(unit, money.then(|| Resamples::new(RESAMPLES, key)));
    let row = |(strategy, difference)| SummaryRow {
        stressor,
        strategy,
        metric,
        level: values.level(strategy, unit),
        difference,
        worst: values.worst(strategy, better),
        variance: variance(&values.by_strategy[strategy], values.grouped),
    };
    differences.into_iter().enumerate().map(row).collect()
}

/// Whether a unit is money.
pub(crate) fn is_money(unit: &str) -> bool {
    unit.starts_with("euro") || unit.starts_with("cent")
}

/// One number per run under one stressor: a list per strategy, by draw and replication.
pub(crate) struct Arms {
    by_strategy: Vec<Vec<Option<f64>>>,
    null: Option<usize>,
    grouped: Grouped,
}

/// Chance against ignorance, see [`Variance`].
fn variance(values: &[Option<f64>], grouped: Grouped) -> Option<Variance> {
    let Grouped::Draws(each) = grouped else {
        return None;
    };
    if each < 2 {
        return None;
    }
    let draws: Vec<Moments> = values
        .chunks(each)
        .map(|values| values.iter().flatten().copied().collect())
        .collect();
    let chance: Moments = draws.iter().filter_map(Moments::variance).collect();
    let means: Moments = draws.iter().filter_map(Moments::mean).collect();
    let chance = chance.mean()?;
    Some(Variance {
        chance,
        ignorance: means.variance()? - chance / each as f64,
    })
}

impl Arms {
    pub(crate) fn of(
        results: &Results,
        stressor: usize,
        value: impl Fn(&Run) -> Option<f64>,
    ) -> Self {
        let by_strategy = (0..results.strategies.len())
            .map(|strategy| results.arm(stressor, strategy).map(&value).collect())
            .collect();
        Self {
            by_strategy,
            null: results.null,
            grouped: Grouped::of(results),
        }
    }

    /// What counts of a strategy, where it has a value.
    pub(crate) fn moments(&self, strategy: usize) -> Moments {
        let means = self.grouped.means(&self.by_strategy[strategy]);
        means.into_iter().flatten().collect()
    }

    /// The interval of those, where they are a sample.
    pub(crate) fn interval(&self, strategy: usize) -> Option<(f64, f64)> {
        let sample = self.grouped.has_intervals();
        sample.then(|| self.moments(strategy).interval(LEVEL))?
    }

    /// The level of a strategy in this unit.
    fn level(&self, strategy: usize, unit: &str) -> Option<Level> {
        let mut level = level(&self.grouped.means(&self.by_strategy[strategy]), unit)?;
        level.interval = level.interval.filter(|_| self.grouped.has_intervals());
        Some(level)
    }

    /// Mean of the worst twentieth of what counts of a strategy.
    fn worst(&self, strategy: usize, better: Better) -> Option<f64> {
        let sign = match better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => return None,
        };
        let means = self.grouped.means(&self.by_strategy[strategy]);
        let sorted = sorted_finite(means.into_iter().flatten().map(|mean| sign * mean));
        let enough = sorted.len() as f64 * WORST >= 1.0;
        Some(sign * tail_mean(&sorted, WORST).filter(|_| enough)?)
    }

    /// Differences to the null alternative in this unit, a bootstrap interval where
    /// resamples are given.
    pub(crate) fn differences(
        &self,
        unit: &str,
        mut bootstrap: Option<Resamples>,
    ) -> Vec<Option<Difference>> {
        let Some(null) = self.null else {
            return vec![None; self.by_strategy.len()];
        };
        let others = self.by_strategy.len().saturating_sub(1);
        let mut of = |values: &Vec<Option<f64>>| {
            let null = &self.by_strategy[null];
            difference(
                (values, null),
                self.grouped,
                unit,
                others,
                bootstrap.as_mut(),
            )
        };
        let mut differences: Vec<Option<Difference>> =
            self.by_strategy.iter().map(&mut of).collect();
        if let Some(own) = &mut differences[null] {
            (own.paired.interval, own.joint) = (Some((0.0, 0.0)), Some((0.0, 0.0)));
        }
        let p_values: Vec<Option<f64>> = (0..differences.len())
            .map(|strategy| differences[strategy].filter(|_| strategy != null)?.paired.p)
            .collect();
        for (difference, p) in differences.iter_mut().zip(holm(&p_values)) {
            if let Some(difference) = difference {
                difference.p_holm = p;
            }
        }
        differences
    }
}

/// The difference of one of so many `others` from the null alternative.
fn difference(
    (values, null): (&[Option<f64>], &[Option<f64>]),
    grouped: Grouped,
    unit: &str,
    others: usize,
    bootstrap: Option<&mut Resamples>,
) -> Option<Difference> {
    // Only replications in which both have a value count, on both sides.
    let both = |(value, null): (&Option<f64>, &Option<f64>)| match (value, null) {
        (Some(value), Some(null)) => (Some(*value), Some(*null)),
        _ => (None, None),
    };
    let (values, null): (Vec<_>, Vec<_>) = values.iter().zip(null).map(both).unzip();
    let excluded = values.iter().filter(|value| value.is_none()).count() as u32;
    let (values, null) = (grouped.means(&values), grouped.means(&null));
    let pairs: Vec<(f64, f64)> = values
        .iter()
        .zip(&null)
        .filter_map(|(value, null)| Some(((*value)?, (*null)?)))
        .collect();
    let at = |level| match grouped {
        Grouped::Runs => paired_at(&pairs, unit, level),
        Grouped::Draws(_) | Grouped::Alike(_) | Grouped::Replications(_) => {
            paired_means(&pairs, unit, level)
        }
    };
    let mut paired = at(LEVEL)?;
    let joint = at(bonferroni(LEVEL, others))?.interval;
    if !grouped.has_intervals() {
        (paired.interval, paired.p) = (None, None);
    }
    let differences: Vec<f64> = pairs.iter().map(|(value, null)| value - null).collect();
    let bootstrap = bootstrap
        .filter(|_| grouped.has_intervals())
        .and_then(|resamples| resamples.mean(&differences, LEVEL));
    Some(Difference {
        paired,
        p_holm: None,
        joint: joint.filter(|_| grouped.has_intervals()),
        bootstrap,
        excluded,
    })
}
