//! Sensitivity: on which numbers the difference between a strategy and the null alternative hangs.
//!
//! Four methods, each with its own use: a **tornado** moves one number at a time to both ends of
//! its range; **Morris** screens many for a ranking; **Sobol'** parts the variance, interactions
//! included; **given data** parts it from one plain sample. Every point has the same replications,
//! so what differs between points is the numbers alone.

mod design;
mod found;
mod outcome;
mod page;
#[cfg(test)]
mod tests;
mod words;

use crate::estimate::Estimate;
pub use crate::inputs::By;
use crate::play::{Play, Problem};
pub use design::Design;
pub use found::{FirstOrder, Found, Share, Strength, Swing};
use outcome::outcomes;
use serde::Serialize;
use zalm_experiment::Keep;
use zalm_model::MetricSpec;
use zalm_scenario::Text;

/// How to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// One number at a time, to both ends of its plausible range.
    Tornado,
    /// Elementary effects over trajectories: a ranking, for many numbers.
    Morris,
    /// Shares of the variance, first order and total.
    Sobol,
    /// First-order shares of the variance from a Latin hypercube.
    Given,
}

impl Method {
    /// How the numbers are taken together unless something else is asked.
    pub fn usual_by(self) -> By {
        match self {
            Self::Tornado | Self::Given => By::Parameter,
            Self::Morris => By::Subject,
            Self::Sobol => By::Evidence,
        }
    }

    /// Size that the method asks for, where it does; a smaller one is told to be a first look. Points of
    /// Sobol' indices are dear here, because each takes its replications.
    pub(crate) fn advised_size(self) -> Option<usize> {
        match self {
            Self::Morris => Some(20),
            Self::Sobol => Some(1024),
            Self::Tornado | Self::Given => None,
        }
    }

    /// Size of the design unless something else is asked, see [`Question::size`].
    pub fn usual_size(self) -> usize {
        match self {
            Self::Tornado => 2,
            Self::Morris => 20,
            Self::Sobol => 128,
            Self::Given => 500,
        }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// How to look.
    pub method: Method,
    /// How the numbers are taken together.
    pub by: By,
    /// Which parameters vary: names, or beginnings with a `*`; all when empty.
    pub vary: Vec<String>,
    /// Trajectories (Morris), points (Sobol'), draws (given data), or places in each range (tornado:
    /// 2 are its ends, more show bends).
    pub size: usize,
    /// The outcome.
    pub metric: String,
    /// The strategy that is held against the null alternative; the only other one when absent.
    pub strategy: Option<String>,
    /// The stressor under which; the first when absent.
    pub stressor: Option<String>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications at each point.
    pub replications: usize,
    /// Size of the design, see [`Question::size`].
    pub size: usize,
    /// Size that the method asks for, where it does.
    pub advised_size: Option<usize>,
    /// Points played.
    pub points: usize,
    /// Points without an answer, because a run failed there.
    pub failed: usize,
    /// Name of the outcome.
    pub metric: String,
    /// Its unit.
    pub unit: &'static str,
    /// 1 where higher is better, -1 where lower is; absent where it only describes.
    pub better: Option<f64>,
    /// The strategy.
    pub strategy: String,
    /// What it is held against.
    pub null_alternative: String,
    /// The stressor.
    pub stressor: String,
    /// How the numbers are taken together.
    pub by: By,
    /// Numbers that vary.
    pub parameters: usize,
    /// The difference at the values in use.
    pub base: Estimate,
    /// What was found.
    #[serde(flatten)]
    pub found: Found,
    #[serde(skip)]
    spec: MetricSpec,
}

/// Plays a design and looks at what came out.
///
/// # Errors
/// When it cannot be played, when too many points failed, or when the outcome never varies.
pub fn sensitivity<P: Play>(
    design: &Design<'_>,
    play: &P,
) -> Result<Sensitivity, Problem<P::Error>> {
    let results = play
        .play(design.points(), Keep::Outcomes)
        .map_err(Problem::Played)?;
    Ok(design.answer(&outcomes(&results, design.metric, design.pair))?)
}
