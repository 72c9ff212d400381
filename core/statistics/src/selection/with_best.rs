//! Simultaneous intervals of each mean's distance to the best of the others (Hsu 1981).

use crate::error::{all_finite, as_long_as, at_least, within};
use crate::{Moments, Refused, student_quantile};

/// Where one stands against the best of the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithBest {
    /// Mean, in the unit of the values.
    pub mean: f64,
    /// Interval of its mean less the best of the others; high 0: not the best, low 0: the best.
    pub interval: (f64, f64),
}

impl WithBest {
    /// Whether it may be the best.
    pub fn may_be_best(&self) -> bool {
        self.interval.1 > 0.0
    }
}

/// Intervals at joint `level` for systems with values paired by replication.
///
/// D = Ȳᵢ - Ȳₗ, W = t(1 - α/(k-1), n-1) S / √n; the interval of μᵢ - max μₗ is
/// `[min(0, min(D - W)), max(0, min(D + W))]`. The systems that [`WithBest::may_be_best`] cannot be
/// separated.
///
/// # Errors
/// Fewer than two systems or replications, lists of different length, a value that is no number.
pub fn with_best(values: &[Vec<f64>], level: f64) -> Result<Vec<WithBest>, Refused> {
    at_least(2, values.len(), "systems to choose from")?;
    within((0.5, 1.0 - f64::EPSILON), level, "the level")?;
    let count = values[0].len();
    at_least(2, count, "replications")?;
    for list in values {
        as_long_as(count, list.len(), "replications of a system")?;
        all_finite(list, "the replications")?;
    }
    let alpha = (1.0 - level) / (values.len() - 1) as f64;
    let t = student_quantile(1.0 - alpha, count as u32 - 1).ok_or(Refused::OutOfRange {
        what: "the level",
        found: level,
        low: 0.5,
        high: 1.0,
    })?;
    let place = |i: usize| {
        let (mut low, mut high) = (f64::INFINITY, f64::INFINITY);
        for l in (0..values.len()).filter(|&l| l != i) {
            let pairs = values[i].iter().zip(&values[l]);
            let difference: Moments = pairs.map(|(a, b)| a - b).collect();
            let (mean, variance) = difference.mean().zip(difference.variance())?;
            let half = t * (variance / count as f64).sqrt();
            low = low.min(mean - half);
            high = high.min(mean + half);
        }
        let own: Moments = values[i].iter().copied().collect();
        Some(WithBest {
            mean: own.mean()?,
            interval: (low.min(0.0), high.max(0.0)),
        })
    };
    Ok((0..values.len()).filter_map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_systems_have_the_one_sided_t_interval() {
        // experiments of the paired golden case: d = 0.8, s = 0.244949, n = 10; t(.95, 9) = 1.833113.
        let a = [12.1, 11.4, 13.0, 12.7, 11.9, 12.3, 12.8, 11.6, 12.0, 12.5];
        let b = [11.2, 10.9, 12.1, 11.5, 11.3, 11.4, 12.2, 10.8, 11.5, 11.4];
        let found = with_best(&[a.to_vec(), b.to_vec()], 0.95).unwrap();
        let half = 1.833_113 * 0.244_949 / 10.0_f64.sqrt();
        assert!(found[0].interval.0.abs() < 1e-12);
        assert!((found[0].interval.1 - (0.8 + half)).abs() < 1e-6);
        assert!((found[1].interval.0 + 0.8 + half).abs() < 1e-6);
        assert_eq!(
            (found[0].may_be_best(), found[1].may_be_best()),
            (true, false)
        );
    }

    #[test]
    fn what_is_close_cannot_be_separated() {
        let noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0.0, -0.1, 0.1];
        let list = |mean: f64, sign: f64| noise.iter().map(|e| mean + sign * e).collect::<Vec<_>>();
        let found = with_best(&[list(1.0, 1.0), list(1.02, -1.0), list(-3.0, 1.0)], 0.95).unwrap();
        let may: Vec<bool> = found.iter().map(WithBest::may_be_best).collect();
        assert_eq!(may, [true, true, false]);
        assert!(with_best(&[list(1.0, 1.0), vec![1.0]], 0.95).is_err());
    }
}
