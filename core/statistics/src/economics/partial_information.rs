//! Expected value of partial perfect information (EVPPI): what knowing one parameter is worth.
//!
//! Strong and Oakley (2014): regress each net benefit on the parameter, then
//! EVPPI = E[max over strategies of the fit] - max over strategies of E[the fit]. The regression is a
//! restricted cubic spline with five knots (at 5, 27.5, 50, 72.5 and 95 %, Harrell), a straight line
//! beyond the outer ones. It needs no further runs: the draws of a probabilistic analysis will do.

use super::acceptability::highest;
use crate::cholesky::Cholesky;
use crate::error::{all_finite, as_long_as, at_least};
use crate::{Moments, Refused, sorted_finite};

const KNOTS: [f64; 5] = [0.05, 0.275, 0.5, 0.725, 0.95];
/// Draws needed per column of the regression.
const DRAWS: usize = 50;

/// What it is worth to know a parameter before choosing, in the unit of the benefits, 0 or more.
///
/// `parameter` has a value per draw; `net_benefits` is strategies by draws, averaged over the
/// replications of a draw. Noise that is left inflates it.
///
/// # Errors
/// Fewer than two strategies or 50 draws, lists of different length, a value that is no number, a
/// parameter that never varies.
pub fn value_of_knowing(parameter: &[f64], net_benefits: &[Vec<f64>]) -> Result<f64, Refused> {
    at_least(2, net_benefits.len(), "strategies")?;
    at_least(DRAWS, parameter.len(), "draws")?;
    all_finite(parameter, "the parameter")?;
    for row in net_benefits {
        as_long_as(parameter.len(), row.len(), "draws of a strategy")?;
        all_finite(row, "net benefits")?;
    }
    let basis = basis(parameter)?;
    let fits: Option<Vec<Vec<f64>>> = net_benefits.iter().map(|row| fit(&basis, row)).collect();
    let fits = fits.ok_or(Refused::NeverVaries {
        what: "the parameter",
    })?;
    let best_of = |draw: usize| {
        fits.iter()
            .map(|fit| fit[draw])
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let draws = parameter.len();
    let means: Vec<f64> = fits
        .iter()
        .map(|fit| fit.iter().sum::<f64>() / draws as f64)
        .collect();
    let best = means[highest(&means)];
    let knowing = (0..draws).map(best_of).sum::<f64>() / draws as f64;
    // At least 0 by its definition; what is below is rounding.
    Ok((knowing - best).max(0.0))
}

/// Rows of the regression: 1, x and the spline's terms, x scaled to mean 0 and sd 1.
fn basis(parameter: &[f64]) -> Result<Vec<Vec<f64>>, Refused> {
    let moments: Moments = parameter.iter().copied().collect();
    let (mean, sd) = moments
        .mean()
        .zip(moments.variance().map(f64::sqrt))
        .filter(|(mean, sd)| !crate::moments::is_rounding(sd * sd, *mean))
        .ok_or(Refused::NeverVaries {
            what: "the parameter",
        })?;
    let scaled: Vec<f64> = parameter.iter().map(|x| (x - mean) / sd).collect();
    let sorted = sorted_finite(scaled.iter().copied());
    // Knots are draws, so that a parameter with few values has no more knots than values.
    let at = |p: &f64| sorted[(p * (sorted.len() - 1) as f64).round() as usize];
    let mut knots: Vec<f64> = KNOTS.iter().map(at).collect();
    knots.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    Ok(scaled.iter().map(|&x| row(x, &knots)).collect())
}

/// One row: a parameter with few values has fewer knots, and with fewer than three a straight line.
fn row(x: f64, knots: &[f64]) -> Vec<f64> {
    let mut row = vec![1.0, x];
    if let [first, .., before, last] = *knots {
        let cube = |knot: f64| (x - knot).max(0.0).powi(3);
        let inner = &knots[..knots.len() - 2];
        let term = |&knot: &f64| {
            let bend = cube(knot) - cube(before) * (last - knot) / (last - before)
                + cube(last) * (before - knot) / (last - before);
            bend / (last - first).powi(2)
        };
        row.extend(inner.iter().map(term));
    }
    row
}

/// Least squares; `None` when the columns depend on each other.
fn fit(basis: &[Vec<f64>], values: &[f64]) -> Option<Vec<f64>> {
    let columns = basis.first()?.len();
    let sum = |f: &dyn Fn(usize) -> f64| (0..basis.len()).map(f).sum::<f64>();
    let normal: Vec<Vec<f64>> = (0..columns)
        .map(|i| {
            (0..columns)
                .map(|j| sum(&|at| basis[at][i] * basis[at][j]))
                .collect()
        })
        .collect();
    let right: Vec<f64> = (0..columns)
        .map(|i| sum(&|at| basis[at][i] * values[at]))
        .collect();
    let weights = Cholesky::new(&normal)?.solve(&right);
    let predict = |row: &Vec<f64>| row.iter().zip(&weights).map(|(x, w)| x * w).sum();
    Some(basis.iter().map(predict).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::halton::halton;
    use crate::normal_quantile;

    fn draws(count: u32, base: u32) -> Vec<f64> {
        (1..=count)
            .map(|at| normal_quantile(halton(at, base)).unwrap())
            .collect()
    }

    #[test]
    fn golden_case_of_two_parameters() {
        // Gain 1000 + 3000 X + 2000 Y: EVPPI of X 762.708, of Y 395.593 in closed form.
        let (x, y) = (draws(20_000, 2), draws(20_000, 3));
        let gain: Vec<f64> = x
            .iter()
            .zip(&y)
            .map(|(x, y)| 1000.0 + 3000.0 * x + 2000.0 * y)
            .collect();
        let table = [vec![0.0; gain.len()], gain];
        for (parameter, expected) in [(&x, 762.708), (&y, 395.593)] {
            let found = value_of_knowing(parameter, &table).unwrap();
            assert!((found / expected - 1.0).abs() < 0.02, "{found} {expected}");
        }
        let other = draws(20_000, 5);
        assert!(value_of_knowing(&other, &table).unwrap() < 10.0);
    }

    #[test]
    fn a_bend_is_followed() {
        // Gain x² - 1: knowing x is worth E[max(0, x² - 1)] = 2 φ(1) = 0.48394; the spline is
        // straight in the tails, where x² is not.
        let x = draws(20_000, 2);
        let gain: Vec<f64> = x.iter().map(|x| x * x - 1.0).collect();
        let found = value_of_knowing(&x, &[vec![0.0; gain.len()], gain]).unwrap();
        assert!((found - 0.48394).abs() < 0.03, "{found}");
    }

    #[test]
    fn a_switch_is_a_line_and_a_constant_is_refused() {
        let switch: Vec<f64> = (0..100).map(|at| f64::from(at % 2)).collect();
        let gain: Vec<f64> = switch.iter().map(|s| 2.0 * s - 1.0).collect();
        let table = [vec![0.0; 100], gain];
        assert!((value_of_knowing(&switch, &table).unwrap() - 0.5).abs() < 1e-9);
        let refused = value_of_knowing(&[0.1; 100], &table).unwrap_err();
        assert!(matches!(refused, Refused::NeverVaries { .. }));
        assert!(value_of_knowing(&switch[..10], &table).is_err());
    }
}
