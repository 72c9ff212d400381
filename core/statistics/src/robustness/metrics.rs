//! Eleven measures of robustness (list of McPhail and others 2018), and ranks under each.
//!
//! Different measures pick different strategies; that is information, not a fault.

use super::regret::{regret, scenarios};
use crate::error::as_long_as;
use crate::{Moments, Refused, quantile, sorted_finite};

/// Weight of the best scenario in Hurwicz's criterion.
const OPTIMISM: f64 = 0.5;

/// A measure of robustness over scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RobustnessMetric {
    /// Worst scenario (Wald).
    Maximin,
    /// Best scenario.
    Maximax,
    /// Halfway between best and worst (Hurwicz, ½).
    Hurwicz,
    /// Mean over scenarios (Laplace).
    Laplace,
    /// Largest regret (Savage); lower is better.
    MinimaxRegret,
    /// 90th percentile of regret; lower is better.
    Regret90,
    /// (mean + 1) / (sd + 1), sd with divisor n - 1; for means of 0 and more only.
    MeanVariance,
    /// Σ max(0, median - performance); lower is better.
    UndesirableDeviations,
    /// `[(P90 + P10) / 2 - P50] / [(P90 - P10) / 2]`.
    Skewness,
    /// (P90 - P10) / (P75 - P25).
    Peakedness,
    /// Share of scenarios in which it is acceptable (Starr).
    Domain,
}

impl RobustnessMetric {
    /// All eleven, in the order of reports.
    pub const ALL: [Self; 11] = [
        Self::MinimaxRegret,
        Self::Regret90,
        Self::Maximin,
        Self::Maximax,
        Self::Hurwicz,
        Self::Laplace,
        Self::MeanVariance,
        Self::UndesirableDeviations,
        Self::Skewness,
        Self::Peakedness,
        Self::Domain,
    ];

    /// Whether lower is better.
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::MinimaxRegret | Self::Regret90 | Self::UndesirableDeviations
        )
    }

    /// Value of a strategy from its sorted performance, its sorted regret and in which share of
    /// scenarios it is acceptable.
    fn value(self, own: &[f64], regret: &[f64], acceptable: Option<f64>) -> Option<f64> {
        let at = |p: f64| quantile(own, p);
        let moments = || -> Moments { own.iter().copied().collect() };
        match self {
            Self::Maximin => at(0.0),
            Self::Maximax => at(1.0),
            Self::Hurwicz => Some(OPTIMISM * at(1.0)? + (1.0 - OPTIMISM) * at(0.0)?),
            Self::Laplace => moments().mean(),
            Self::MinimaxRegret => quantile(regret, 1.0),
            Self::Regret90 => quantile(regret, 0.9),
            Self::MeanVariance => {
                // Below 0 more spread would look better.
                let mean = moments().mean().filter(|mean| *mean >= 0.0)?;
                Some((mean + 1.0) / (moments().variance()?.sqrt() + 1.0))
            }
            Self::UndesirableDeviations => {
                let median = at(0.5)?;
                Some(own.iter().map(|value| (median - value).max(0.0)).sum())
            }
            Self::Skewness => {
                let half = (at(0.9)? - at(0.1)?) / 2.0;
                (half > 0.0).then_some(((at(0.9)? + at(0.1)?) / 2.0 - at(0.5)?) / half)
            }
            Self::Peakedness => {
                let middle = at(0.75)? - at(0.25)?;
                (middle > 0.0).then_some((at(0.9)? - at(0.1)?) / middle)
            }
            Self::Domain => acceptable,
        }
    }
}

/// One measure over all strategies.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// Which.
    pub metric: RobustnessMetric,
    /// Value of each strategy; `None` where it has none, such as peakedness without any spread.
    pub values: Vec<Option<f64>>,
    /// Rank of each strategy from 1, equals sharing the best of their ranks; `None` as the value, and
    /// for all where all are equal: then the measure tells nothing apart.
    pub ranks: Vec<Option<usize>>,
}

/// All eleven measures of performance, strategies by scenarios.
///
/// `acceptable` says where a strategy meets all thresholds; without it Starr's criterion has no
/// value.
///
/// # Errors
/// Fewer than two strategies, no scenario, rows of different length, a value that is no number.
pub fn robustness(
    performance: &[Vec<f64>],
    acceptable: Option<&[Vec<bool>]>,
) -> Result<Vec<Robustness>, Refused> {
    let scenarios = scenarios(performance)?;
    if let Some(rows) = acceptable {
        as_long_as(performance.len(), rows.len(), "strategies with thresholds")?;
        for row in rows {
            as_long_as(scenarios, row.len(), "scenarios with thresholds")?;
        }
    }
    let regret = regret(performance)?;
    let share = |strategy: usize| {
        let row = &acceptable?[strategy];
        Some(row.iter().filter(|met| **met).count() as f64 / scenarios as f64)
    };
    let sorted = |row: &Vec<f64>| sorted_finite(row.iter().copied());
    let own: Vec<Vec<f64>> = performance.iter().map(sorted).collect();
    let lost: Vec<Vec<f64>> = regret.by_scenario.iter().map(sorted).collect();
    let of = |metric: RobustnessMetric| {
        let value =
            |strategy: usize| metric.value(&own[strategy], &lost[strategy], share(strategy));
        let values: Vec<Option<f64>> = (0..own.len()).map(value).collect();
        let ranks = ranks(&values, metric.is_loss());
        Robustness {
            metric,
            values,
            ranks,
        }
    };
    Ok(RobustnessMetric::ALL.into_iter().map(of).collect())
}

/// Difference below which values are equal, as a share of the larger: what rounding leaves.
const EQUAL: f64 = 1e-9;

/// Rank of each value: one more than how many are better; none where all are equal.
fn ranks(values: &[Option<f64>], is_loss: bool) -> Vec<Option<usize>> {
    let equal = |a: f64, b: f64| (a - b).abs() <= EQUAL * a.abs().max(b.abs());
    let better = |a: f64, b: f64| !equal(a, b) && if is_loss { a < b } else { a > b };
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    if known.len() > 1 && known.iter().all(|&one| equal(one, known[0])) {
        return vec![None; values.len()];
    }
    let rank = |own: f64| {
        1 + values
            .iter()
            .flatten()
            .filter(|&&other| better(other, own))
            .count()
    };
    values.iter().map(|value| value.map(rank)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::regret::tests::table;
    use super::*;

    fn values(metric: RobustnessMetric) -> (Vec<Option<f64>>, Vec<Option<usize>>) {
        let at_least_70: Vec<Vec<bool>> = table()
            .iter()
            .map(|row| row.iter().map(|value| *value >= 70.0).collect())
            .collect();
        let all = robustness(&table(), Some(&at_least_70)).unwrap();
        let one = all.into_iter().find(|one| one.metric == metric).unwrap();
        (one.values, one.ranks)
    }

    #[test]
    fn golden_values_with_four_winners() {
        use RobustnessMetric::{
            Domain, Hurwicz, Laplace, Maximax, Maximin, MinimaxRegret, Regret90,
        };
        let golden = [
            (MinimaxRegret, [58.0, 20.0, 40.0], 1),
            (Maximin, [20.0, 60.0, 78.0], 2),
            (Maximax, [120.0, 100.0, 80.0], 0),
            (Laplace, [76.6667, 85.0, 79.3333], 1),
            (Hurwicz, [70.0, 80.0, 79.0], 1),
            (Regret90, [47.4, 19.6, 35.0], 1),
            (Domain, [0.6667, 0.6667, 1.0], 2),
        ];
        for (metric, expected, winner) in golden {
            let (values, ranks) = values(metric);
            for (found, expected) in values.iter().zip(expected) {
                assert!(
                    (found.unwrap() - expected).abs() < 1e-4,
                    "{metric:?} {values:?}"
                );
            }
            assert_eq!(ranks[winner], Some(1), "{metric:?}");
        }
        assert_eq!(values(Domain).1, [Some(2), Some(2), Some(1)]);
    }

    #[test]
    fn shapes_by_hand() {
        use RobustnessMetric::{MeanVariance, Peakedness, Skewness, UndesirableDeviations};
        // First row: P10 34, P50 90, P90 114, P25 55, P75 105; mean 76.667, sd 51.316.
        let first = |metric| values(metric).0[0].unwrap();
        assert!((first(Skewness) - (74.0 - 90.0) / 40.0).abs() < 1e-9);
        assert!((first(Peakedness) - 80.0 / 50.0).abs() < 1e-9);
        assert!((first(UndesirableDeviations) - 70.0).abs() < 1e-9);
        assert!((first(MeanVariance) - 77.666_667 / 52.316_014).abs() < 1e-6);
    }

    #[test]
    fn where_all_are_equal_nobody_comes_first() {
        let unequal = 0.1 + 0.2;
        assert_eq!(
            ranks(&[Some(0.3), Some(unequal), Some(0.3)], false),
            [None; 3]
        );
        let two = ranks(&[Some(0.3), Some(unequal), Some(0.1)], false);
        assert_eq!(two, [Some(1), Some(1), Some(3)]);
        // A line has the same peakedness wherever it lies and however steep it is.
        let lines = [[1.0, 2.0, 3.0], [10.0, 30.0, 50.0]].map(|row| row.to_vec());
        let all = robustness(&lines, None).unwrap();
        let peaked = all
            .iter()
            .find(|one| one.metric == RobustnessMetric::Peakedness);
        assert_eq!(peaked.unwrap().ranks, [None, None]);
    }

    #[test]
    fn what_has_no_value_has_no_rank() {
        let flat = robustness(&[vec![1.0, 1.0], vec![-3.0, -2.0]], None).unwrap();
        let of = |metric| flat.iter().find(|one| one.metric == metric).unwrap();
        assert_eq!(of(RobustnessMetric::Domain).ranks, [None, None]);
        assert_eq!(of(RobustnessMetric::Skewness).values[0], None);
        assert_eq!(of(RobustnessMetric::MeanVariance).ranks, [Some(1), None]);
    }
}
