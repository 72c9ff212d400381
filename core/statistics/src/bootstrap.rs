//! Percentile bootstrap of a mean, for skewed money, where a t interval is too trusting.

use super::quantile;
use rand::Rng;

/// Resamples that are usual.
pub const RESAMPLES: u32 = 2000;

/// Percentile interval at `level` of the mean of `values` from `resamples` resamples.
///
/// `generator` makes the generator of each resample from its number, so that a resample is a
/// function of its key and not of what was drawn before. `None` with fewer than two values.
pub fn bootstrap_mean<R: Rng>(
    values: &[f64],
    level: f64,
    resamples: u32,
    generator: impl Fn(u32) -> R,
) -> Option<(f64, f64)> {
    if values.len() < 2 || resamples == 0 {
        return None;
    }
    let mut means: Vec<f64> = (0..resamples)
        .map(|number| resampled_mean(values, &mut generator(number)))
        .collect();
    means.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    Some((quantile(&means, tail)?, quantile(&means, 1.0 - tail)?))
}

fn resampled_mean(values: &[f64], rng: &mut impl Rng) -> f64 {
    let count = values.len() as u64;
    let draw = |rng: &mut dyn Rng| {
        // Multiply and shift: the bias is below count / 2^64.
        ((u128::from(rng.next_u64()) * u128::from(count)) >> 64) as usize
    };
    let sum: f64 = (0..count).map(|_| values[draw(rng)]).sum();
    sum / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;

    #[test]
    fn covers_the_mean_and_depends_only_on_its_key() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 20)).collect();
        let interval = |seed| {
            bootstrap_mean(&values, 0.95, RESAMPLES, |number| {
                Keyed::new(seed, number.into())
            })
        };
        let (low, high) = interval(1).unwrap();
        // Standard error 5.766 / sqrt(200) = 0.408, so about 9.5 ± 0.8.
        assert!(
            (low - 8.70).abs() < 0.08 && (high - 10.30).abs() < 0.08,
            "{low} {high}"
        );
        assert_eq!(interval(1), interval(1));
        assert_ne!(interval(1), interval(2));
    }

    #[test]
    fn one_value_has_no_interval() {
        assert_eq!(
            bootstrap_mean(&[1.0], 0.95, 10, |n| Keyed::new(0, n.into())),
            None
        );
    }
}
