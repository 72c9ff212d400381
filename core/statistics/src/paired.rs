//! Paired difference of two strategies over the same replications.

use super::{Moments, student_two_sided};
use crate::moments::is_rounding;

/// A paired difference, first minus second, in the unit of the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Number of pairs.
    pub pairs: u32,
    /// Mean difference.
    pub mean: f64,
    /// Standard deviation of the difference; `None` with one pair.
    pub sd: Option<f64>,
    /// t interval of the mean difference; `None` with one pair, and where every pair differs by the
    /// same: no spread was seen, which is not to say that there is none.
    pub interval: Option<(f64, f64)>,
    /// Two-sided p-value of the hypothesis of no difference; `None` with one pair.
    pub p: Option<f64>,
    /// Correlation between both, -1..=1; `None` when one of them does not vary.
    pub correlation: Option<f64>,
    /// How many times more runs independent seeds would take; `None` when the difference does
    /// not vary at all.
    pub variance_reduction: Option<f64>,
}

impl Paired {
    /// Whether every pair differs by the same, of two or more.
    pub fn is_constant(&self) -> bool {
        self.sd == Some(0.0)
    }

    /// Whether the difference is above 0, as far as that is more than chance at this level: the
    /// interval leaves 0 out, or so many pairs differ by the same.
    pub fn is_above(&self, level: f64) -> Option<bool> {
        let clear = match self.interval {
            Some((low, high)) => low > 0.0 || high < 0.0,
            None => self.is_constant() && self.p.is_some_and(|p| p < 1.0 - level),
        };
        clear.then_some(self.mean > 0.0)
    }
}

/// Paired difference `first - second` with a t interval at `level`; `None` without pairs.
///
/// Pairs of which one value is missing must be left out by the caller.
pub fn paired_difference(pairs: &[(f64, f64)], level: f64) -> Option<Paired> {
    let first: Moments = pairs.iter().map(|pair| pair.0).collect();
    let second: Moments = pairs.iter().map(|pair| pair.1).collect();
    let difference: Moments = pairs.iter().map(|pair| pair.0 - pair.1).collect();
    let mean = difference.mean()?;
    // Differences of large values that are the same may be a rounding apart.
    let sizes = [mean, first.mean()?, second.mean()?].map(f64::abs);
    let size = sizes.into_iter().fold(0.0, f64::max);
    let variance = difference.variance();
    let variance = variance.map(|one| if is_rounding(one, size) { 0.0 } else { one });
    let varies = variance.is_some_and(|variance| variance > 0.0);
    let mean = if mean.abs() <= 1e-12 * size {
        0.0
    } else {
        mean
    };
    Some(Paired {
        pairs: difference.count(),
        mean,
        sd: variance.map(f64::sqrt),
        interval: difference.interval(level).filter(|_| varies),
        p: variance.and_then(|variance| p_value(mean, variance, difference.count())),
        correlation: correlation(pairs, &first, &second),
        variance_reduction: variance
            .filter(|v| *v > 0.0)
            .and_then(|variance| Some((first.variance()? + second.variance()?) / variance)),
    })
}

/// Where every pair differs by the same, all that can be said is that so many signs are alike: of the
/// sign test p = 2^(1 - n), or 1 where nothing differs.
fn p_value(mean: f64, variance: f64, count: u32) -> Option<f64> {
    if variance <= 0.0 {
        let alike = 0.5_f64.powi(count.cast_signed() - 1);
        return Some(if mean == 0.0 { 1.0 } else { alike });
    }
    student_two_sided(mean / (variance / f64::from(count)).sqrt(), count - 1)
}

fn correlation(pairs: &[(f64, f64)], first: &Moments, second: &Moments) -> Option<f64> {
    let (mean_first, mean_second) = (first.mean()?, second.mean()?);
    let scale = (first.variance()? * second.variance()?).sqrt();
    if scale <= 0.0 {
        return None;
    }
    let products: f64 = pairs
        .iter()
        .map(|(a, b)| (a - mean_first) * (b - mean_second))
        .sum();
    let covariance = products / f64::from(first.count() - 1);
    Some((covariance / scale).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// experiments.md 5.2.
    const A: [f64; 10] = [12.1, 11.4, 13.0, 12.7, 11.9, 12.3, 12.8, 11.6, 12.0, 12.5];
    const B: [f64; 10] = [11.2, 10.9, 12.1, 11.5, 11.3, 11.4, 12.2, 10.8, 11.5, 11.4];

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn golden_case() {
        let pairs: Vec<_> = A.into_iter().zip(B).collect();
        let paired = paired_difference(&pairs, 0.95).unwrap();
        close(paired.mean, 0.8);
        close(paired.sd.unwrap(), 0.244949);
        let (low, high) = paired.interval.unwrap();
        close(low, 0.624774);
        close(high, 0.975226);
        assert!((paired.p.unwrap() - 2.73365e-6).abs() < 1e-10);
        close(paired.correlation.unwrap(), 0.885123);
        close(paired.variance_reduction.unwrap(), 7.929630);
    }

    #[test]
    fn same_values_differ_by_nothing_that_was_seen() {
        let pairs: Vec<_> = A.into_iter().zip(A).collect();
        let paired = paired_difference(&pairs, 0.95).unwrap();
        assert!(paired.is_constant());
        let told = (paired.mean, paired.interval, paired.p);
        assert_eq!(told, (0.0, None, Some(1.0)));
        assert_eq!(paired.variance_reduction, None);
    }

    #[test]
    fn pairs_that_differ_by_the_same_are_as_sure_as_their_number() {
        let of = |count: usize| {
            // 0.1 has no exact difference: a rounding apart is the same.
            let pairs: Vec<_> = A[..count].iter().map(|own| (own + 0.1, *own)).collect();
            paired_difference(&pairs, 0.95).unwrap()
        };
        let two = of(2);
        assert!(two.is_constant() && two.interval.is_none());
        close(two.mean, 0.1);
        close(two.p.unwrap(), 0.5);
        close(of(10).p.unwrap(), 1.0 / 512.0);
        let signs = (two.is_above(0.95), of(10).is_above(0.95));
        assert_eq!(signs, (None, Some(true)));
        let varied = paired_difference(&[(2.0, 1.0), (3.0, 1.0)], 0.95).unwrap();
        assert!(!varied.is_constant() && varied.interval.is_some());
    }

    #[test]
    fn one_pair_has_no_interval() {
        let paired = paired_difference(&[(2.0, 1.0)], 0.95).unwrap();
        assert_eq!((paired.mean, paired.interval, paired.p), (1.0, None, None));
        assert_eq!(paired_difference(&[], 0.95), None);
    }
}
