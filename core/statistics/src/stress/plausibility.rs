//! Plausibility: how far a combination of values is from what is expected, in standard deviations
//! that know of correlations (Mahalanobis 1936).

use crate::cholesky::Cholesky;
use crate::error::{all_finite, as_long_as};
use crate::{Refused, normal_below};

/// Expected values with their covariance.
#[derive(Clone, Debug, PartialEq)]
pub struct Plausibility {
    mean: Vec<f64>,
    root: Cholesky,
}

impl Plausibility {
    /// From expected values and a covariance matrix.
    ///
    /// # Errors
    /// A covariance of another size, not symmetric, or flat in some direction; a value that is no
    /// number.
    pub fn new(mean: Vec<f64>, covariance: &[Vec<f64>]) -> Result<Self, Refused> {
        all_finite(&mean, "the expected values")?;
        as_long_as(mean.len(), covariance.len(), "rows of the covariance")?;
        let root = Cholesky::new(covariance).ok_or(Refused::NoCovariance)?;
        Ok(Self { mean, root })
    }

    /// From expected values and standard deviations of inputs that do not move together.
    ///
    /// # Errors
    /// As [`Plausibility::new`].
    pub fn independent(mean: Vec<f64>, sds: &[f64]) -> Result<Self, Refused> {
        let cell = |i: usize, j: usize| if i == j { sds[i] * sds[i] } else { 0.0 };
        let size = sds.len();
        let covariance: Vec<Vec<f64>> = (0..size)
            .map(|i| (0..size).map(|j| cell(i, j)).collect())
            .collect();
        Self::new(mean, &covariance)
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.mean.len()
    }

    /// √((x - μ)ᵀ Σ⁻¹ (x - μ)), in standard deviations.
    ///
    /// # Errors
    /// Another number of values; a value that is no number.
    pub fn distance(&self, values: &[f64]) -> Result<f64, Refused> {
        as_long_as(self.mean.len(), values.len(), "values")?;
        all_finite(values, "the values")?;
        let away: Vec<f64> = values.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
        Ok(size(&self.root.whiten(&away)))
    }

    /// The values at a point of the space in which the inputs are independent with unit spread.
    pub(super) fn values(&self, point: &[f64]) -> Vec<f64> {
        let away = self.root.colour(point);
        away.iter()
            .zip(&self.mean)
            .map(|(away, mean)| mean + away)
            .collect()
    }

    /// Probability of normal inputs to lie beyond the plane that touches the nearest failure at
    /// `distance`: Φ(-d). It is the failure's own probability when its border is flat.
    pub fn tail(distance: f64) -> f64 {
        normal_below(-distance)
    }
}

/// Euclidean length.
pub(super) fn size(point: &[f64]) -> f64 {
    point.iter().map(|z| z * z).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_tails_in_closed_form() {
        let plain = Plausibility::independent(vec![0.0, 0.0], &[1.0, 1.0]).unwrap();
        assert!((plain.distance(&[1.2, 1.6]).unwrap() - 2.0).abs() < 1e-12);
        assert!((Plausibility::tail(2.0) - 0.022750).abs() < 1e-6);
        let covariance = [vec![1.0, 0.5], vec![0.5, 1.0]];
        let together = Plausibility::new(vec![0.0, 0.0], &covariance).unwrap();
        assert!((together.distance(&[1.5, 1.5]).unwrap() - 3.0_f64.sqrt()).abs() < 1e-12);
        assert!((Plausibility::tail(3.0_f64.sqrt()) - 0.041632).abs() < 1e-6);
        let wide = Plausibility::independent(vec![5.0], &[2.0]).unwrap();
        assert!((wide.distance(&[9.0]).unwrap() - 2.0).abs() < 1e-12);
        assert!((wide.values(&[2.0])[0] - 9.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_covariance_is_refused() {
        let flat = Plausibility::new(vec![0.0, 0.0], &[vec![1.0, 1.0], vec![1.0, 1.0]]);
        assert_eq!(flat, Err(Refused::NoCovariance));
        assert!(Plausibility::independent(vec![0.0], &[0.0]).is_err());
        assert!(Plausibility::independent(vec![0.0], &[1.0, 1.0]).is_err());
        let plain = Plausibility::independent(vec![0.0], &[1.0]).unwrap();
        assert!(plain.distance(&[1.0, 2.0]).is_err());
    }
}
