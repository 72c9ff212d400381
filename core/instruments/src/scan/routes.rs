//! The sustaining routes of the seeds, and how far the project meets what each needs.

use super::state::{State, mean};
use super::{Question, Scan};
use crate::voice::{Sentence, Value};

/// Something that a route needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Short name: a sub-question of the scan, or a condition of the route alone.
    pub id: String,
    /// How far it is met, 0..=1.
    pub score: f64,
    /// Why.
    pub reason: Sentence,
}

/// A sustaining route.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Id of the strategy that plays it.
    pub plugin: &'static str,
    /// Where the seeds describe it.
    pub paragraph: &'static str,
    /// What it needs; it is as strong as the weakest.
    pub conditions: Vec<Condition>,
}

impl Route {
    /// How well it fits, 0..=1: its weakest condition.
    pub fn fit(&self) -> f64 {
        self.weakest().map_or(0.0, |condition| condition.score)
    }

    /// The condition that is met least.
    pub fn weakest(&self) -> Option<&Condition> {
        let conditions = self.conditions.iter();
        conditions.min_by(|a, b| a.score.total_cmp(&b.score))
    }
}

/// The routes, best fit first.
pub fn routes(scan: &Scan, state: &State) -> Vec<Route> {
    let of = |id: &str| scan.question(id).and_then(met);
    let pick = |ids: &[&str]| ids.iter().filter_map(|id| of(id)).collect::<Vec<_>>();
    let route = |plugin, paragraph, conditions| Route {
        plugin,
        paragraph,
        conditions,
    };
    let mut routes = vec![
        route(
            "stakeholder-model",
            "seed 002 §5.2.2, §5.4.4",
            pick(&["direction", "worth", "reach", "time"]),
        ),
        route(
            "joint-adoption",
            "seed 002 §5.2.2",
            pick(&["mandate", "core", "worth"]),
        ),
        route(
            "benefit-capture",
            "seed 002 §5.4.1",
            pick(&["gainers", "reach", "worth"]),
        ),
        route(
            "new-for-old",
            "seed 002 §5.4.4",
            vec![openness(state)]
                .into_iter()
                .chain(pick(&["direction", "worth"]))
                .collect(),
        ),
        route(
            "institutional-embedding",
            "seed 002 §5.2.1",
            vec![openness(state), transfer(state)],
        ),
        route(
            "social-enterprise",
            "seed 002 §5.2.3",
            pick(&["own-income", "skill", "stamina"]),
        ),
    ];
    routes.sort_by(|a, b| b.fit().total_cmp(&a.fit()));
    routes
}

fn met(question: &Question) -> Option<Condition> {
    Some(Condition {
        id: question.id.to_owned(),
        score: question.score?,
        reason: question.reason.clone(),
    })
}

fn condition(id: &str, score: f64, values: Vec<(&'static str, Value)>) -> Condition {
    Condition {
        id: id.to_owned(),
        score: score.clamp(0.0, 1.0),
        reason: Sentence::new(format!("scan-{id}-why"), values),
    }
}

/// Institutions must be open to take elements up.
fn openness(state: &State) -> Condition {
    let open = mean(state.silos().iter().map(|payer| payer.openness.value));
    condition("openness", open, vec![("share", Value::Share(open))])
}

/// What is left when the work is divided over silos: the workers who come along.
fn transfer(state: &State) -> Condition {
    let kept = state.rates.embedding_transfer;
    let values = vec![
        ("share", Value::Share(kept)),
        ("whole", Value::Share(state.project.fidelity.value)),
    ];
    condition("transfer", kept, values)
}
