//! Several comparisons at once: Holm's step-down p-values, Bonferroni's level.

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

/// The level of each of so many intervals that are to hold jointly at `level` (Bonferroni), such as
/// 0.9875 for four at 0.95.
pub fn bonferroni(level: f64, comparisons: usize) -> f64 {
    1.0 - (1.0 - level) / comparisons.max(1) as f64
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
    fn four_intervals_at_once_have_the_t_of_experiments_4_2() {
        let t = crate::student_quantile(0.5 + bonferroni(0.95, 4) / 2.0, 19).unwrap();
        assert!((t - 2.758586).abs() < 1e-6, "{t}");
        let alone = [0, 1].map(|comparisons| bonferroni(0.95, comparisons));
        assert!(alone.iter().all(|level| (level - 0.95).abs() < 1e-12));
    }
}
