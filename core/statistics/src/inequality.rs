//! Who gains and who loses: inequality, and groups that are fixed before the change.

use crate::Refused;
use crate::error::{all_finite, as_long_as, at_least, within};

/// Gini coefficient Σ (2i - n - 1) x₍ᵢ₎ / (n Σ x): 0 when all have the same, towards 1 when one has
/// all. Values are 0 or more.
///
/// # Errors
/// No value, a value below 0 or that is no number, a sum of 0.
pub fn gini(values: &[f64]) -> Result<f64, Refused> {
    let mean = mean_of_shares(values)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let weighted = (1..)
        .zip(&sorted)
        .map(|(i, x)| (2.0 * f64::from(i) - count - 1.0) * x);
    Ok(weighted.sum::<f64>() / (count * count * mean))
}

/// Theil index, mean of (x / μ) ln (x / μ): 0 when all have the same, ln n when one has all. Values
/// are 0 or more; one of 0 adds nothing.
///
/// # Errors
/// As [`gini`].
pub fn theil(values: &[f64]) -> Result<f64, Refused> {
    let mean = mean_of_shares(values)?;
    let term = |x: &f64| {
        let share = x / mean;
        if share > 0.0 { share * share.ln() } else { 0.0 }
    };
    Ok(values.iter().map(term).sum::<f64>() / values.len() as f64)
}

fn mean_of_shares(values: &[f64]) -> Result<f64, Refused> {
    at_least(1, values.len(), "values")?;
    all_finite(values, "what is shared")?;
    for &value in values {
        within((0.0, f64::MAX), value, "a value of what is shared")?;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    within(
        (f64::MIN_POSITIVE, f64::MAX),
        mean,
        "the mean of what is shared",
    )?;
    Ok(mean)
}

/// Shares of those who gain and lose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Winners {
    /// Share that gains more than the tolerance.
    pub gain: f64,
    /// Share that loses more than the tolerance.
    pub lose: f64,
}

/// Who gains and who loses more than a share `tolerance` (0.01 is usual) of the size of their value
/// before.
///
/// # Errors
/// No value, lists of different length, a value that is no number.
pub fn winners(before: &[f64], after: &[f64], tolerance: f64) -> Result<Winners, Refused> {
    at_least(1, before.len(), "values")?;
    as_long_as(before.len(), after.len(), "values after the change")?;
    all_finite(before, "the values before")?;
    all_finite(after, "the values after")?;
    let count = before.len() as f64;
    let share = |way: f64| {
        let moved = before.iter().zip(after);
        moved
            .filter(|(b, a)| way * (*a - *b) > tolerance * b.abs())
            .count() as f64
            / count
    };
    Ok(Winners {
        gain: share(1.0),
        lose: share(-1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_inequality() {
        let values = [1.0, 2.0, 3.0, 4.0, 10.0];
        assert!((gini(&values).unwrap() - 0.4).abs() < 1e-12);
        assert!((theil(&values).unwrap() - 0.276364).abs() < 1e-6);
        assert!((theil(&[0.0, 0.0, 3.0]).unwrap() - 3.0_f64.ln()).abs() < 1e-12);
        assert!(gini(&[2.0; 7]).unwrap().abs() < 1e-12);
    }

    #[test]
    fn nothing_to_share_is_refused() {
        assert!(gini(&[]).is_err() && gini(&[0.0]).is_err() && theil(&[-1.0, 2.0]).is_err());
    }

    #[test]
    fn small_changes_are_neither_gain_nor_loss() {
        let before = [100.0, 100.0, 100.0, -100.0];
        let found = winners(&before, &[102.0, 100.5, 98.0, -90.0], 0.01).unwrap();
        assert_eq!((found.gain, found.lose), (0.5, 0.25));
    }
}
