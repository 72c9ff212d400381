//! The buffer that the municipality needs to bear a shock (weerstandsvermogen).

use super::Question;
use crate::play::Asked;
use serde::Serialize;
use zalm_experiment::LEVEL;
use zalm_scenario::{PayerKind, Scenario};
use zalm_statistics::economics::{BufferClass, buffer};

/// The buffer that covers, with a stated certainty, what the departments of the municipality
/// together pay more than at severity 0 of the same strategy, over all years from the policy date on;
/// euro, nominal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Need {
    /// Quantile of what is paid more, 0 or more.
    pub required: f64,
    /// 95 % interval of that quantile; absent where replications are too few to bound it from above.
    pub interval: Option<(f64, f64)>,
    /// Certainty of that quantile, 0 to 1.
    pub certainty: f64,
    /// What there is over what is required (ratio weerstandsvermogen); absent when it was not said
    /// what there is, or nothing is required.
    pub ratio: Option<f64>,
    /// Class of the ratio, A (above 2.0) to F (below 0.6); A where nothing is required.
    pub class: Option<char>,
}

impl Need {
    /// The need against what was paid more, by replication; `None` with fewer than twenty.
    pub(super) fn of(more: &[f64], question: &Question) -> Option<Self> {
        let there = question.buffer;
        let found = buffer(there.unwrap_or(0.0), more, question.certainty, LEVEL).ok()?;
        Some(Self {
            required: found.required,
            interval: found.interval,
            certainty: found.certainty,
            ratio: there.and(found.ratio),
            class: there.map(|_| letter(found.class)),
        })
    }
}

/// Replications from which a quantile of this certainty is bounded from above: that all of fewer lie
/// below it is no rarer than that the interval misses it on that side.
pub(super) fn bounded_from(certainty: f64) -> usize {
    (((1.0 - LEVEL) / 2.0).ln() / certainty.ln()).ceil() as usize
}

fn letter(class: BufferClass) -> char {
    match class {
        BufferClass::A => 'A',
        BufferClass::B => 'B',
        BufferClass::C => 'C',
        BufferClass::D => 'D',
        BufferClass::E => 'E',
        BufferClass::F => 'F',
    }
}

/// Departments of the municipality, by index.
pub(super) fn departments(scenario: &Scenario) -> Vec<usize> {
    let payers = scenario.payers.iter().enumerate();
    let municipal = payers.filter(|(_, payer)| payer.kind == PayerKind::Municipal);
    municipal.map(|(at, _)| at).collect()
}

/// Refuses a buffer or a certainty that cannot be.
pub(super) fn possible(question: &Question) -> Result<(), Asked> {
    if !(0.5..1.0).contains(&question.certainty) {
        return Err(Asked(format!(
            "--certainty: {} is no certainty; expected 0.5 to 0.99, such as 0.9",
            question.certainty
        )));
    }
    match question.buffer {
        Some(euro) if !(euro.is_finite() && euro >= 0.0) => Err(Asked(format!(
            "--buffer: {euro} euro cannot be; expected what the municipality keeps for setbacks, 0 or \
             more"
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(buffer: Option<f64>) -> Question {
        Question {
            severities: vec![1.0],
            metrics: Vec::new(),
            thresholds: Vec::new(),
            buffer,
            certainty: 0.9,
        }
    }

    #[test]
    fn a_ratio_needs_a_buffer_and_twenty_replications() {
        let more: Vec<f64> = (0..=100).map(f64::from).collect();
        let found = Need::of(&more, &question(Some(108.0))).unwrap();
        assert_eq!(
            (found.required, found.ratio, found.class),
            (90.0, Some(1.2), Some('C'))
        );
        let unsaid = Need::of(&more, &question(None)).unwrap();
        assert_eq!(
            (unsaid.required, unsaid.ratio, unsaid.class),
            (90.0, None, None)
        );
        assert_eq!(Need::of(&more[..19], &question(None)), None);
        // From 36 replications on there is one above which the quantile hardly lies.
        let bounded = |count: usize| Need::of(&more[..count], &question(None)).unwrap().interval;
        assert_eq!((bounded(35), bounded_from(0.9)), (None, 36));
        assert!(bounded(36).is_some_and(|(low, high)| low < 31.5 && high > 31.5));
        let saves = Need::of(&[-1.0; 20], &question(Some(0.0))).unwrap();
        assert_eq!(
            (saves.required, saves.ratio, saves.class),
            (0.0, None, Some('A'))
        );
    }
}
