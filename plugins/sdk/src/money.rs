//! Whole cents.

/// Splits `cents` over `weights` (not negative, finite): whole parts that sum to `cents`, each
/// within a cent of its share. Equal parts when all weights are 0; empty without weights. What the
/// rounding leaves goes to the largest remainders, the first of equals first.
pub fn split(cents: i64, weights: &[f64]) -> Vec<i64> {
    let total: f64 = weights.iter().sum();
    let share = |weight: f64| {
        if total > 0.0 {
            weight / total
        } else {
            1.0 / weights.len() as f64
        }
    };
    let exact: Vec<f64> = weights.iter().map(|w| share(*w) * cents as f64).collect();
    let mut parts: Vec<i64> = exact.iter().map(|part| part.floor() as i64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| {
        let remainder = |i: &usize| exact[*i] - exact[*i].floor();
        remainder(b).total_cmp(&remainder(a))
    });
    let left = cents - parts.iter().sum::<i64>();
    for i in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn parts_sum_to_the_whole() {
        assert_eq!(split(100, &[1.0, 1.0, 1.0]), [34, 33, 33]);
        assert_eq!(split(100, &[0.0, 0.0]), [50, 50]);
        assert_eq!(split(7, &[0.0, 2.0, 1.0]), [0, 5, 2]);
        assert!(split(7, &[]).is_empty());
    }
}
