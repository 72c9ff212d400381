//! What a shock does to a path: how deep, when, how long, and when a threshold is first broken.

use crate::Refused;
use crate::error::{all_finite, as_long_as, at_least};

/// Severities of a ladder: none, half of the shock, the shock, and more.
pub const SEVERITIES: [f64; 5] = [0.0, 0.5, 1.0, 1.5, 2.0];

/// First time, from 0, at which a path is below `threshold`; `None` when it never is.
pub fn first_breach(path: &[f64], threshold: f64) -> Option<usize> {
    path.iter().position(|value| *value < threshold)
}

/// What is left of a path under a shock, against the path without it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scar {
    /// Largest shortfall, in the unit of the path; 0 without any.
    pub trough: f64,
    /// Time of it, from 0; `None` without a shortfall.
    pub trough_at: Option<usize>,
    /// First time after the trough from which the shortfall stays within the tolerance; `None`
    /// without a shortfall, or when it never recovers.
    pub recovered_at: Option<usize>,
    /// Sum of all shortfalls: what is lost, in the unit of the path times its step of time.
    pub area: f64,
}

/// The scar of `stressed` against `base`, higher being better; a shortfall up to `tolerance` counts
/// as recovered.
///
/// # Errors
/// Empty paths, paths of different length, a value that is no number.
pub fn scar(base: &[f64], stressed: &[f64], tolerance: f64) -> Result<Scar, Refused> {
    at_least(1, base.len(), "points of a path")?;
    as_long_as(base.len(), stressed.len(), "points of the stressed path")?;
    all_finite(base, "the path")?;
    all_finite(stressed, "the stressed path")?;
    let short: Vec<f64> = base
        .iter()
        .zip(stressed)
        .map(|(b, s)| (b - s).max(0.0))
        .collect();
    let trough = short.iter().copied().fold(0.0, f64::max);
    let is_trough = |shortfall: &f64| shortfall.total_cmp(&trough).is_eq();
    let trough_at = (trough > tolerance)
        .then(|| short.iter().position(is_trough))
        .flatten();
    let after_last = short
        .iter()
        .rposition(|shortfall| *shortfall > tolerance)
        .map(|last| last + 1);
    Ok(Scar {
        trough,
        trough_at,
        recovered_at: after_last.filter(|at| trough_at.is_some() && *at < short.len()),
        area: short.iter().sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dip_that_heals() {
        let found = scar(&[10.0; 6], &[10.0, 7.0, 4.0, 8.0, 9.9, 11.0], 0.5).unwrap();
        assert!((found.trough - 6.0).abs() < 1e-12 && (found.area - 11.1).abs() < 1e-9);
        assert_eq!((found.trough_at, found.recovered_at), (Some(2), Some(4)));
    }

    #[test]
    fn what_never_heals_and_what_never_hurts() {
        let lasting = scar(&[10.0; 3], &[10.0, 5.0, 6.0], 0.0).unwrap();
        assert_eq!((lasting.trough_at, lasting.recovered_at), (Some(1), None));
        let none = scar(&[10.0; 3], &[10.0, 11.0, 10.0], 0.0).unwrap();
        assert_eq!((none.trough_at, none.recovered_at), (None, None));
        assert!(scar(&[], &[], 0.0).is_err());
        assert!(scar(&[1.0], &[f64::NAN], 0.0).is_err());
    }

    #[test]
    fn the_first_breach_counts() {
        assert_eq!(first_breach(&[3.0, 1.0, 2.0, 0.0], 1.5), Some(1));
        assert_eq!(first_breach(&[3.0], 1.5), None);
    }
}
