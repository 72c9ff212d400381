//! Running mean and variance (Welford).

use super::student_quantile;

/// Mean and spread of the values added so far, in one pass without loss of precision.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u32,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Adds one value.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let step = value - self.mean;
        self.mean += step / f64::from(self.count);
        self.squares += step * (value - self.mean);
    }

    /// Number of values.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Mean, in the unit of the values; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Variance with divisor n - 1; `None` with fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / f64::from(self.count - 1))
    }

    /// Half width of the t interval of the mean at `level` (such as 0.95).
    pub fn half_width(&self, level: f64) -> Option<f64> {
        let t = student_quantile(0.5 + level / 2.0, self.count.checked_sub(1)?)?;
        Some(t * (self.variance()? / f64::from(self.count)).sqrt())
    }

    /// Whether there are two values or more and all are the same.
    pub fn is_constant(&self) -> bool {
        self.variance()
            .is_some_and(|variance| is_rounding(variance, self.mean))
    }

    /// The t interval of the mean at `level`; `None` where all values are the same: no spread was seen,
    /// which is not to say that there is none.
    pub fn interval(&self, level: f64) -> Option<(f64, f64)> {
        let half = self.half_width(level).filter(|_| !self.is_constant())?;
        Some((self.mean - half, self.mean + half))
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Self::default();
        values.into_iter().for_each(|value| moments.add(value));
        moments
    }
}

/// Whether a variance is no more than what rounding leaves of values that are all the same.
pub(crate) fn is_rounding(variance: f64, mean: f64) -> bool {
    variance <= (1e-12 * mean).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Series of experiments.md 5.3 (sim-tools).
    const SERIES: [f64; 12] = [
        99.2, 101.5, 97.8, 103.1, 100.4, 98.6, 102.2, 99.9, 100.8, 97.1, 101.0, 100.3,
    ];

    #[test]
    fn relative_half_widths_match_sim_tools() {
        let expected = [
            0.046641, 0.037393, 0.025270, 0.020651, 0.018106, 0.015234, 0.013148, 0.013757,
            0.012393, 0.011177,
        ];
        for (n, expected) in (3..).zip(expected) {
            let moments: Moments = SERIES[..n].iter().copied().collect();
            let relative = moments.half_width(0.95).unwrap() / moments.mean().unwrap();
            assert!((relative - expected).abs() < 1e-6, "n={n}: {relative}");
        }
    }

    #[test]
    fn values_that_are_all_the_same_have_no_interval() {
        // 0.1 three times over has a rounding for a variance.
        let same: Moments = [0.1, 0.1, 0.1].into_iter().collect();
        assert!(same.is_constant() && same.interval(0.95).is_none());
        let varied: Moments = [0.1, 0.1, 0.2].into_iter().collect();
        assert!(!varied.is_constant() && varied.interval(0.95).is_some());
        assert!(!Moments::default().is_constant());
    }

    #[test]
    fn too_few_values_have_no_interval() {
        assert_eq!(Moments::default().mean(), None);
        let one: Moments = [3.0].into_iter().collect();
        assert_eq!(
            (one.mean(), one.variance(), one.interval(0.95)),
            (Some(3.0), None, None)
        );
    }
}
