//! Ishigami's function: the usual test of sensitivity methods, with indices in closed form.

use std::f64::consts::PI;

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁, of a point of the unit cube, each x on -π..π.
pub(crate) fn ishigami(point: &[f64]) -> f64 {
    let x = |at: usize| PI * (2.0 * point[at] - 1.0);
    x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
}

/// First-order indices.
pub(crate) const FIRST: [f64; 3] = [0.313905, 0.442411, 0.0];
/// Total indices.
pub(crate) const TOTAL: [f64; 3] = [0.557589, 0.442411, 0.243684];
