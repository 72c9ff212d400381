//! Reverse stress test: from a failure that is stated first to the nearest plausible shocks that
//! bring it about.
//!
//! A threat grows from severity 0; at 1 a shock has the size it has in the scenario, and what ails the
//! own organisation is at the pessimistic end of its plausible range. Each threat alone, each pair and
//! then mixes are followed outward until the failure is there, all with the same chance. How far out
//! is d = √(xᵀ Σ⁻¹ x): severity 1 is one standard deviation, every pair correlated alike.

mod nearest;
mod page;
mod probe;
mod sign;
#[cfg(test)]
mod tests;
mod threat;
mod words;

use crate::names::metric;
use crate::play::{Asked, Play, Problem};
use crate::threshold::Threshold;
use probe::Probe;
use serde::Serialize;
pub use sign::{EarlySign, Owner};
pub use threat::{Origin, Threat};
use zalm_model::metrics;
use zalm_scenario::{Scenario, Text};

/// Largest severity that is looked at.
pub const MOST: f64 = 3.0;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What counts as failure, of the mean over replications.
    pub failure: Threshold,
    /// Largest severity to look at.
    pub most: f64,
    /// Correlation between any two threats, 0..1.
    pub correlation: f64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reverse {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each point.
    pub replications: u32,
    /// What counts as failure.
    pub failure: Threshold,
    /// Largest severity that was looked at.
    pub most: f64,
    /// Correlation between any two threats.
    pub correlation: f64,
    /// The threats.
    pub threats: Vec<Threat>,
    /// Points that were played.
    pub points: usize,
    /// One per strategy, in declared order.
    pub strategies: Vec<Breaking>,
}

/// What breaks one strategy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breaking {
    /// The strategy.
    pub strategy: String,
    /// The failing metric without any threat.
    pub calm: f64,
    /// Whether it fails without any threat; then nothing has to be looked for.
    pub fails_anyway: bool,
    /// Severity at which each threat alone breaks it; `None` up to the largest.
    pub alone: Vec<Option<f64>>,
    /// Severity at which both of a pair, equally severe, break it.
    pub pairs: Vec<Pair>,
    /// The nearest failure of the own organisation, of the system, and of both together.
    pub stories: Vec<FailureStory>,
}

/// A pair of threats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Index of one.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// Severity of both; `None` up to the largest.
    pub severity: Option<f64>,
}

/// A nearest failure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailureStory {
    /// Where it comes from; `None` is both together.
    pub origin: Option<Origin>,
    /// Severity of each threat; `None` when there is no such failure up to the largest.
    pub severities: Option<Vec<f64>>,
    /// Mahalanobis distance of these severities from 0.
    pub distance: Option<f64>,
    /// Φ(-d): chance of something as far out in that direction, if severities were normal.
    pub tail: Option<f64>,
    /// What moves first before the failure.
    pub sign: Option<EarlySign>,
}

/// The reverse stress test of a scenario.
///
/// # Errors
/// When the question cannot be asked of this scenario, or a point cannot be played.
pub fn reverse<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<Reverse, Problem<P::Error>> {
    let all = metrics(scenario);
    let failing = metric(&all, &question.failure.metric)?;
    check(question)?;
    let threats = threat::threats(scenario);
    if !threats.iter().any(|one| one.origin == Origin::System) {
        return Err(Asked(
            "this scenario has no stressor whose shocks have a size; add one to `stressors`"
                .to_owned(),
        )
        .into());
    }
    let probe = Probe::new(scenario, question, &threats, failing, play);
    let calm = probe.calm();
    probe.ask(std::slice::from_ref(&calm))?;
    probe.look_ahead()?;
    let mut strategies = Vec::new();
    for (strategy, used) in scenario.strategies.iter().enumerate() {
        let mean = probe.mean(&calm, strategy)?;
        let fails_anyway = question.failure.breaks(mean);
        let mut breaking = Breaking {
            strategy: used.name.clone(),
            calm: mean,
            fails_anyway,
            alone: Vec::new(),
            pairs: Vec::new(),
            stories: Vec::new(),
        };
        if !fails_anyway {
            probe.rays(&mut breaking, strategy)?;
            for origin in [Some(Origin::Own), Some(Origin::System), None] {
                let severities = probe.nearest(origin, &breaking, strategy)?;
                let story = probe.story(origin, severities, strategy)?;
                breaking.stories.push(story);
            }
        }
        strategies.push(breaking);
    }
    Ok(Reverse {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: scenario.replications,
        failure: question.failure.clone(),
        most: question.most,
        correlation: question.correlation,
        points: probe.points(),
        threats,
        strategies,
    })
}

fn check(question: &Question) -> Result<(), Asked> {
    let Question {
        most, correlation, ..
    } = *question;
    if !(most.is_finite() && most > 0.0) {
        return Err(Asked(format!(
            "the largest severity is {most}; expected above 0"
        )));
    }
    if !(0.0..1.0).contains(&correlation) {
        return Err(Asked(format!(
            "the correlation is {correlation}; expected 0 or more and below 1"
        )));
    }
    Ok(())
}
