//! Rays: one shock or a pair of them made worse until the thing fails.

use crate::Refused;
use crate::economics::{Crossing, Scan, break_even};

/// What lies along a ray.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ray {
    /// It stands at every severity that was looked at.
    Stands,
    /// It fails without the shock already.
    FailsAtOnce,
    /// It fails from here on: the first crossing that falls.
    Critical(Crossing),
}

/// The critical severity between 0 and `most`, by scan and halving of the margin.
///
/// # Errors
/// No severity above 0, or no severity with a margin.
pub fn ray(most: f64, scan: Scan, margin: impl FnMut(f64) -> Option<f64>) -> Result<Ray, Refused> {
    let found = break_even((0.0, most), scan, margin)?;
    if found.positive_first == Some(false) {
        return Ok(Ray::FailsAtOnce);
    }
    let falls = found.crossings.iter().find(|crossing| !crossing.rises);
    Ok(falls.map_or(Ray::Stands, |crossing| Ray::Critical(*crossing)))
}

/// Shocks to make worse together: each alone, then each pair.
pub fn directions(shocks: usize) -> Vec<Vec<usize>> {
    let alone = (0..shocks).map(|shock| vec![shock]);
    let pairs = (0..shocks).flat_map(|a| (a + 1..shocks).map(move |b| vec![a, b]));
    alone.chain(pairs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fall_is_critical() {
        let look = |margin: fn(f64) -> f64| ray(2.0, Scan::default(), |s| Some(margin(s))).unwrap();
        let Ray::Critical(crossing) = look(|s| 1.0 - s) else {
            panic!("it fails at 1");
        };
        assert!((crossing.at - 1.0).abs() < 0.002);
        assert_eq!(look(|s| 3.0 - s), Ray::Stands);
        assert_eq!(look(|s| s - 1.0), Ray::FailsAtOnce);
        assert!(ray(0.0, Scan::default(), Some).is_err());
    }

    #[test]
    fn each_alone_then_each_pair() {
        assert_eq!(
            directions(3),
            [
                vec![0],
                vec![1],
                vec![2],
                vec![0, 1],
                vec![0, 2],
                vec![1, 2]
            ]
        );
    }
}
