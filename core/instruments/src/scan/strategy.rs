//! The one beside the four: can what it is worth be cashed in a sustaining strategy (seed 002
//! ch. 5)?

use super::Question;
use super::state::State;
use crate::gains::{MULTI, wrong_pocket};
use crate::voice::Value;

/// Highest measurement level: who gains is known.
const HIGHEST: u8 = 3;

pub(super) fn questions(state: &State) -> Vec<Question> {
    vec![
        pocket(state),
        worth(state),
        time(state),
        own_income(state),
        direction(state),
    ]
}

/// Do those who pay now also gain?
fn pocket(state: &State) -> Question {
    let index = wrong_pocket(&state.parts, &state.grants()).unwrap_or(1.0);
    let payers = &state.scenario.payers;
    let pays = state.grants();
    let free = (0..payers.len())
        .filter(|&payer| pays[payer] <= 0.0)
        .max_by(|&a, &b| state.parts[a].total_cmp(&state.parts[b]));
    let (name, part) = free.map_or((Value::Word("nobody".into()), 0.0), |payer| {
        (Value::payer(&payers[payer]), state.parts[payer])
    });
    let values = vec![
        ("index", Value::Number(index, 2)),
        ("payer", name),
        ("part", Value::Share(part)),
    ];
    let source = "the shares that payers give of the temporary money, and what problems, crises and silo care cost \
                  each of them; each of these figures has a source of its own in the scenario";
    Question::scored(
        ("pocket", "seed 002 §2.1, §5.4.1"),
        1.0 - index,
        values,
        source,
    )
}

/// Does a helped household cost others more than the team?
fn worth(state: &State) -> Question {
    let gain = state.gains.household();
    let cost = state.rates.worker_cost / state.rates.team_caseload.max(1.0);
    let score = if cost > 0.0 { gain / cost } else { 1.0 };
    let values = vec![
        ("gain", Value::Euro(gain)),
        ("cost", Value::Euro(cost)),
        ("domains", Value::Number(MULTI, 0)),
        (
            "share",
            Value::Share(if gain > 0.0 { cost / gain } else { 0.0 }),
        ),
    ];
    let source = state.source(&["worker.cost", "team.caseload"]);
    Question::scored(("worth", "seed 002 §2.1"), score, values, source)
}

/// Is there time left to show who gains and to ask them?
fn time(state: &State) -> Question {
    let rates = &state.rates;
    let levels = f64::from(HIGHEST - state.level().min(HIGHEST));
    // What the leader does not spend on contacts is there for measuring; then payers decide.
    let free = (1.0 - rates.leader_network_time).max(0.1);
    let needed = levels * rates.evidence_effort / free + 2.0 * rates.lifecycle_claim_patience;
    let months = state.months_left();
    let values = vec![
        ("months", Value::Count(months)),
        ("needed", Value::Number(needed, 0)),
        ("levels", Value::Number(levels, 0)),
    ];
    let source = state.source(&["evidence.effort", "lifecycle.claim_patience"]);
    let score = f64::from(months) / needed.max(1.0);
    Question::scored(("time", "seed 002 §5.4.1"), score, values, source)
}

/// What could be earned, beside the least that a team needs.
fn own_income(state: &State) -> Question {
    let economic = &state.project.economic;
    let viable = state.rates.lifecycle_viable;
    let values = vec![
        ("share", Value::Share(economic.value)),
        ("viable", Value::Share(viable)),
    ];
    let score = if viable > 0.0 {
        economic.value / viable
    } else {
        1.0
    };
    Question::scored(
        ("own-income", "seed 002 §5.2.3"),
        score,
        values,
        &*economic.source,
    )
}

/// A municipality that directs.
fn direction(state: &State) -> Question {
    let direction = &state.scenario.municipality.direction;
    let values = vec![("share", Value::Share(direction.value))];
    let source = &*direction.source;
    Question::scored(
        ("direction", "seed 002 §5.3.1, §5.4.4"),
        direction.value,
        values,
        source,
    )
}
