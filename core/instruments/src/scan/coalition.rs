//! Criterion 3: is it held by a strategic coalition (seed 002 ch. 3)?

use super::Question;
use super::state::{State, mean};
use crate::voice::Value;
use zalm_scenario::PayerKind;

/// A tie that holds: at least half at every level.
pub(super) const HOLDS: f64 = 0.5;

/// Names of the four levels, in the order of the ties.
const LEVELS: [&str; 4] = ["executing", "management", "civil", "political"];

pub(super) fn questions(state: &State) -> Vec<Question> {
    vec![
        reach(state),
        levels(state),
        backing(state),
        core(state),
        wear(state),
    ]
}

/// Ties with those who gain, weighed by what they gain.
fn reach(state: &State) -> Question {
    let gainers = state.gainers();
    let reach: f64 = gainers.iter().map(|(p, part)| part * state.tie(p)).sum();
    let missed = gainers
        .iter()
        .max_by(|a, b| missing(state, a).total_cmp(&missing(state, b)));
    let (name, part, tie) = missed.map_or((Value::Word("nobody".into()), 0.0, 0.0), |(p, part)| {
        (Value::payer(p), *part, state.tie(p))
    });
    let values = vec![
        ("share", Value::Share(reach)),
        ("payer", name),
        ("part", Value::Share(part)),
        ("tie", Value::Share(tie)),
    ];
    let source = &*state.project.ties_source;
    Question::scored(("reach", "seed 002 §3.1, §5.4.1"), reach, values, source)
}

/// What is lost on a gainer without a tie.
pub(super) fn missing(state: &State, (payer, part): &(&zalm_scenario::Payer, f64)) -> f64 {
    part * (1.0 - state.tie(payer))
}

/// The four levels, over the silos; a coalition is as strong as its weakest level.
fn levels(state: &State) -> Question {
    let silos = state.silos();
    let at = |level: usize| mean(silos.iter().map(|payer| state.ties(payer)[level]));
    let means = [0, 1, 2, 3].map(at);
    let mut weakest = 0;
    for level in 1..4 {
        if means[level] < means[weakest] {
            weakest = level;
        }
    }
    let word = |level: usize| Value::Word(format!("tie-{}", LEVELS[level]));
    let values = vec![
        ("level", word(weakest)),
        ("share", Value::Share(means[weakest])),
        ("a", Value::Share(means[0])),
        ("b", Value::Share(means[1])),
        ("c", Value::Share(means[2])),
        ("d", Value::Share(means[3])),
    ];
    let source = &*state.project.ties_source;
    Question::scored(("levels", "seed 002 §3.1"), means[weakest], values, source)
}

/// Backing: aldermen, and a municipality that directs apart from persons.
fn backing(state: &State) -> Question {
    let political = mean(state.municipal().iter().map(|payer| state.ties(payer)[3]));
    let direction = &state.scenario.municipality.direction;
    let values = vec![
        ("political", Value::Share(political)),
        ("direction", Value::Share(direction.value)),
    ];
    let score = f64::midpoint(political, direction.value);
    let source = &*direction.source;
    Question::scored(("backing", "seed 002 §3.1, §4.2"), score, values, source)
}

/// A fixed group of parties that hold at all four levels, so that one loss is no end.
fn core(state: &State) -> Question {
    let outside = |kind| matches!(kind, PayerKind::Fund | PayerKind::Market);
    let payers = state.scenario.payers.iter();
    let parties: Vec<_> = payers.filter(|payer| !outside(payer.kind)).collect();
    let holds = |payer: &&&zalm_scenario::Payer| state.ties(payer).iter().all(|&tie| tie >= HOLDS);
    let fixed: Vec<Value> = parties
        .iter()
        .filter(holds)
        .map(|p| Value::payer(p))
        .collect();
    let score = fixed.len() as f64 / parties.len().max(1) as f64;
    let values = vec![
        ("count", Value::Count(fixed.len() as u32)),
        ("all", Value::Count(parties.len() as u32)),
        ("names", Value::List(fixed)),
        ("least", Value::Share(HOLDS)),
    ];
    let source = &*state.project.ties_source;
    Question::scored(("core", "seed 002 ch. 3, §4.2"), score, values, source)
}

/// What the stakeholder carousel leaves of a tie by the time the money ends, without new contact.
fn wear(state: &State) -> Question {
    let rates = &state.rates;
    let gone = 1.0 - rates.tie_carry_over;
    let breaks = (rates.tie_official_leaves + rates.tie_reorganisation) / 12.0;
    let month = (1.0 - rates.tie_decay) * (1.0 - breaks * gone);
    let months = state.months_left();
    let end = state.scenario.policy_date.plus(months as i32);
    let elections = &state.scenario.municipality.elections;
    let between =
        |month: &&zalm_scenario::Month| **month >= state.scenario.policy_date && **month <= end;
    let votes = elections.iter().filter(between).count() as u32;
    // An election breaks the political level, one of four, where the alderman does not return.
    let vote = 1.0 - (1.0 - rates.alderman_reelected) * gone / 4.0;
    let kept = month.powf(f64::from(months)) * vote.powf(f64::from(votes));
    let values = vec![
        ("share", Value::Share(kept)),
        ("months", Value::Count(months)),
        ("votes", Value::Count(votes)),
    ];
    let source = state.source(&["tie.decay", "tie.official_leaves", "tie.reorganisation"]);
    Question::scored(("wear", "seed 002 §3.2"), kept, values, source)
}
