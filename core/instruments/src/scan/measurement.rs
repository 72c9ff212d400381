//! Criterion 2: is the result measured as outcome or impact, and shown (seed 002 ch. 2)?

use super::Question;
use super::state::State;
use crate::voice::Value;

pub(super) fn questions(state: &State) -> Vec<Question> {
    let level = state.level();
    vec![
        doubt(state),
        has(("baseline", "seed 002 §2.3"), level >= 1, state),
        has(("outcome", "seed 002 §2.1, §2.2.3"), level >= 2, state),
        has(("gainers", "seed 002 §2.2.1, §2.2.2"), level >= 3, state),
        Question::unknown(("story", "seed 002 §2.3")),
    ]
}

/// Part of a payer's doubt that a year of this evidence takes away, as the model's payers learn.
fn doubt(state: &State) -> Question {
    let (name, noise) = match state.level() {
        0 => ("evidence.noise_in_out", state.rates.evidence_noise_in_out),
        1 => (
            "evidence.noise_baseline",
            state.rates.evidence_noise_baseline,
        ),
        2 => ("evidence.noise_outcome", state.rates.evidence_noise_outcome),
        _ => (
            "evidence.noise_cost_benefit",
            state.rates.evidence_noise_cost_benefit,
        ),
    };
    let prior = state.rates.evidence_prior_sd;
    let learned = prior * prior / (prior * prior + noise * noise);
    let values = vec![
        ("level", level_word(state)),
        ("share", Value::Share(learned)),
        ("noise", Value::Number(noise, 1)),
    ];
    let source = state.source(&[name, "evidence.prior_sd"]);
    Question::scored(("doubt", "seed 002 §2.1"), learned, values, source)
}

fn has(id: (&'static str, &'static str), yes: bool, state: &State) -> Question {
    let answer = if yes { "yes" } else { "no" };
    let values = vec![
        ("answer", Value::Word(answer.to_owned())),
        ("level", level_word(state)),
    ];
    let source = format!(
        "how the scenario says that the project measures: {:?}",
        state.project.measurement
    );
    Question::scored(id, f64::from(u8::from(yes)), values, source)
}

fn level_word(state: &State) -> Value {
    Value::Word(format!("level-{}", state.level()))
}
