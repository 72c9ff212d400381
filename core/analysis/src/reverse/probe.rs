//! At which severities what fails: every place is played once.

use super::Question;
use super::threat::{self, Threat};
use crate::kept::Kept;
use crate::play::{Asked, Play, Problem};
use crate::threshold::Threshold;
use std::cell::RefCell;
use std::collections::BTreeMap;
use zalm_experiment::Results;
use zalm_scenario::Scenario;

/// Replications needed.
const NEEDED: usize = 2;

/// Severities, by the bits of their numbers.
type Place = Vec<u64>;

fn place(severities: &[f64]) -> Place {
    severities
        .iter()
        .map(|severity| severity.to_bits())
        .collect()
}

/// Asks at which severities what fails, and keeps what it was told.
pub(super) struct Probe<'a, P: Play> {
    pub scenario: &'a Scenario,
    pub question: &'a Question,
    pub threats: &'a [Threat],
    /// Largest severity of each threat that is looked at.
    pub tops: Vec<f64>,
    pub play: &'a P,
    failing: usize,
    /// Mean of the failing metric by strategy.
    known: RefCell<BTreeMap<Place, Vec<f64>>>,
}

impl<'a, P: Play> Probe<'a, P> {
    pub fn new(
        scenario: &'a Scenario,
        question: &'a Question,
        threats: &'a [Threat],
        failing: usize,
        play: &'a P,
    ) -> Self {
        let tops = threats.iter().map(|one| one.top.min(question.most));
        Self {
            scenario,
            question,
            threats,
            tops: tops.collect(),
            play,
            failing,
            known: RefCell::default(),
        }
    }

    /// No threat at all.
    pub fn calm(&self) -> Vec<f64> {
        vec![0.0; self.threats.len()]
    }

    /// Points that were played.
    pub fn points(&self) -> usize {
        self.known.borrow().len()
    }

    /// Plays what is not known yet.
    pub fn ask(&self, places: &[Vec<f64>]) -> Result<(), Problem<P::Error>> {
        let new: Vec<&Vec<f64>> = {
            let known = self.known.borrow();
            let new = places.iter().filter(|one| !known.contains_key(&place(one)));
            new.collect()
        };
        let points = new
            .iter()
            .map(|one| threat::point(self.scenario, self.threats, one));
        let points: Vec<_> = points.collect();
        if points.is_empty() {
            return Ok(());
        }
        let keep = Threshold::keep(std::slice::from_ref(&self.question.failure));
        let results = self.play.play(&points, keep).map_err(Problem::Played)?;
        for (severities, results) in new.into_iter().zip(&results) {
            let means = self.means(std::slice::from_ref(results))?;
            self.known.borrow_mut().insert(place(severities), means);
        }
        Ok(())
    }

    /// Mean of the failing metric, by strategy.
    fn means(&self, results: &[Results]) -> Result<Vec<f64>, Asked> {
        let kept = Kept::of(results, &[self.failing], NEEDED)?;
        let after = self.question.failure.after;
        let mean = |strategy| kept.mean_at((0, 0, strategy), self.failing, after);
        (0..results[0].strategies.len()).map(mean).collect()
    }

    /// Mean of the failing metric of a strategy.
    pub fn mean(&self, severities: &[f64], strategy: usize) -> Result<f64, Problem<P::Error>> {
        self.ask(&[severities.to_vec()])?;
        Ok(self.known.borrow()[&place(severities)][strategy])
    }

    /// How far a strategy is from failure; below 0 it fails. `failure` takes what went wrong, after
    /// which nothing more is played.
    pub fn room(
        &self,
        severities: &[f64],
        strategy: usize,
        failure: &mut Option<Problem<P::Error>>,
    ) -> Option<f64> {
        if failure.is_some() {
            return None;
        }
        match self.mean(severities, strategy) {
            // On the line it still holds.
            Ok(mean) => Some(match self.question.failure.room(mean) {
                0.0 => f64::MIN_POSITIVE,
                room => room,
            }),
            Err(problem) => {
                *failure = Some(problem);
                None
            }
        }
    }
}
