//! The how: steps in order, each a change of the scenario that can be run.

use super::coalition::{HOLDS, missing};
use super::state::State;
use crate::voice::{Sentence, Value};
use zalm_scenario::Scenario;

/// A setting of the scenario, as `--set PATH=VALUE` takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path into the scenario.
    pub path: String,
    /// The new value, in RON.
    pub value: String,
}

/// A step of the route.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Short name; the text is `step-NAME`.
    pub id: &'static str,
    /// The criterion that it lifts.
    pub criterion: &'static str,
    /// Where the seeds advise it.
    pub paragraph: &'static str,
    /// What to do.
    pub advice: Sentence,
    /// What it changes in the scenario.
    pub changes: Vec<Change>,
}

/// Quarter of the described projects that does better: a level that others have reached.
const REACHED: f64 = 0.75;

/// Months by which a bridge lengthens the temporary money.
const BRIDGE: u32 = 12;

/// The steps for a project, in the order in which they build on each other; `peers` are the other
/// projects, whose upper quarter shows what can be reached.
pub fn steps(state: &State, peers: &[Scenario]) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(lift(state, peers, Lever::Fidelity));
    steps.extend(measure(state));
    steps.extend(divide(state));
    steps.extend(ties(state));
    steps.extend(lift(state, peers, Lever::Direction));
    steps.extend(lift(state, peers, Lever::Skill));
    steps.extend(lift(state, peers, Lever::Network));
    steps.extend(bridge(state));
    steps
}

/// Figures that can be lifted to what others have.
#[derive(Clone, Copy)]
enum Lever {
    Fidelity,
    Network,
    Skill,
    Direction,
}

impl Lever {
    fn value(self, scenario: &Scenario, project: &zalm_scenario::Project) -> f64 {
        match self {
            Self::Fidelity => project.fidelity.value,
            Self::Network => project.network.value,
            Self::Skill => project.skill.value,
            Self::Direction => scenario.municipality.direction.value,
        }
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Fidelity => ("whole", "approach", "seed 002 §1.1"),
            Self::Network => ("network", "approach", "seed 002 §1.2, §1.3"),
            Self::Skill => ("skill", "entrepreneurship", "seed 002 §4.3, §4.4"),
            Self::Direction => ("direction", "strategy", "seed 002 §5.3.1"),
        }
    }

    fn path(self, project: &str) -> String {
        match self {
            Self::Fidelity => format!("projects[{project}].fidelity"),
            Self::Network => format!("projects[{project}].network"),
            Self::Skill => format!("projects[{project}].skill"),
            Self::Direction => "municipality.direction".to_owned(),
        }
    }
}

/// To the upper quarter of the others, when the project is below it.
fn lift(state: &State, peers: &[Scenario], lever: Lever) -> Option<Step> {
    let mut others: Vec<f64> = peers
        .iter()
        .flat_map(|peer| peer.projects.iter().map(move |p| lever.value(peer, p)))
        .collect();
    others.sort_by(f64::total_cmp);
    let at = (REACHED * others.len().checked_sub(1)? as f64).ceil() as usize;
    let (now, goal) = (lever.value(state.scenario, state.project), *others.get(at)?);
    let (id, criterion, paragraph) = lever.names();
    (goal > now + 1e-9).then(|| Step {
        id,
        criterion,
        paragraph,
        advice: Sentence::new(
            format!("step-{id}"),
            vec![("now", Value::Share(now)), ("goal", Value::Share(goal))],
        ),
        changes: vec![Change {
            path: lever.path(&state.project.id),
            value: goal.to_string(),
        }],
    })
}

/// A baseline and a follow-up per life domain, against the goals.
fn measure(state: &State) -> Option<Step> {
    (state.level() < 2).then(|| measurement(state, "measure", "seed 002 §2.3", "Outcome"))
}

/// An effects arena and an indicative cost-benefit analysis: who gains.
fn divide(state: &State) -> Option<Step> {
    let paragraph = "seed 002 §2.2.1, §2.2.2";
    (state.level() < 3).then(|| measurement(state, "divide", paragraph, "CostBenefit"))
}

fn measurement(state: &State, id: &'static str, paragraph: &'static str, level: &str) -> Step {
    let gainers = state.gainers();
    let most = gainers.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let (payer, part) = most.map_or((Value::Word("nobody".into()), 0.0), |(payer, part)| {
        (Value::payer(payer), *part)
    });
    Step {
        id,
        criterion: "measurement",
        paragraph,
        advice: Sentence::new(
            format!("step-{id}"),
            vec![("payer", payer), ("part", Value::Share(part))],
        ),
        changes: vec![Change {
            path: format!("projects[{}].measurement", state.project.id),
            value: level.to_owned(),
        }],
    }
}

/// A tie that holds, with the gainer on whom most is lost.
fn ties(state: &State) -> Option<Step> {
    let gainers = state.gainers();
    let (payer, part) = gainers
        .iter()
        // Only a tie that the scenario names can be set from outside.
        .filter(|(payer, _)| state.project.ties.contains_key(&payer.id))
        .filter(|(payer, _)| state.ties(payer).iter().any(|&tie| tie < HOLDS))
        .max_by(|a, b| missing(state, a).total_cmp(&missing(state, b)))?;
    let now = state.ties(payer);
    let goal = now.map(|tie| tie.max(HOLDS).to_string());
    Some(Step {
        id: "ties",
        criterion: "coalition",
        paragraph: "seed 002 §3.1, §5.4.1",
        advice: Sentence::new(
            "step-ties",
            vec![
                ("payer", Value::payer(payer)),
                ("part", Value::Share(*part)),
                ("now", Value::Share(state.tie(payer))),
                ("goal", Value::Share(HOLDS)),
            ],
        ),
        changes: vec![Change {
            path: format!("projects[{}].ties.{}", state.project.id, payer.id),
            value: format!("({})", goal.join(", ")),
        }],
    })
}

/// A year more of the temporary money, when there is too little time left to ask.
fn bridge(state: &State) -> Option<Step> {
    let project = state.project;
    let path = |at| format!("projects[{}].grants[{at}].months", project.id);
    let longer = |(at, grant): (usize, &zalm_scenario::Grant)| Change {
        path: path(at),
        value: (grant.months + BRIDGE).to_string(),
    };
    let changes = project.grants.iter().enumerate().map(longer).collect();
    (state.months_left() < 2 * BRIDGE).then(|| Step {
        id: "bridge",
        criterion: "strategy",
        paragraph: "seed 002 §5.4.1",
        advice: Sentence::new(
            "step-bridge",
            vec![
                ("left", Value::Count(state.months_left())),
                ("more", Value::Count(BRIDGE)),
            ],
        ),
        changes,
    })
}
