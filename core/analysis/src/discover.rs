//! Scenario discovery: in which part of the plausible space a strategy fails, said in words.
//!
//! A Latin hypercube over the parameters; each draw with the same replications. PRIM (Friedman and
//! Fisher 1999; Bryant and Lempert 2010) peels a box in which failures are dense; a tree (CART) is
//! the second opinion. No draw has a probability: the box says where to look, not how likely it is.

mod design;
mod page;
#[cfg(test)]
mod tests;
mod words;

use crate::play::{Play, Problem};
use crate::threshold::Threshold;
pub use design::Design;
use serde::Serialize;
use zalm_experiment::Keep;
use zalm_scenario::Text;

/// Draws from which a region of failure is told well.
const ADVISED: usize = 1000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What counts as failure, on the mean over replications.
    pub failure: Threshold,
    /// The strategy; the only one beside the null alternative when absent.
    pub strategy: Option<String>,
    /// The stressor under which; the first when absent.
    pub stressor: Option<String>,
    /// Which parameters vary: names, or beginnings with a `*`; all when empty.
    pub vary: Vec<String>,
    /// Draws.
    pub draws: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discovery {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each draw.
    pub replications: usize,
    /// Draws that count.
    pub draws: usize,
    /// Draws left out because a run failed to run.
    pub left_out: usize,
    /// What counts as failure.
    pub failure: Threshold,
    /// The strategy.
    pub strategy: String,
    /// The stressor.
    pub stressor: String,
    /// Numbers that vary.
    pub parameters: usize,
    /// Draws in which the strategy fails.
    pub cases: usize,
    /// The box, as it is told; absent where none is clearly denser than the whole.
    pub found: Option<Found>,
    /// The trade of coverage against density: the whole trajectory.
    pub trade: Vec<Step>,
    /// Leaves of the tree, densest first.
    pub leaves: Vec<Found>,
}

/// A box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Cases in it over all cases.
    pub coverage: f64,
    /// Cases in it over draws in it.
    pub density: f64,
    /// Draws in it over all draws.
    pub mass: f64,
    /// Its limits.
    pub limits: Vec<Bound>,
}

/// The limits of one number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// Name of the parameter.
    pub parameter: String,
    /// Its unit.
    pub unit: &'static str,
    /// At least this, in its unit.
    pub low: Option<f64>,
    /// At most this.
    pub high: Option<f64>,
    /// How likely each limit is by chance; absent for leaves of the tree.
    pub quasi_p: Option<f64>,
    /// Share of half-samples in which the number is limited again; absent for leaves.
    pub returns: Option<f64>,
}

/// A step of the trajectory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Cases in the box over all cases.
    pub coverage: f64,
    /// Cases in the box over draws in it.
    pub density: f64,
    /// Draws in the box over all draws.
    pub mass: f64,
    /// Numbers that are limited.
    pub limited: usize,
}

/// Plays the draws and looks where the strategy fails.
///
/// # Errors
/// When they cannot be played, and when there are too few failures, or too few draws without.
pub fn discover<P: Play>(design: &Design<'_>, play: &P) -> Result<Discovery, Problem<P::Error>> {
    let results = play
        .play(&design.points(), Keep::Outcomes)
        .map_err(Problem::Played)?;
    Ok(design.answer(&results)?)
}
