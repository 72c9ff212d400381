//! Criterion 4: is it led by people who push, bridge and last (seed 002 ch. 4)?

use super::Question;
use super::state::{State, mean};
use crate::voice::Value;

pub(super) fn questions(state: &State) -> Vec<Question> {
    vec![
        drive(state),
        skill(state),
        passion(state),
        stamina(state),
        counterpart(state),
        Question::unknown(("growth", "seed 002 §4.4")),
    ]
}

fn drive(state: &State) -> Question {
    let drive = &state.project.drive;
    let values = vec![("share", Value::Share(drive.value))];
    Question::scored(
        ("drive", "seed 002 §4.1"),
        drive.value,
        values,
        &*drive.source,
    )
}

fn skill(state: &State) -> Question {
    let skill = &state.project.skill;
    let values = vec![("share", Value::Share(skill.value))];
    Question::scored(
        ("skill", "seed 002 §4.1"),
        skill.value,
        values,
        &*skill.source,
    )
}

/// Too much passion works against itself: part of a contact that wins, beside what it breaks.
fn passion(state: &State) -> Question {
    let payers = &state.scenario.payers;
    let tie = mean(payers.iter().map(|payer| state.tie(payer)));
    let closed = 1.0 - mean(payers.iter().map(|payer| payer.openness.value));
    let drive = state.project.drive.value;
    let won = state.rates.tie_contact * state.project.skill.value * drive * (1.0 - tie);
    let broken = state.rates.leader_conflict * drive * drive * closed * tie;
    let score = if won + broken > 0.0 {
        won / (won + broken)
    } else {
        0.0
    };
    let values = vec![
        ("share", Value::Share(score)),
        ("drive", Value::Share(drive)),
        ("closed", Value::Share(closed)),
    ];
    let source = state.source(&["tie.contact", "leader.conflict"]);
    Question::scored(("passion", "seed 002 §4.3"), score, values, source)
}

/// Energy at which swimming against the stream and backing hold each other.
fn stamina(state: &State) -> Question {
    let direction = state.scenario.municipality.direction.value;
    let political = mean(state.municipal().iter().map(|payer| state.ties(payer)[3]));
    let backing = f64::midpoint(political, direction);
    let rest = state.rates.leader_rest * backing;
    let drive = state.project.drive.value;
    let cost = state.rates.leader_cost_of_stream * drive * (1.0 - backing);
    let energy = if rest + cost > 0.0 {
        rest / (rest + cost)
    } else {
        1.0
    };
    let values = vec![
        ("share", Value::Share(energy)),
        ("backing", Value::Share(backing)),
    ];
    let source = state.source(&["leader.rest", "leader.cost_of_stream"]);
    Question::scored(("stamina", "seed 002 §4.4"), energy, values, source)
}

/// The second kind of skill, mostly a business counterpart's, and how long a successor takes.
fn counterpart(state: &State) -> Question {
    let business = state.rates.leader_business;
    let values = vec![
        ("share", Value::Share(business)),
        ("leave", Value::Share(state.rates.leader_leave)),
        ("months", Value::Number(state.rates.leader_search, 0)),
    ];
    let source = state.source(&["leader.business", "leader.leave", "leader.search"]);
    Question::scored(("counterpart", "seed 002 §4.3"), business, values, source)
}
