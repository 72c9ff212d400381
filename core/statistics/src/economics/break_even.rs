//! Break-even points (omslagpunten): where a balance changes its sign along one quantity.

use crate::Refused;

/// How closely to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scan {
    /// Equidistant points of the first scan, both ends included; 2 or more.
    pub points: usize,
    /// Width of a bracket at which halving ends, as a share of the range.
    pub narrow: f64,
    /// Most halvings of a bracket.
    pub halvings: u32,
}

impl Scan {
    /// For a balance that takes new runs at every value: a hundredth of the range, which is less than
    /// what chance leaves open in any number of runs that people wait for.
    pub fn by_runs() -> Self {
        Self {
            narrow: 1e-2,
            ..Self::default()
        }
    }
}

impl Default for Scan {
    /// Nine points, a thousandth of the range, 40 halvings.
    fn default() -> Self {
        Self {
            points: 9,
            narrow: 1e-3,
            halvings: 40,
        }
    }
}

/// A change of sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Middle of the bracket.
    pub at: f64,
    /// Ends of the bracket: the sign differs between them.
    pub bracket: (f64, f64),
    /// From negative to positive.
    pub rises: bool,
}

/// Where a balance turns within a range.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// Range that was looked at.
    pub range: (f64, f64),
    /// Every change of sign that was found, ascending; none is a finding, no failure.
    pub crossings: Vec<Crossing>,
    /// Whether the balance is above 0 at the first point that is not 0; `None`: 0 throughout.
    pub positive_first: Option<bool>,
    /// Points at which there was no balance.
    pub failed: Vec<f64>,
}

/// Every change of sign of `balance` within a range.
///
/// `balance` must be a fixed function: play every point with the same chance. A balance of exactly 0
/// takes the sign before it, and a point without a balance is passed over. Two changes between
/// neighbouring points of the scan hide each other.
///
/// # Errors
/// An empty range, fewer than two points, no point with a balance.
pub fn break_even(
    range: (f64, f64),
    scan: Scan,
    mut balance: impl FnMut(f64) -> Option<f64>,
) -> Result<BreakEven, Refused> {
    let (low, high) = range;
    if !(low.is_finite() && high.is_finite() && low < high) {
        let what = "the quantity";
        return Err(Refused::EmptyRange { what, low, high });
    }
    crate::error::at_least(2, scan.points, "points of the scan")?;
    let mut found = BreakEven {
        range,
        crossings: Vec::new(),
        positive_first: None,
        failed: Vec::new(),
    };
    let mut last: Option<(f64, bool)> = None;
    for point in 0..scan.points {
        let x = low + (high - low) * point as f64 / (scan.points - 1) as f64;
        let Some(value) = balance(x).filter(|value| value.is_finite()) else {
            found.failed.push(x);
            continue;
        };
        if value == 0.0 {
            continue;
        }
        let positive = value > 0.0;
        found.positive_first.get_or_insert(positive);
        if let Some((from, was)) = last
            && was != positive
        {
            let width = scan.narrow * (high - low);
            let bracket = halved(&mut balance, (from, x), positive, width, scan.halvings);
            found.crossings.push(Crossing {
                at: f64::midpoint(bracket.0, bracket.1),
                bracket,
                rises: positive,
            });
        }
        last = Some((x, positive));
    }
    crate::error::at_least(1, scan.points - found.failed.len(), "points with a balance")?;
    Ok(found)
}

/// Halves a bracket until it is `width` wide, or until its middle has no balance.
fn halved(
    balance: &mut impl FnMut(f64) -> Option<f64>,
    (mut from, mut to): (f64, f64),
    rises: bool,
    width: f64,
    halvings: u32,
) -> (f64, f64) {
    for _ in 0..halvings {
        if to - from <= width {
            break;
        }
        let middle = f64::midpoint(from, to);
        match balance(middle).filter(|value| value.is_finite()) {
            Some(value) if (value > 0.0) == rises => to = middle,
            Some(_) => from = middle,
            None => break,
        }
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossings(range: (f64, f64), f: impl Fn(f64) -> f64) -> Vec<Crossing> {
        break_even(range, Scan::default(), |x| Some(f(x)))
            .unwrap()
            .crossings
    }

    #[test]
    fn both_roots_of_a_known_function_are_found() {
        // (x - 1)(x - 3): positive, negative, positive.
        let found = crossings((0.0, 4.1), |x| (x - 1.0) * (x - 3.0));
        assert_eq!(found.len(), 2);
        assert!((found[0].at - 1.0).abs() < 0.0041 && !found[0].rises);
        assert!((found[1].at - 3.0).abs() < 0.0041 && found[1].rises);
        assert!(found[1].bracket.0 <= 3.0 && 3.0 <= found[1].bracket.1);
    }

    #[test]
    fn a_root_on_the_grid_is_found_once_and_a_touch_is_no_crossing() {
        let found = crossings((0.0, 4.0), |x| x - 2.0);
        assert_eq!(found.len(), 1);
        assert!((found[0].at - 2.0).abs() < 0.004);
        assert!(crossings((0.0, 4.0), |x| (x - 2.0) * (x - 2.0)).is_empty());
        assert!(crossings((0.0, 4.0), |_| -1.0).is_empty());
    }

    #[test]
    fn the_share_of_the_effect_at_which_the_golden_plan_pays() {
        // 15,000 a year for ten years at 2.25 % against 100,000.
        let annuity = super::super::annuity(0.0225, 10);
        let fine = Scan {
            narrow: 1e-9,
            ..Scan::default()
        };
        let balance = |share: f64| Some(share * 15_000.0 * annuity - 100_000.0);
        let found = break_even((0.0, 2.0), fine, balance).unwrap();
        assert!((found.crossings[0].at - 0.751918).abs() < 1e-6);
        assert_eq!(found.positive_first, Some(false));
    }

    #[test]
    fn points_without_a_balance_are_passed_over_and_named() {
        let gap = |x: f64| ((x - 2.0).abs() > 1e-9).then_some(x - 1.7);
        let found = break_even((0.0, 4.0), Scan::default(), gap).unwrap();
        assert_eq!(found.failed, [2.0]);
        assert!(found.crossings[0].bracket.0 <= 1.7 && 1.7 <= found.crossings[0].bracket.1);
        assert!(break_even((0.0, 4.0), Scan::default(), |_| None).is_err());
        let empty = break_even((4.0, 4.0), Scan::default(), Some).unwrap_err();
        assert!(matches!(empty, Refused::EmptyRange { .. }));
    }
}
