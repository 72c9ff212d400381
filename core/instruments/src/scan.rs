//! The 4+1 scan: four criteria and the sustaining strategy, each with its sub-questions.
//!
//! Scores are computed from the project's state in the scenario and kept nowhere. Every score
//! comes with the sentence that says why, and with the source of the figure behind it; what a
//! scenario does not know is asked and not scored.

mod approach;
mod coalition;
mod document;
mod draw;
mod entrepreneurship;
mod measurement;
mod page;
mod routes;
mod standing;
mod state;
mod steps;
mod strategy;
mod words;

pub use document::{csv, json};
pub use draw::strip;
pub use page::html;
pub use routes::{Condition, Route, routes};
pub use standing::{Peer, Standing};
pub use state::State;
pub use steps::{Change, Step, steps};
pub(crate) use words::metric_name;
pub use words::{Effect, Sheet, Simulated, text};

use crate::voice::{Sentence, Value};
use zalm_scenario::{Project, Scenario};

/// The four criteria and the one.
pub const CRITERIA: [&str; 5] = [
    "approach",
    "measurement",
    "coalition",
    "entrepreneurship",
    "strategy",
];

/// A sub-question with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Short name; texts are `scan-NAME` and `scan-NAME-why`.
    pub id: &'static str,
    /// Where the seeds ask it.
    pub paragraph: &'static str,
    /// 0 bad ..= 1 good; `None` when the scenario does not know.
    pub score: Option<f64>,
    /// Why.
    pub reason: Sentence,
    /// Where the figures of the reason come from.
    pub source: String,
}

impl Question {
    fn scored(
        (id, paragraph): (&'static str, &'static str),
        score: f64,
        values: Vec<(&'static str, Value)>,
        source: impl Into<String>,
    ) -> Self {
        Self {
            id,
            paragraph,
            score: Some(score.clamp(0.0, 1.0)),
            reason: Sentence::new(format!("scan-{id}-why"), values),
            source: source.into(),
        }
    }

    /// Asked, and not to be answered from a scenario.
    fn unknown((id, paragraph): (&'static str, &'static str)) -> Self {
        Self {
            id,
            paragraph,
            score: None,
            reason: Sentence::new(format!("scan-{id}-why"), Vec::new()),
            source: String::new(),
        }
    }
}

/// A criterion with its sub-questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// One of [`CRITERIA`].
    pub id: &'static str,
    /// Its sub-questions.
    pub questions: Vec<Question>,
}

impl Criterion {
    /// Mean of the scored sub-questions, 0..=1.
    pub fn score(&self) -> f64 {
        let scores = self.questions.iter().filter_map(|question| question.score);
        let (sum, n) = scores.fold((0.0, 0), |(sum, n), score| (sum + score, n + 1));
        if n == 0 { 0.0 } else { sum / f64::from(n) }
    }
}

/// The scan of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// Id of the project.
    pub id: String,
    /// Name of the project.
    pub name: Value,
    /// Title of the scenario.
    pub title: Value,
    /// Name of the place.
    pub place: String,
    /// In the order of [`CRITERIA`].
    pub criteria: Vec<Criterion>,
}

impl Scan {
    /// Scans a project of a scenario.
    pub fn new(scenario: &Scenario, project: &Project) -> Self {
        let state = State::new(scenario, project);
        let questions = [
            approach::questions(&state),
            measurement::questions(&state),
            coalition::questions(&state),
            entrepreneurship::questions(&state),
            strategy::questions(&state),
        ];
        let criteria = CRITERIA.into_iter().zip(questions);
        Self {
            id: project.id.clone(),
            name: Value::told(&project.name),
            title: Value::told(&scenario.title),
            place: scenario.place.name.clone(),
            criteria: criteria
                .map(|(id, questions)| Criterion { id, questions })
                .collect(),
        }
    }

    /// Scores in the order of [`CRITERIA`].
    pub fn scores(&self) -> [f64; 5] {
        [0, 1, 2, 3, 4].map(|at| self.criteria[at].score())
    }

    /// Index of the criterion with the lowest score; the first of equals.
    pub fn weakest(&self) -> usize {
        extreme(&self.scores(), |a, b| a < b)
    }

    /// Index of the criterion with the highest score; the first of equals.
    pub fn strongest(&self) -> usize {
        extreme(&self.scores(), |a, b| a > b)
    }

    /// A sub-question by its short name.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let all = self.criteria.iter().flat_map(|c| &c.questions);
        all.into_iter().find(|question| question.id == id)
    }
}

fn extreme(scores: &[f64; 5], beats: impl Fn(f64, f64) -> bool) -> usize {
    let mut best = 0;
    for at in 1..scores.len() {
        if beats(scores[at], scores[best]) {
            best = at;
        }
    }
    best
}
