//! Stress test (schokproef): every stressor at several severities, with reactions on and off.
//!
//! Each rung is paired with severity 0 and with the null alternative, replication by replication.
//! There is no pass mark but the thresholds that are asked.

mod breach;
mod course;
mod ladder;
mod need;
mod page;
#[cfg(test)]
mod tests;
mod words;

use crate::estimate::Estimate;
use crate::play::{Play, Problem};
use crate::threshold::Threshold;
pub use breach::{Breach, Light};
pub use course::Course;
use ladder::Ladder;
pub use need::Need;
use serde::Serialize;
use zalm_experiment::Keep;
use zalm_model::MetricSpec;
use zalm_scenario::{Mechanism, Scenario, Text};
pub use zalm_statistics::stress::SEVERITIES;

/// What people in charge do in answer to a shock ("management actions"): payers grow careful, the
/// municipality directs, payers close something old to pay for the new, and founders begin anew.
/// With reactions off these mechanisms are off from the start, at severity 0 too.
pub const REACTIONS: [Mechanism; 4] = [
    Mechanism::RiskAversion,
    Mechanism::Direction,
    Mechanism::Closing,
    Mechanism::Founding,
];

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Factors on the size of the shocks; 0 is always among them.
    pub severities: Vec<f64>,
    /// Metrics of the ladder.
    pub metrics: Vec<String>,
    /// What counts as broken.
    pub thresholds: Vec<Threshold>,
    /// What the municipality keeps for setbacks, euro.
    pub buffer: Option<f64>,
    /// Certainty with which a buffer must cover what a shock costs, 0.5 to 1.
    pub certainty: f64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stress {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications that count.
    pub replications: usize,
    /// Replications left out because a run failed.
    pub left_out: usize,
    /// Severities, ascending from 0.
    pub severities: Vec<f64>,
    /// Strategies in declared order.
    pub strategies: Vec<String>,
    /// Index of the null alternative.
    pub null_alternative: Option<usize>,
    /// Mechanisms that are off where reactions are off.
    pub reactions: Vec<Mechanism>,
    /// Thresholds.
    pub thresholds: Vec<Threshold>,
    /// Certainty of the buffers.
    pub certainty: f64,
    /// What the municipality has for setbacks, euro; absent when it was not said.
    pub available: Option<f64>,
    /// The shocks and their stories.
    pub stories: Vec<Story>,
    /// Metrics of the ladder.
    pub metrics: Vec<Measured>,
    /// Every stressor, severity and strategy, reactions on first.
    pub rungs: Vec<Rung>,
}

/// The story of a stressor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// Name in data files.
    pub name: String,
    /// Name for people; may be empty.
    pub title: Text,
    /// What happens.
    pub narrative: Text,
    /// Where it comes from.
    pub source: Text,
    /// Months from the policy date to its first shock.
    pub first_shock: i32,
}

/// A metric of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// 1 where higher is better, -1 where lower is; absent where it only describes.
    pub better: Option<f64>,
    #[serde(skip)]
    spec: MetricSpec,
}

/// One strategy under one stressor at one severity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// Whether people in charge react, see [`REACTIONS`].
    pub reactions: bool,
    /// Index of the story.
    pub stressor: usize,
    /// Factor on the size of its shocks.
    pub severity: f64,
    /// Index of the strategy.
    pub strategy: usize,
    /// One per metric.
    pub steps: Vec<Step>,
    /// One per threshold.
    pub breaches: Vec<Breach>,
    /// Buffer that the municipality needs; absent at severity 0 and with too few replications.
    pub buffer: Option<Need>,
}

/// One metric on one rung, in its unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Level.
    pub level: Estimate,
    /// Paired difference from severity 0 of the same strategy, reactions alike.
    pub from_calm: Estimate,
    /// Paired difference from the null alternative on the same rung.
    pub from_null: Option<Estimate>,
    /// Course of the loss against severity 0; `None` where it never loses or has no direction.
    pub course: Option<Course>,
}

/// The stress test of a scenario.
///
/// # Errors
/// When the question cannot be asked of this scenario, or its points cannot be played.
pub fn stress<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<Stress, Problem<P::Error>> {
    let ladder = Ladder::new(scenario, question)?;
    let results = play
        .play(&ladder.points(), Keep::Series)
        .map_err(Problem::Played)?;
    Ok(ladder.answer(&results)?)
}
