//! Quantiles of type 7: linear between order statistics, as in NumPy and R.

use statrs::distribution::{Binomial, DiscreteCDF};

/// Quantile `p` (0..=1) of values sorted ascending; `None` without values.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

/// Interval at `level` of the quantile `p` of what the sorted values were drawn from, whatever its
/// distribution: order statistics, at least as sure as the level. `None` where the values are too few
/// to hold it.
pub fn quantile_interval(sorted: &[f64], p: f64, level: f64) -> Option<(f64, f64)> {
    let law = Binomial::new(p, sorted.len() as u64).ok()?;
    let tail = (1.0 - level) / 2.0;
    // Ranks from 1: the one below is a count of values.
    let low = law.inverse_cdf(tail) as usize;
    let high = law.inverse_cdf(1.0 - tail) as usize + 1;
    Some((*sorted.get(low.checked_sub(1)?)?, *sorted.get(high - 1)?))
}

/// Mean of the worst share `p` of sorted values, low being worst (CVaR, expected shortfall); at
/// least one value counts. `None` without values.
pub fn tail_mean(sorted: &[f64], p: f64) -> Option<f64> {
    let count = ((p * sorted.len() as f64).floor() as usize).max(1);
    let worst = sorted.get(..count)?;
    Some(worst.iter().sum::<f64>() / count as f64)
}

/// The finite values, sorted ascending.
pub fn sorted_finite(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = values
        .into_iter()
        .filter(|value| value.is_finite())
        .collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_numpy() {
        let sorted = sorted_finite([4.0, 1.0, 3.0, 2.0, f64::NAN]);
        assert_eq!(quantile(&sorted, 0.25), Some(1.75));
        assert_eq!(quantile(&sorted, 0.5), Some(2.5));
        assert_eq!(quantile(&sorted, 1.0), Some(4.0));
        assert_eq!(quantile(&[7.0], 0.05), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn intervals_are_at_the_known_ranks() {
        let ranks = |n: u32| (1..=n).map(f64::from).collect::<Vec<_>>();
        assert_eq!(
            quantile_interval(&ranks(100), 0.5, 0.95),
            Some((40.0, 61.0))
        );
        assert_eq!(
            quantile_interval(&ranks(100), 0.9, 0.95),
            Some((84.0, 96.0))
        );
        assert_eq!(
            quantile_interval(&ranks(1000), 0.05, 0.95),
            Some((37.0, 65.0))
        );
        assert_eq!(quantile_interval(&ranks(10), 0.05, 0.95), None);
    }

    #[test]
    fn the_worst_twentieth_of_a_hundred() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(tail_mean(&values, 0.05), Some(3.0));
        assert_eq!(
            (tail_mean(&values[..3], 0.05), tail_mean(&[], 0.05)),
            (Some(1.0), None)
        );
    }
}
