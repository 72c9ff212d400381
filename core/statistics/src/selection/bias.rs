//! Selection bias: the best of several equal, noisy means looks better than it is.

use crate::{normal_below, normal_density};

/// Half of the interval that is integrated over, in standard deviations, and its cells.
const REACH: f64 = 9.0;
const CELLS: u32 = 1800;

/// Expected largest of `count` independent standard normals: e₂ = 0.5642, e₁₀ = 1.5388.
///
/// k ∫ x φ(x) Φ(x)^(k-1) dx, by Simpson's rule; `None` without any.
pub fn expected_maximum(count: u32) -> Option<f64> {
    let above = count.checked_sub(1)?;
    let width = 2.0 * REACH / f64::from(CELLS);
    let density = |cell: u32| {
        let x = width.mul_add(f64::from(cell), -REACH);
        f64::from(count) * x * normal_density(x) * normal_below(x).powf(f64::from(above))
    };
    let weight = |cell: u32| match cell {
        0 | CELLS => 1.0,
        cell if cell.is_multiple_of(2) => 2.0,
        _ => 4.0,
    };
    let sum: f64 = (0..=CELLS).map(|cell| weight(cell) * density(cell)).sum();
    Some(sum * width / 3.0)
}

/// How much too high the best of `count` means of equal worth is expected to be, given the standard
/// error of their paired differences, in its unit; `None` without any.
///
/// It also inflates regret and the value of information. It matters when it is more than 5 % of the
/// reported number: then add replications, or choose on one half and report the other.
pub fn selection_bias(count: u32, standard_error: f64) -> Option<f64> {
    Some(expected_maximum(count)? * standard_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expected_maxima_are_the_tabulated_ones() {
        for (count, expected) in [
            (1, 0.0),
            (2, 0.5642),
            (3, 0.8463),
            (5, 1.1630),
            (10, 1.5388),
        ] {
            let found = expected_maximum(count).unwrap();
            assert!((found - expected).abs() < 5e-5, "{count}: {found}");
        }
        assert!((selection_bias(2, 3.0).unwrap() - 3.0 / std::f64::consts::PI.sqrt()).abs() < 1e-9);
        assert_eq!(expected_maximum(0), None);
    }
}
