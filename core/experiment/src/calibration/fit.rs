//! The fit: Nelder-Mead over the free numbers, each on its own range, with the same chance for every
//! set of them.

use super::places::{range, set};
use super::{CalibrationError, WatchOptions, miss, simulate};
use argmin::core::{CostFunction, Error, Executor};
use argmin::solver::neldermead::NelderMead;
use std::cell::RefCell;
use std::ops::Range;
use zalm_scenario::{Free, Scenario, Targets};

/// Part of a plausible range by which each number is moved at first.
const FIRST_STEP: f64 = 0.3;
/// Spread of misses in the simplex below which nothing more is to be gained.
const SETTLED: f64 = 1e-5;
/// Cost of stepping out of a plausible range by all of it.
const OUTSIDE: f64 = 10.0;
/// Part of a range that counts as its end.
const EDGE: f64 = 0.01;

/// How to fit.
#[derive(Clone)]
pub struct FitOptions<'a> {
    /// How to watch.
    pub watch: WatchOptions<'a>,
    /// Replications on which the misses are measured.
    pub replications: Range<u32>,
    /// Most evaluations of a set of numbers.
    pub evaluations: usize,
    /// Called after every evaluation with how many were done.
    pub progress: &'a dyn Fn(usize),
}

/// A free number before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Path of its figure in a scenario.
    pub path: String,
    /// Value before.
    pub old: f64,
    /// Value after.
    pub new: f64,
    /// Plausible range.
    pub low: f64,
    /// Plausible range.
    pub high: f64,
    /// Whether the fit wanted to go on beyond the range.
    pub at_bound: bool,
}

/// What a fit found.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The scenario with the fitted numbers.
    pub scenario: Scenario,
    /// Every free number.
    pub moved: Vec<Moved>,
    /// Weighted sum of squared relative misses, on the replications of the fit.
    pub before: f64,
    /// The same after.
    pub after: f64,
    /// Evaluations done.
    pub evaluations: usize,
}

/// Moves the free numbers until the weighted squared relative misses are smallest.
///
/// The same input gives the same fit, whatever the threads.
///
/// # Errors
/// When it is stopped, when a name is unknown, or when a run fails.
pub fn fit(
    scenario: &Scenario,
    targets: &Targets,
    options: &FitOptions<'_>,
) -> Result<Fit, CalibrationError> {
    let axes = axes(scenario, targets)?;
    if axes.is_empty() {
        return Err(CalibrationError::Unknown("no number is free".to_owned()));
    }
    let start: Vec<f64> = axes.iter().map(|axis| axis.place(axis.old)).collect();
    let search = Search {
        scenario,
        targets,
        options,
        axes: &axes,
        start: &start,
        found: RefCell::default(),
    };
    let before = search.misses(&start)?;
    let solver = NelderMead::new(simplex(&start))
        .with_sd_tolerance(SETTLED)
        .map_err(|error| CalibrationError::Failed(error.to_string()))?;
    let ended = Executor::new(&search, solver)
        .configure(|state| state.max_iters(options.evaluations as u64))
        .run()
        .map(drop);
    let found = search.found.take();
    // Without trouble, an error only says that the evaluations are used up.
    if let (Err(_), Some(trouble)) = (ended, found.trouble) {
        return Err(trouble);
    }
    let (best, after) = match found.best {
        Some((point, cost)) if cost < before => {
            let after = search.misses(&point)?;
            (point, after)
        }
        _ => (start.clone(), before),
    };
    Ok(Fit {
        scenario: search.with(&best),
        moved: axes
            .iter()
            .zip(&best)
            .map(|(axis, &at)| axis.moved(at))
            .collect(),
        before,
        after,
        evaluations: found.evaluations,
    })
}

/// The present point, and one more for each number: a step towards the farther end of its range.
fn simplex(start: &[f64]) -> Vec<Vec<f64>> {
    let step = |at: usize| {
        let mut point = start.to_vec();
        point[at] += if point[at] > 0.5 {
            -FIRST_STEP
        } else {
            FIRST_STEP
        };
        point
    };
    std::iter::once(start.to_vec())
        .chain((0..start.len()).map(step))
        .collect()
}

/// A free number with its range; places on it run from 0 at the low end to 1 at the high end, in
/// proportion, so that halving and doubling weigh the same.
struct Axis {
    free: Free,
    old: f64,
    low: f64,
    high: f64,
}

fn axes(scenario: &Scenario, targets: &Targets) -> Result<Vec<Axis>, CalibrationError> {
    let axis = |free: &Free| {
        let name = free.path();
        let unknown = || CalibrationError::Unknown(format!("the scenario has no {name}"));
        let [old, low, high] = range(scenario, free).ok_or_else(unknown)?;
        if !(0.0 < low && low < high) {
            let text = format!("{name}: {low} to {high} is no range that a fit can use");
            return Err(CalibrationError::Unknown(text));
        }
        let free = free.clone();
        Ok(Axis {
            free,
            old,
            low,
            high,
        })
    };
    targets.free.iter().map(axis).collect()
}

impl Axis {
    fn place(&self, value: f64) -> f64 {
        ((value / self.low).ln() / (self.high / self.low).ln()).clamp(0.0, 1.0)
    }

    /// The value at a place, to four digits, so that it can be written down as it was used.
    fn value(&self, place: f64) -> f64 {
        let value = self.low * (self.high / self.low).powf(place.clamp(0.0, 1.0));
        let digits = 10_f64.powi(3 - value.log10().floor() as i32);
        ((value * digits).round() / digits).clamp(self.low, self.high)
    }

    fn moved(&self, place: f64) -> Moved {
        Moved {
            path: self.free.path(),
            old: self.old,
            new: self.value(place),
            low: self.low,
            high: self.high,
            at_bound: !(EDGE..=1.0 - EDGE).contains(&place),
        }
    }
}

/// What the search has found so far.
#[derive(Default)]
struct Found {
    best: Option<(Vec<f64>, f64)>,
    evaluations: usize,
    trouble: Option<CalibrationError>,
}

struct Search<'a> {
    scenario: &'a Scenario,
    targets: &'a Targets,
    options: &'a FitOptions<'a>,
    axes: &'a [Axis],
    start: &'a [f64],
    found: RefCell<Found>,
}

impl Search<'_> {
    fn with(&self, point: &[f64]) -> Scenario {
        let mut scenario = self.scenario.clone();
        for (axis, &place) in self.axes.iter().zip(point) {
            set(&mut scenario, &axis.free, axis.value(place));
        }
        scenario
    }

    /// Weighted sum of squared relative misses; a statistic that has no value misses wholly.
    fn misses(&self, point: &[f64]) -> Result<f64, CalibrationError> {
        let replications = self.options.replications.clone();
        let scenario = self.with(point);
        let values = simulate(
            &scenario,
            self.targets,
            replications,
            None,
            self.options.watch,
        )?;
        let one = |(target, value): (&zalm_scenario::Target, Option<f64>)| {
            target.weight * value.map_or(1.0, |value| miss(target, value)).powi(2)
        };
        Ok(self.targets.targets.iter().zip(values).map(one).sum())
    }

    /// Misses, and what it costs to leave the ranges and the values that stood.
    fn cost_of(&self, point: &[f64]) -> Result<f64, CalibrationError> {
        let outside: f64 = point
            .iter()
            .map(|at| (at - at.clamp(0.0, 1.0)).powi(2))
            .sum();
        let away = point
            .iter()
            .zip(self.start)
            .map(|(at, from)| (at - from).powi(2));
        let pull = self.targets.pull * away.sum::<f64>();
        Ok(self.misses(point)? + OUTSIDE * outside + pull)
    }
}

impl CostFunction for &Search<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, point: &Vec<f64>) -> Result<f64, Error> {
        let mut found = self.found.borrow_mut();
        if found.evaluations >= self.options.evaluations {
            return Err(Error::msg("as many evaluations as were asked"));
        }
        let cost = match self.cost_of(point) {
            Ok(cost) => cost,
            Err(trouble) => {
                found.trouble = Some(trouble);
                return Err(Error::msg("a run could not go on"));
            }
        };
        found.evaluations += 1;
        (self.options.progress)(found.evaluations);
        if found.best.as_ref().is_none_or(|(_, least)| cost < *least) {
            found.best = Some((point.clone(), cost));
        }
        Ok(cost)
    }
}
