//! Distributions of a number from its low, likely and high value, as quantile functions: one draw,
//! one inverse transform.

use crate::error::all_finite;
use crate::{Refused, normal_below, normal_quantile};
use statrs::distribution::{Beta, ContinuousCDF};

/// Weight of the likely value in a beta-PERT.
const PERT: f64 = 4.0;

/// A distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law(Shape);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, likely: f64, high: f64 },
    Pert { low: f64, high: f64, beta: Beta },
    LogNormal { centre: f64, spread: f64 },
    Split { low: f64, middle: f64, high: f64 },
}

impl Law {
    /// Even between two ends.
    ///
    /// # Errors
    /// An empty range; an end that is no number.
    pub fn uniform(low: f64, high: f64) -> Result<Self, Refused> {
        ordered(low, low, high)?;
        Ok(Self(Shape::Uniform { low, high }))
    }

    /// Highest at the likely value, straight to nothing at both ends.
    ///
    /// # Errors
    /// An empty range, a likely value outside it, a value that is no number.
    pub fn triangular(low: f64, likely: f64, high: f64) -> Result<Self, Refused> {
        ordered(low, likely, high)?;
        Ok(Self(Shape::Triangular { low, likely, high }))
    }

    /// Beta-PERT: a bell between the ends with mean (low + 4 likely + high) / 6.
    ///
    /// # Errors
    /// As [`Law::triangular`].
    pub fn pert(low: f64, likely: f64, high: f64) -> Result<Self, Refused> {
        ordered(low, likely, high)?;
        let weight = |from: f64| 1.0 + PERT * from / (high - low);
        let empty = Refused::EmptyRange {
            what: "a number",
            low,
            high,
        };
        let beta = Beta::new(weight(likely - low), weight(high - likely)).map_err(|_| empty)?;
        Ok(Self(Shape::Pert { low, high, beta }))
    }

    /// Lognormal, with 5 % below `low` and 5 % above `high`; for ratios and costs.
    ///
    /// # Errors
    /// An empty range, an end that is not above 0.
    pub fn log_normal(low: f64, high: f64) -> Result<Self, Refused> {
        ordered(low, low, high)?;
        crate::error::within(
            (f64::MIN_POSITIVE, f64::MAX),
            low,
            "the low end of a lognormal",
        )?;
        let z = normal_quantile(0.95).unwrap_or_default();
        Ok(Self(Shape::LogNormal {
            centre: f64::midpoint(low.ln(), high.ln()),
            spread: (high / low).ln() / (2.0 * z),
        }))
    }

    /// As often below the middle as above it, and even on both sides.
    ///
    /// # Errors
    /// As [`Law::triangular`].
    pub fn split(low: f64, middle: f64, high: f64) -> Result<Self, Refused> {
        ordered(low, middle, high)?;
        Ok(Self(Shape::Split { low, middle, high }))
    }

    /// The value below which the share `u` (0..=1) lies; the lognormal has none at 0 and 1 and is cut
    /// a millionth before them.
    pub fn quantile(&self, u: f64) -> f64 {
        let u = u.clamp(0.0, 1.0);
        match self.0 {
            Shape::Uniform { low, high } => low + u * (high - low),
            Shape::Triangular { low, likely, high } => {
                let turn = (likely - low) / (high - low);
                if u < turn {
                    low + (u * (high - low) * (likely - low)).sqrt()
                } else {
                    high - ((1.0 - u) * (high - low) * (high - likely)).sqrt()
                }
            }
            Shape::Pert { low, high, beta } => low + (high - low) * beta.inverse_cdf(u),
            Shape::LogNormal { centre, spread } => {
                let z = normal_quantile(u.clamp(1e-6, 1.0 - 1e-6)).unwrap_or_default();
                (centre + spread * z).exp()
            }
            Shape::Split { low, middle, high } => {
                if u < 0.5 {
                    low + (middle - low) * 2.0 * u
                } else {
                    middle + (high - middle) * (2.0 * u - 1.0)
                }
            }
        }
    }

    /// Share that lies below `x`, 0..=1.
    pub fn below(&self, x: f64) -> f64 {
        match self.0 {
            Shape::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Shape::Triangular { low, likely, high } => match x {
                x if x <= low => 0.0,
                x if x < likely => (x - low).powi(2) / ((high - low) * (likely - low)),
                x if x < high => 1.0 - (high - x).powi(2) / ((high - low) * (high - likely)),
                _ => 1.0,
            },
            Shape::Pert { low, high, beta } => beta.cdf(((x - low) / (high - low)).clamp(0.0, 1.0)),
            Shape::LogNormal { centre, spread } if x > 0.0 => {
                normal_below((x.ln() - centre) / spread)
            }
            Shape::LogNormal { .. } => 0.0,
            Shape::Split { low, middle, high } => match x {
                x if x <= low => 0.0,
                x if x < middle => 0.5 * (x - low) / (middle - low),
                x if x < high => 0.5 + 0.5 * (x - middle) / (high - middle),
                _ => 1.0,
            },
        }
    }
}

/// Refuses an empty range, a likely value outside it, and what is no number.
pub(super) fn ordered(low: f64, likely: f64, high: f64) -> Result<(), Refused> {
    let what = "a number";
    all_finite(&[low, likely, high], what)?;
    if low >= high {
        return Err(Refused::EmptyRange { what, low, high });
    }
    crate::error::within((low, high), likely, "the likely value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_shares_are_each_others_inverse() {
        let laws = [
            Law::uniform(1.0, 6.0),
            Law::triangular(1.0, 2.0, 6.0),
            Law::triangular(1.0, 1.0, 6.0),
            Law::pert(1.0, 2.0, 6.0),
            Law::log_normal(1.0, 6.0),
            Law::split(1.0, 2.0, 6.0),
        ];
        for law in laws {
            let law = law.unwrap();
            for u in [0.01, 0.2, 0.5, 0.77, 0.99] {
                let back = law.below(law.quantile(u));
                assert!((back - u).abs() < 1e-6, "{law:?} at {u}: {back}");
            }
        }
    }

    #[test]
    fn shapes_in_closed_form() {
        let mean = |law: Law| {
            (0..20_000)
                .map(|at| law.quantile((f64::from(at) + 0.5) / 20_000.0))
                .sum::<f64>()
                / 20_000.0
        };
        assert!((mean(Law::triangular(1.0, 2.0, 6.0).unwrap()) - 3.0).abs() < 1e-3);
        assert!((mean(Law::pert(1.0, 2.0, 6.0).unwrap()) - 2.5).abs() < 1e-3);
        let log = Law::log_normal(1.0, 9.0).unwrap();
        assert!((log.quantile(0.5) - 3.0).abs() < 1e-9 && (log.quantile(0.95) - 9.0).abs() < 1e-9);
        let split = Law::split(1.0, 2.0, 6.0).unwrap();
        for (u, expected) in [(0.0, 1.0), (0.25, 1.5), (0.5, 2.0), (0.75, 4.0), (1.0, 6.0)] {
            assert!((split.quantile(u) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn distributions_that_cannot_be_are_refused() {
        assert!(Law::uniform(2.0, 2.0).is_err());
        assert!(Law::triangular(1.0, 7.0, 6.0).is_err());
        assert!(Law::log_normal(0.0, 6.0).is_err());
        assert!(Law::pert(1.0, f64::NAN, 6.0).is_err());
    }
}
