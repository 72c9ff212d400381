//! The nearest plausible failure: the combination of values at which the thing fails that is least
//! far from what is expected.
//!
//! In the space where the inputs are independent with unit spread, rays in many directions look for
//! a failure; from each that is found Nelder-Mead walks down the distance, with a penalty for
//! standing; the best failure met is drawn in along its ray to the border.

use super::plausibility::{Plausibility, size};
use super::ray::{Ray, ray};
use crate::economics::Scan;
use crate::{Keyed, Refused, normal_quantile};
use argmin::core::{CostFunction, Error, Executor};
use argmin::solver::neldermead::NelderMead;
use std::cell::RefCell;

/// First step of the walk, as a share of the distance.
const FIRST_STEP: f64 = 0.25;
/// Spread of the walk's costs below which nothing more is to be gained, in standard deviations.
const SETTLED: f64 = 1e-4;
/// Weight of standing: how many times the distance at the start.
const PENALTY: f64 = 10.0;
/// Cost of a point that could not be played.
const UNPLAYED: f64 = 1e9;

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestOptions {
    /// Directions of chance to start from, beside each input alone in both directions.
    pub restarts: u32,
    /// Most steps of each walk; a step plays one or two points.
    pub steps: u64,
    /// How far to look, in standard deviations.
    pub reach: f64,
    /// Key of the directions.
    pub key: Keyed,
}

impl NearestOptions {
    /// 20 directions, 200 steps, six standard deviations.
    pub fn keyed(key: Keyed) -> Self {
        Self {
            restarts: 20,
            steps: 200,
            reach: 6.0,
            key,
        }
    }
}

/// The nearest failure that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// Values of the inputs.
    pub values: Vec<f64>,
    /// Mahalanobis distance from the expected values.
    pub distance: f64,
    /// Φ(-distance), see [`Plausibility::tail`].
    pub tail: f64,
    /// Points played.
    pub played: usize,
}

/// The nearest values at which `margin` is not above 0; `None` when none was found within reach. A
/// point that has no margin is passed over.
///
/// # Errors
/// No input, no reach, or an expectation that fails by itself: there is nothing to look for.
pub fn nearest_failure(
    plausibility: &Plausibility,
    options: &NearestOptions,
    mut margin: impl FnMut(&[f64]) -> Option<f64>,
) -> Result<Option<Nearest>, Refused> {
    let inputs = plausibility.inputs();
    crate::error::at_least(1, inputs, "inputs")?;
    let origin = vec![0.0; inputs];
    let expected = margin(&plausibility.values(&origin)).filter(|margin| margin.is_finite());
    let scale = expected.ok_or(Refused::TooFew {
        what: "runs at the expected values that came to an end",
        found: 0,
        needed: 1,
    })?;
    if scale <= 0.0 {
        return Err(Refused::FailsAlready { margin: scale });
    }
    let search = Search {
        plausibility,
        scale,
        found: RefCell::new(Found {
            margin: &mut margin,
            best: None,
            played: 1,
        }),
    };
    for direction in starts(inputs, options) {
        let Some(start) = search.along(&direction, options.reach)? else {
            continue;
        };
        search.walk(&start, options.steps);
    }
    let best = search.found.borrow().best.clone();
    let Some(best) = best else {
        return Ok(None);
    };
    // What was met may lie beyond the border.
    let drawn_in = search.along(&unit(&best), size(&best))?;
    let point = drawn_in
        .filter(|point| size(point) < size(&best))
        .unwrap_or(best);
    let distance = size(&point);
    Ok(Some(Nearest {
        values: plausibility.values(&point),
        distance,
        tail: Plausibility::tail(distance),
        played: search.found.borrow().played,
    }))
}

/// Directions of length 1: each input both ways, then those of chance.
fn starts(inputs: usize, options: &NearestOptions) -> Vec<Vec<f64>> {
    let axis = |at: usize, way: f64| {
        let mut direction = vec![0.0; inputs];
        direction[at] = way;
        direction
    };
    let chance = |number: u32| {
        let mut random = options.key.part(number);
        let draw = |_| normal_quantile(random.uniform()).unwrap_or_default();
        unit(&(0..inputs).map(draw).collect::<Vec<_>>())
    };
    (0..inputs)
        .flat_map(|at| [axis(at, 1.0), axis(at, -1.0)])
        .chain((0..options.restarts).map(chance))
        .collect()
}

fn unit(point: &[f64]) -> Vec<f64> {
    let length = size(point);
    point.iter().map(|z| z / length).collect()
}

fn at(direction: &[f64], distance: f64) -> Vec<f64> {
    direction.iter().map(|z| z * distance).collect()
}

struct Found<'a> {
    margin: &'a mut dyn FnMut(&[f64]) -> Option<f64>,
    /// Failure with the least distance.
    best: Option<Vec<f64>>,
    played: usize,
}

struct Search<'a> {
    plausibility: &'a Plausibility,
    /// Margin at the expected values.
    scale: f64,
    found: RefCell<Found<'a>>,
}

impl Search<'_> {
    /// Plays a point, and remembers it when it is the nearest failure so far.
    fn play(&self, point: &[f64]) -> Option<f64> {
        let found = &mut *self.found.borrow_mut();
        found.played += 1;
        let margin = (found.margin)(&self.plausibility.values(point)).filter(|m| m.is_finite())?;
        let is_nearer = |best: &Vec<f64>| size(point) < size(best);
        if margin <= 0.0 && found.best.as_ref().is_none_or(is_nearer) {
            found.best = Some(point.to_vec());
        }
        Some(margin)
    }

    /// The first failure along a direction, at the far end of its bracket.
    fn along(&self, direction: &[f64], reach: f64) -> Result<Option<Vec<f64>>, Refused> {
        let found = ray(reach, Scan::default(), |distance| {
            self.play(&at(direction, distance))
        })?;
        Ok(match found {
            Ray::Critical(crossing) => Some(at(direction, crossing.bracket.1)),
            Ray::Stands | Ray::FailsAtOnce => None,
        })
    }

    /// Walks down from a failure; what it meets is remembered.
    fn walk(&self, start: &[f64], steps: u64) {
        let distance = size(start);
        let corner = |at: usize| {
            let mut point = start.to_vec();
            point[at] += FIRST_STEP * distance;
            point
        };
        let corners = std::iter::once(start.to_vec()).chain((0..start.len()).map(corner));
        let walk = Walk {
            search: self,
            weight: PENALTY * distance,
        };
        let solver = NelderMead::new(corners.collect());
        if let Ok(solver) = solver.with_sd_tolerance(SETTLED) {
            // How the walk ends does not matter: the nearest failure that it met does.
            let _ended = Executor::new(walk, solver)
                .configure(|state| state.max_iters(steps))
                .run();
        }
    }
}

struct Walk<'a, 'b> {
    search: &'a Search<'b>,
    weight: f64,
}

impl CostFunction for Walk<'_, '_> {
    type Param = Vec<f64>;
    type Output = f64;

    /// Distance, and what it costs to stand, in parts of the margin at the expected values.
    fn cost(&self, point: &Vec<f64>) -> Result<f64, Error> {
        let Some(margin) = self.search.play(point) else {
            return Ok(UNPLAYED);
        };
        let stands = margin.max(0.0) / self.search.scale;
        Ok(size(point) + self.weight * stands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(
        plausibility: &Plausibility,
        margin: impl FnMut(&[f64]) -> Option<f64>,
    ) -> Option<Nearest> {
        let options = NearestOptions::keyed(Keyed::new(1, 0));
        nearest_failure(plausibility, &options, margin).unwrap()
    }

    #[test]
    fn a_flat_border_in_closed_form() {
        let plain = Plausibility::independent(vec![0.0, 0.0], &[1.0, 1.0]).unwrap();
        let found = look(&plain, |x| Some(10.0 - 3.0 * x[0] - 4.0 * x[1])).unwrap();
        assert!((found.distance - 2.0).abs() < 0.01, "{found:?}");
        assert!((found.values[0] - 1.2).abs() < 0.05 && (found.values[1] - 1.6).abs() < 0.05);
        assert!((found.tail - 0.022750).abs() < 1e-3);
        let covariance = [vec![1.0, 0.5], vec![0.5, 1.0]];
        let together = Plausibility::new(vec![0.0, 0.0], &covariance).unwrap();
        let found = look(&together, |x| Some(3.0 - x[0] - x[1])).unwrap();
        assert!((found.distance - 3.0_f64.sqrt()).abs() < 0.01, "{found:?}");
        assert!((found.values[0] - 1.5).abs() < 0.05 && (found.values[1] - 1.5).abs() < 0.05);
    }

    #[test]
    fn the_nearer_of_two_failures_is_found() {
        // Fails above 3 in the first input and below -2 in the second, which is wider.
        let plain = Plausibility::independent(vec![0.0, 0.0, 0.0], &[1.0, 4.0, 1.0]).unwrap();
        let margin = |x: &[f64]| Some((3.0 - x[0]).min(2.0 + x[1]));
        let found = look(&plain, margin).unwrap();
        assert!((found.distance - 0.5).abs() < 0.01, "{found:?}");
        assert!((found.values[1] + 2.0).abs() < 0.05);
    }

    #[test]
    fn what_cannot_fail_is_not_found_and_what_has_failed_is_refused() {
        let plain = Plausibility::independent(vec![0.0], &[1.0]).unwrap();
        assert_eq!(look(&plain, |_| Some(1.0)), None);
        let options = NearestOptions::keyed(Keyed::new(1, 0));
        let failed = nearest_failure(&plain, &options, |_| Some(-1.0));
        assert_eq!(failed, Err(Refused::FailsAlready { margin: -1.0 }));
        assert!(nearest_failure(&plain, &options, |_| None).is_err());
        let mut calls = 0;
        let found = look(&plain, |x| {
            calls += 1;
            (calls % 7 != 0).then_some(2.0 - x[0])
        });
        assert!((found.unwrap().distance - 2.0).abs() < 0.1);
    }
}
