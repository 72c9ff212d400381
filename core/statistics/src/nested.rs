//! Chance and ignorance apart: draws of uncertain parameters, each with replications.
//!
//! O'Hagan, Stevenson and Madan (2007): within = mean over draws of the variance of replications;
//! between = variance of the draws' means - within / replications.

use crate::error::{all_finite, as_long_as, at_least};
use crate::{Moments, Refused};

/// A variance in two parts, in the unit of the values squared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nested {
    /// Variance by chance, within a draw.
    pub within: f64,
    /// Variance by what is not known; below 0 only by chance, when there is none.
    pub between: f64,
    /// Replications per draw.
    pub replications: usize,
}

impl Nested {
    /// Share of the variance of the draws' means that is chance: above 0.05, take more replications
    /// before anything that picks the best of each draw. `None` when the means do not vary.
    pub fn noise_share(&self) -> Option<f64> {
        let noise = self.within / self.replications as f64;
        let all = self.between + noise;
        (all > 0.0).then(|| noise / all)
    }
}

/// The parts of the variance of `values`, draws by replications.
///
/// # Errors
/// Fewer than two draws or two replications, draws of different length, a value that is no number.
pub fn nested(values: &[Vec<f64>]) -> Result<Nested, Refused> {
    at_least(2, values.len(), "draws")?;
    let replications = values[0].len();
    at_least(2, replications, "replications of a draw")?;
    let mut within = Moments::default();
    let mut means = Moments::default();
    for draw in values {
        as_long_as(replications, draw.len(), "replications of a draw")?;
        all_finite(draw, "a draw")?;
        let moments: Moments = draw.iter().copied().collect();
        if let Some((mean, variance)) = moments.mean().zip(moments.variance()) {
            within.add(variance);
            means.add(mean);
        }
    }
    let within = within.mean().unwrap_or_default();
    let between = means.variance().unwrap_or_default() - within / replications as f64;
    Ok(Nested {
        within,
        between,
        replications,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Keyed, normal_quantile};

    #[test]
    fn parts_of_a_known_variance() {
        // θ ~ N(10, 2²), noise sd 5, 2000 draws of 10: 25 within and 4 between.
        let draw = |number: u32| {
            let mut random = Keyed::new(1, 0).part(number);
            let mut normal = || normal_quantile(random.uniform()).unwrap();
            let centre = 10.0 + 2.0 * normal();
            (0..10)
                .map(|_| centre + 5.0 * normal())
                .collect::<Vec<f64>>()
        };
        let found = nested(&(0..2000).map(draw).collect::<Vec<_>>()).unwrap();
        assert!((found.within - 25.0).abs() < 0.8, "{found:?}");
        assert!((found.between - 4.0).abs() < 0.6, "{found:?}");
        assert!((found.noise_share().unwrap() - 2.5 / 6.5).abs() < 0.04);
    }

    #[test]
    fn exact_rows_have_no_noise_and_too_little_is_refused() {
        let exact = nested(&[vec![1.0, 1.0], vec![2.0, 2.0]]).unwrap();
        assert_eq!((exact.within, exact.noise_share()), (0.0, Some(0.0)));
        let same = nested(&[vec![1.0, 1.0], vec![1.0, 1.0]]).unwrap();
        assert_eq!(same.noise_share(), None);
        assert!(nested(&[vec![1.0, 2.0]]).is_err());
        assert!(nested(&[vec![1.0, 2.0], vec![1.0]]).is_err());
    }
}
