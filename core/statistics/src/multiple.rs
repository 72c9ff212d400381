//! Several comparisons at once: Holm's step-down p-values, Bonferroni's half widths.

use super::{Moments, student_quantile};

/// Holm-adjusted p-values in the order given; an absent p stays absent and does not count.
pub fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut known: Vec<(usize, f64)> = p_values
        .iter()
        .enumerate()
        .filter_map(|(index, p)| Some((index, (*p)?)))
        .collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut adjusted = vec![None; p_values.len()];
    let mut largest = 0.0_f64;
    for (rank, &(index, p)) in known.iter().enumerate() {
        largest = largest.max(p * (known.len() - rank) as f64).min(1.0);
        adjusted[index] = Some(largest);
    }
    adjusted
}

/// Half width at joint `level` of one of `comparisons` intervals for the mean.
pub fn bonferroni_half_width(moments: &Moments, comparisons: u32, level: f64) -> Option<f64> {
    let tail = (1.0 - level) / (2.0 * f64::from(comparisons.max(1)));
    let t = student_quantile(1.0 - tail, moments.count().checked_sub(1)?)?;
    Some(t * (moments.variance()? / f64::from(moments.count())).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_steps_down_and_never_falls() {
        let adjusted = holm(&[Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)]);
        let expected = [Some(0.03), None, Some(0.06), Some(0.06), Some(0.02)];
        for (found, expected) in adjusted.iter().zip(expected) {
            match (found, expected) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-12),
                (found, expected) => assert_eq!(*found, expected),
            }
        }
        assert_eq!(holm(&[Some(0.9), Some(0.8)]), [Some(1.0), Some(1.0)]);
    }

    #[test]
    fn bonferroni_uses_the_t_of_experiments_4_2() {
        // m = 4, n = 20: t = 2.758586; unit variance, so the half width is t / sqrt(20).
        let spread = (19.0_f64 / 20.0).sqrt();
        let moments: Moments = (0..20)
            .map(|i| if i % 2 == 0 { spread } else { -spread })
            .collect();
        let half = bonferroni_half_width(&moments, 4, 0.95).unwrap();
        assert!((half * 20.0_f64.sqrt() - 2.758586).abs() < 1e-6);
    }
}
