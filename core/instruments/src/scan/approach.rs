//! Criterion 1: does it work in an effective way with those whom it is for (seed 002 ch. 1)?

use super::Question;
use super::state::{State, mean};
use crate::voice::Value;

pub(super) fn questions(state: &State) -> Vec<Question> {
    vec![
        whole(state),
        outreach(state),
        network(state),
        breath(state),
        mandate(state),
    ]
}

/// One household, one plan, one contact; over all domains.
fn whole(state: &State) -> Question {
    let fidelity = &state.project.fidelity;
    let values = vec![("share", Value::Share(fidelity.value))];
    Question::scored(
        ("whole", "seed 002 §1.1"),
        fidelity.value,
        values,
        &*fidelity.source,
    )
}

/// The chance that a given door is knocked on within a year.
fn outreach(state: &State) -> Question {
    let outreach = &state.project.outreach;
    let visits = 12.0 * state.rates.demand_contacts * state.project.workers.value * outreach.value;
    let doors = f64::from(state.scenario.households().max(1));
    let values = vec![
        ("share", Value::Share(outreach.value)),
        ("visits", Value::Number(visits, 0)),
        ("doors", Value::Number(doors, 0)),
    ];
    let source = format!(
        "{}; {}",
        outreach.source,
        state.source(&["demand.contacts"])
    );
    let reached = 1.0 - (-visits / doors).exp();
    Question::scored(("outreach", "seed 002 §1.1"), reached, values, source)
}

/// An informal network around households.
fn network(state: &State) -> Question {
    let network = &state.project.network;
    let values = vec![
        ("share", Value::Share(network.value)),
        ("part", Value::Share(state.rates.team_network)),
    ];
    let source = format!("{}; {}", network.source, state.source(&["team.network"]));
    Question::scored(("network", "seed 002 §1.2"), network.value, values, source)
}

/// Money long enough for trust to grow and for help not to stop early.
fn breath(state: &State) -> Question {
    let needed = state.rates.team_trust_months + state.rates.relapse_long_breath;
    let months = state.grant_months();
    let values = vec![
        ("months", Value::Count(months)),
        ("needed", Value::Number(needed, 0)),
    ];
    let source = state.source(&["team.trust_months", "relapse.long_breath"]);
    let score = f64::from(months) / needed.max(1.0);
    Question::scored(("breath", "seed 002 §1.1"), score, values, source)
}

/// Room to act that the silos give: ties with their managers and civil servants.
fn mandate(state: &State) -> Question {
    let silos = state.silos();
    let of = |ties: [f64; 4]| f64::midpoint(ties[1], ties[2]);
    let mandate = mean(silos.iter().map(|payer| of(state.ties(payer))));
    let least = silos
        .iter()
        .min_by(|a, b| of(state.ties(a)).total_cmp(&of(state.ties(b))));
    let values = vec![
        ("share", Value::Share(mandate)),
        ("silos", Value::Count(silos.len() as u32)),
        (
            "least",
            least.map_or(Value::Word("nobody".into()), |p| Value::payer(p)),
        ),
    ];
    let source = &*state.project.ties_source;
    Question::scored(("mandate", "seed 002 §1.1, §3.1"), mandate, values, source)
}
