//! Break-even points (omslagpunten) of a strategy along a parameter.
//!
//! The balance is the paired gain against the null alternative, played anew at every value with the
//! same chance: so it is a fixed function. Its changes of sign may still be chance of the replications
//! that were played: one counts only where the gain is clear on either side of it.

mod curve;
mod page;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use crate::estimate::Estimate;
use crate::play::{Play, Problem, searched};
use curve::Played;
use serde::{Serialize, Serializer};
use walk::Walk;
use zalm_model::MetricSpec;
use zalm_scenario::{Evidence, Scenario, Text};
use zalm_statistics::Keyed;
use zalm_statistics::economics::{
    Scan, Throughout, Turn, break_even as search, clear_turns, throughout,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Parameter along which to look.
    pub parameter: String,
    /// Range to look in; `None` is the plausible range.
    pub range: Option<(f64, f64)>,
    /// Metric of the balance.
    pub metric: String,
    /// Stressor; `None` is the first of the scenario.
    pub stressor: Option<String>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEven {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each point.
    pub replications: usize,
    /// Metric of the balance.
    pub metric: String,
    /// Its unit.
    pub unit: &'static str,
    /// Stressor.
    pub stressor: String,
    /// Null alternative.
    pub null_alternative: String,
    /// Parameter.
    pub parameter: Along,
    /// Every strategy but the null alternative.
    pub turnings: Vec<Turning>,
    #[serde(skip)]
    spec: MetricSpec,
}

/// The parameter along which is looked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Along {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// Value in use.
    pub in_use: f64,
    /// How well that is supported.
    pub evidence: Evidence,
    /// Range that was looked at.
    pub range: (f64, f64),
    /// Whether that is the plausible range.
    pub plausible: bool,
}

/// Where a strategy turns from loss to gain, or back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turning {
    /// The strategy.
    pub strategy: String,
    /// Gain against the null alternative at every value that was played, ascending; higher is better.
    pub gains: Vec<(f64, Estimate)>,
    /// Every change of sign that is clear on either side, ascending.
    pub points: Vec<TurningPoint>,
    /// What the gain is over the whole range, where it nowhere turns.
    #[serde(serialize_with = "in_document")]
    pub throughout: Option<Throughout>,
}

/// As a word, with the first and the last value at which it is clear where that is a part only.
fn in_document<S: Serializer>(
    throughout: &Option<Throughout>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let told = throughout.map(|throughout| match throughout {
        Throughout::Above => ("gains", None),
        Throughout::Below => ("loses", None),
        Throughout::PartlyAbove(from, to) => ("gains partly", Some((from, to))),
        Throughout::PartlyBelow(from, to) => ("loses partly", Some((from, to))),
        Throughout::Unclear => ("unclear", None),
        Throughout::Nil => ("same", None),
    });
    told.serialize(serializer)
}

/// A break-even point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TurningPoint {
    /// Value of the parameter.
    pub at: f64,
    /// From loss to gain as the parameter grows.
    pub rises: bool,
    /// Values between which the gain cannot be told from chance, by straight lines between those that
    /// were played: outside it the 95 % interval of the gain leaves 0 out.
    pub interval: (f64, f64),
    /// Share of bootstrap resamples of the replications in which the mean gain turns this way at all.
    pub found: f64,
}

/// Break-even points of every strategy of a scenario along a parameter.
///
/// # Errors
/// When the question cannot be asked of this scenario, or a point cannot be played.
pub fn break_even<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<BreakEven, Problem<P::Error>> {
    let walk = Walk::new(scenario, question)?;
    let mut played = Played::default();
    let scan = Scan::by_runs();
    let (low, high) = walk.along.range;
    let step = (high - low) / (scan.points - 1) as f64;
    // The values of the scan at once, so that they run beside each other.
    let values = (0..scan.points).map(|at| low + step * at as f64);
    walk.play(values, &mut played, play)?;
    walk.varies(&played)?;
    let mut found = Vec::new();
    for &strategy in &walk.others {
        let mut failure = None;
        let turns = search(walk.along.range, scan, |value| {
            if failure.is_none() {
                failure = walk.play([value], &mut played, play).err();
            }
            played.mean(value, strategy)
        });
        searched(failure, turns)?;
        found.push(strategy);
    }
    // Only now: a value that was played for one strategy counts for each.
    let turnings = found.into_iter().map(|strategy| {
        let curve = played.curve(strategy);
        let key = Keyed::new(scenario.seed, strategy as u64);
        let known = curve.known();
        let turns = clear_turns(&known);
        // Every point of a direction is there in the same resamples.
        let there = |rises| turns.iter().any(|turn| turn.rises == rises);
        let share = |rises| {
            if there(rises) {
                curve.found(rises, key)
            } else {
                0.0
            }
        };
        let (falls, rises) = (share(false), share(true));
        let point = |turn: &Turn| TurningPoint {
            at: turn.at,
            rises: turn.rises,
            interval: turn.interval,
            found: if turn.rises { rises } else { falls },
        };
        Turning {
            strategy: scenario.strategies[strategy].name.clone(),
            gains: curve.estimates(),
            points: turns.iter().map(point).collect(),
            throughout: throughout(&known),
        }
    });
    Ok(BreakEven {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: played.replications(),
        metric: walk.spec.name.clone(),
        unit: walk.spec.unit,
        stressor: walk.stressor.name.clone(),
        null_alternative: scenario.null_alternative.clone(),
        turnings: turnings.collect(),
        parameter: walk.along,
        spec: walk.spec,
    })
}
