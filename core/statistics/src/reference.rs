//! The normal and Student's t, from statrs.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::erf::erfc;

/// Quantile `p` (0..1) of Student's t with `freedom` degrees of freedom; `None` without freedom.
pub fn student_quantile(p: f64, freedom: u32) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, f64::from(freedom)).ok()?;
    (p > 0.0 && p < 1.0).then(|| t.inverse_cdf(p))
}

/// Two-sided probability of a t at least as far from 0 as `t`; `None` without freedom.
pub fn student_two_sided(t: f64, freedom: u32) -> Option<f64> {
    let law = StudentsT::new(0.0, 1.0, f64::from(freedom)).ok()?;
    (!t.is_nan()).then(|| (2.0 * law.cdf(-t.abs())).clamp(0.0, 1.0))
}

/// Quantile `p` (0..1) of the standard normal; `None` outside.
pub fn normal_quantile(p: f64) -> Option<f64> {
    let law = Normal::new(0.0, 1.0).ok()?;
    (p > 0.0 && p < 1.0).then(|| law.inverse_cdf(p))
}

/// Probability of the standard normal below `x`, -∞..=∞.
pub fn normal_below(x: f64) -> f64 {
    0.5 * erfc(-x / std::f64::consts::SQRT_2)
}

/// Density of the standard normal at `x`.
pub fn normal_density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_quantiles_are_the_tabulated_ones() {
        let table = [
            (2, 4.302653),
            (9, 2.262157),
            (19, 2.093024),
            (29, 2.045230),
            (99, 1.984217),
        ];
        for (freedom, expected) in table {
            let found = student_quantile(0.975, freedom).unwrap();
            assert!((found - expected).abs() < 1e-6, "{freedom}: {found}");
        }
        assert_eq!(student_quantile(0.975, 0), None);
    }

    #[test]
    fn normal_quantile_is_the_tabulated_one() {
        assert!((normal_quantile(0.975).unwrap() - 1.959_963_985).abs() < 1e-8);
        assert_eq!(normal_quantile(1.0), None);
        assert!((normal_below(-2.0) - 0.022_750_132).abs() < 1e-9);
        assert!((normal_density(0.0) - 0.398_942_280).abs() < 1e-9);
    }
}
