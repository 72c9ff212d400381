//! Levels and paired differences: one row per stressor, strategy and metric.
//!
//! With more than one draw, replications are first brought to their mean within a draw: what counts
//! is then draws, and intervals are over what is not known. With one, what counts is replications.

use crate::results::{Results, Run};
use crate::survival::{ArmSurvival, arm_survivals};
use zalm_statistics::Keyed;
use zalm_statistics::{
    Moments, Paired, RESAMPLES, YesNo, bootstrap_mean, holm, paired_difference, quantile,
    sorted_finite, wilson,
};

/// Confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// Shares at which the distribution over replications is cut: columns p05 .. p95.
pub const CUTS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The statistics of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// One per stressor, strategy and metric, in declared order.
    pub rows: Vec<SummaryRow>,
    /// One per stressor and strategy, for the first project.
    pub survival: Vec<ArmSurvival>,
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
    /// The null alternative's own difference is exactly 0.
    pub difference: Option<Difference>,
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
    /// `None` with one run.
    pub interval: Option<(f64, f64)>,
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
    }
}

/// One metric under one stressor: a row per strategy.
fn metric_rows(results: &Results, stressor: usize, metric: usize) -> Vec<SummaryRow> {
    let money = is_money(results.metrics[metric].unit);
    let values = Arms::of(results, stressor, |run| run.value(metric));
    let key = Keyed::new(results.seed, (stressor as u64) << 32 | metric as u64);
    let differences = values.differences(results.metrics[metric].unit, money.then_some(key));
    let row = |(strategy, difference)| SummaryRow {
        stressor,
        strategy,
        metric,
        level: level(
            &within_draws(&values.by_strategy[strategy], values.each),
            results.metrics[metric].unit,
        ),
        difference,
        variance: variance(results, &values.by_strategy[strategy], values.each),
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
    /// Values that go together: replications of a draw when there are several draws, else one.
    each: usize,
}

/// Means of the values that go together, of those that are there.
fn within_draws(values: &[Option<f64>], each: usize) -> Vec<Option<f64>> {
    let mean = |values: &[Option<f64>]| {
        let moments: Moments = values.iter().flatten().copied().collect();
        moments.mean()
    };
    values.chunks(each).map(mean).collect()
}

/// Chance against ignorance, see [`Variance`].
fn variance(results: &Results, values: &[Option<f64>], each: usize) -> Option<Variance> {
    let mut seeds: Vec<u64> = results.draws.iter().map(|draw| draw.seed).collect();
    seeds.sort_unstable();
    if each < 2 || seeds.windows(2).any(|pair| pair[0] == pair[1]) {
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
        let each = match results.draws.len() {
            0 | 1 => 1,
            _ => results.replications.len().max(1),
        };
        Self {
            by_strategy,
            null: results.null,
            each,
        }
    }

    /// Differences to the null alternative in this unit, a bootstrap interval where a key is given.
    pub(crate) fn differences(
        &self,
        unit: &str,
        bootstrap: Option<Keyed>,
    ) -> Vec<Option<Difference>> {
        let Some(null) = self.null else {
            return vec![None; self.by_strategy.len()];
        };
        let mut differences: Vec<Option<Difference>> = self
            .by_strategy
            .iter()
            .map(|values| {
                let null = &self.by_strategy[null];
                difference(values, null, self.each, unit, bootstrap)
            })
            .collect();
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

fn difference(
    values: &[Option<f64>],
    null: &[Option<f64>],
    each: usize,
    unit: &str,
    bootstrap: Option<Keyed>,
) -> Option<Difference> {
    // Only replications in which both have a value count, on both sides.
    let both = |(value, null): (&Option<f64>, &Option<f64>)| match (value, null) {
        (Some(value), Some(null)) => (Some(*value), Some(*null)),
        _ => (None, None),
    };
    let (values, null): (Vec<_>, Vec<_>) = values.iter().zip(null).map(both).unzip();
    let excluded = values.iter().filter(|value| value.is_none()).count() as u32;
    let (values, null) = (within_draws(&values, each), within_draws(&null, each));
    let pairs: Vec<(f64, f64)> = values
        .iter()
        .zip(&null)
        .filter_map(|(value, null)| Some(((*value)?, (*null)?)))
        .collect();
    // Means over the replications of a draw are no answers of yes or no.
    let unit = if each == 1 { unit } else { "" };
    let paired = paired_in(&pairs, unit)?;
    let differences: Vec<f64> = pairs.iter().map(|(value, null)| value - null).collect();
    let bootstrap = bootstrap.and_then(|key| bootstrap_mean(&differences, LEVEL, RESAMPLES, key));
    Some(Difference {
        paired,
        p_holm: None,
        bootstrap,
        excluded,
    })
}

/// The paired difference of a metric in its unit, first less second, with intervals at [`LEVEL`];
/// `None` without pairs. That of a share stays within what a share can be.
pub fn paired_in(pairs: &[(f64, f64)], unit: &str) -> Option<Paired> {
    let mut paired = paired_difference(pairs, LEVEL)?;
    if unit == "share" {
        as_shares(&mut paired, pairs);
    }
    Some(paired)
}

/// Keeps a difference of shares within what a share can be. Where every run says yes or no, interval
/// and p-value are those of paired shares, unless no pair differs: then both are exactly the same.
fn as_shares(paired: &mut Paired, pairs: &[(f64, f64)]) {
    let both = || pairs.iter().flat_map(|(value, null)| [*value, *null]);
    if both().all(yes_or_no) {
        let counts = YesNo::of(
            pairs
                .iter()
                .map(|(value, null)| (is_yes(*value), is_yes(*null))),
        );
        if counts.first + counts.second > 0 {
            paired.interval = paired.interval.and(counts.difference(LEVEL));
            paired.p = paired.p.map(|_| counts.p_value());
        }
    } else if both().all(|value| (0.0..=1.0).contains(&value)) {
        let bound = |(low, high): (f64, f64)| (low.max(-1.0), high.min(1.0));
        paired.interval = paired.interval.map(bound);
    }
}

fn is_yes(value: f64) -> bool {
    value.to_bits() == 1.0_f64.to_bits()
}

fn yes_or_no(value: f64) -> bool {
    value == 0.0 || is_yes(value)
}

/// Level over the runs that have a value, of a metric in its unit; `None` when none has one. The
/// interval of a share stays within what a share can be.
pub fn level(values: &[Option<f64>], unit: &str) -> Option<Level> {
    let moments: Moments = values.iter().flatten().copied().collect();
    let sorted = sorted_finite(values.iter().flatten().copied());
    let mut quantiles = [0.0; 5];
    for (slot, cut) in quantiles.iter_mut().zip(CUTS) {
        *slot = quantile(&sorted, cut)?;
    }
    let is_share = unit == "share" && sorted.iter().all(|value| (0.0..=1.0).contains(value));
    let interval = if is_share && sorted.iter().copied().all(yes_or_no) {
        let hits = sorted.iter().filter(|value| is_yes(**value)).count();
        wilson(hits as u32, moments.count(), LEVEL)
    } else if is_share {
        let bound = |(low, high): (f64, f64)| (low.max(0.0), high.min(1.0));
        moments.interval(LEVEL).map(bound)
    } else {
        moments.interval(LEVEL)
    };
    Some(Level {
        count: moments.count(),
        mean: moments.mean()?,
        interval,
        quantiles,
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;
    use crate::fixture::results;

    fn row(summary: &Summary, stressor: usize, strategy: usize, metric: usize) -> &SummaryRow {
        let found = |row: &&SummaryRow| {
            (row.stressor, row.strategy, row.metric) == (stressor, strategy, metric)
        };
        summary.rows.iter().find(found).unwrap()
    }

    #[test]
    fn the_null_alternative_differs_by_exactly_nothing() {
        let summary = summarise(&results(&["waits", "pushes"], 10));
        let difference = row(&summary, 1, 0, 1).difference.unwrap();
        assert_eq!(difference.paired.mean, 0.0);
        assert_eq!(difference.paired.interval, Some((0.0, 0.0)));
        assert_eq!(
            (difference.p_holm, difference.bootstrap),
            (None, Some((0.0, 0.0)))
        );
    }

    #[test]
    fn pairs_share_their_chance() {
        // The push is 1 or 2 a month over 8 months, by replication; all else is shared.
        let summary = summarise(&results(&["waits", "pushes"], 10));
        let pushed = row(&summary, 0, 1, 0);
        let difference = pushed.difference.unwrap();
        assert!((difference.paired.mean - 12.0).abs() < 1e-9);
        assert_eq!((difference.paired.pairs, difference.excluded), (10, 0));
        assert!(difference.paired.variance_reduction.unwrap() > 1.0);
        assert_eq!(difference.bootstrap, None);
        assert!(
            row(&summary, 0, 1, 1)
                .difference
                .unwrap()
                .bootstrap
                .is_some()
        );
    }

    #[test]
    fn failed_runs_are_left_out_in_pairs_and_counted() {
        let summary = summarise(&results(&["waits", "fails in replication 1", "unknown"], 6));
        let partly = row(&summary, 0, 1, 0);
        assert_eq!(partly.level.unwrap().count, 5);
        let difference = partly.difference.unwrap();
        assert_eq!((difference.paired.pairs, difference.excluded), (5, 1));
        let never = row(&summary, 0, 2, 0);
        assert_eq!((never.level, never.difference), (None, None));
    }

    #[test]
    fn yes_or_no_has_the_interval_of_a_share() {
        let values: Vec<Option<f64>> = (0..50).map(|i| Some(f64::from(u8::from(i < 7)))).collect();
        let (low, high) = level(&values, "share").unwrap().interval.unwrap();
        assert!((low - 0.069508).abs() < 1e-6 && (high - 0.261862).abs() < 1e-6);
        let as_count = level(&values, "households").unwrap().interval.unwrap();
        assert!((as_count.0 - low).abs() > 1e-3);
    }

    /// Three draws of two replications: the carousel, and a strategy that adds the number of its
    /// draw, where the chance of a draw is its own.
    fn drawn(own_noise: bool) -> Results {
        let part = |draw: u32| {
            let mut part = results(&["waits", "pushes"], 2);
            part.draws[0].number = draw;
            part.draws[0].seed += u64::from(own_noise) * u64::from(draw);
            for run in &mut part.runs {
                run.draw = draw;
                let sign = f64::from(run.replication) * 2.0 - 1.0;
                let value = 10.0 * f64::from(draw) + sign;
                let added = run.strategy as f64 * f64::from(draw);
                if let crate::Outcome::Done(record) = &mut run.outcome {
                    record.outcomes[0] = value + added;
                }
            }
            part
        };
        Results::joined((1..=3).map(part).collect())
    }

    #[test]
    fn draws_are_brought_to_their_mean_before_they_count() {
        let summary = summarise(&drawn(true));
        let waits = row(&summary, 0, 0, 0);
        let level = waits.level.unwrap();
        assert_eq!((level.count, level.mean), (3, 20.0));
        let difference = row(&summary, 0, 1, 0).difference.unwrap().paired;
        assert_eq!((difference.pairs, difference.mean), (3, 2.0));
        // Means 10, 20, 30: variance 100. Within a draw -1 and 1: variance 2, of a mean of two 1.
        let variance = waits.variance.unwrap();
        assert!((variance.chance - 2.0).abs() < 1e-12 && (variance.ignorance - 99.0).abs() < 1e-9);
    }

    #[test]
    fn variance_is_not_split_where_draws_share_their_chance() {
        assert_eq!(row(&summarise(&drawn(false)), 0, 0, 0).variance, None);
        let one = summarise(&results(&["waits", "pushes"], 4));
        assert_eq!(row(&one, 0, 0, 0).variance, None);
    }

    #[test]
    fn differences_of_shares_stay_within_what_a_share_can_be() {
        let list = |yes: usize, of: usize| -> Vec<Option<f64>> {
            (0..of)
                .map(|i| Some(f64::from(u8::from(i < yes))))
                .collect()
        };
        let found = difference(&list(4, 4), &list(1, 4), 1, "share", None).unwrap();
        let (low, high) = found.paired.interval.unwrap();
        assert!(low > -1.0 && high <= 1.0, "{low} {high}");
        // Three pairs that all differ one way happen by chance in one of four.
        assert!((found.paired.p.unwrap() - 0.25).abs() < 1e-12);
        let same = difference(&list(2, 4), &list(2, 4), 1, "share", None).unwrap();
        assert_eq!(same.paired.interval, Some((0.0, 0.0)));
        let parts = [0.9, 1.0, 0.0, 0.8].map(Some);
        let found = difference(&parts, &list(0, 4), 1, "share", None).unwrap();
        assert!(found.paired.interval.unwrap().1 <= 1.0);
    }

    #[test]
    fn one_replication_has_levels_without_intervals() {
        let summary = summarise(&results(&["waits", "pushes"], 1));
        let row = row(&summary, 0, 1, 0);
        assert_eq!(row.level.unwrap().interval, None);
        assert_eq!(row.difference.unwrap().paired.interval, None);
    }
}
