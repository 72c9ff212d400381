//! The effects arena (effectenarena): who invests, what is done, what changes for whom, who gains.
//!
//! The amounts are those that the model itself uses: what a problem in a domain costs each payer in
//! a year, in provisions, in crises to expect and in a silo place.

mod draw;
mod page;

pub use draw::svg;
pub use page::{csv, html, json, text};

use crate::gains::{Gains, MULTI, wrong_pocket};
use crate::scan::State;
use crate::voice::{Sentence, Value};
use zalm_model::CostKind;
use zalm_scenario::{Domain, Project, Scenario};

/// Digits of an amount that are told: estimates and assumptions hold no more.
const DIGITS: i32 = 3;

/// An amount as far as it is known.
pub(crate) fn about(euro: f64) -> f64 {
    let size = euro.abs().max(1.0).log10().floor() as i32;
    let grain = 10_f64.powi((size + 1 - DIGITS).max(0));
    (euro / grain).round() * grain
}

/// A party with an amount a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Index of the payer.
    pub payer: usize,
    /// Name.
    pub name: Value,
    /// Euro a year.
    pub euro: f64,
}

/// An effects arena.
#[derive(Clone, Debug, PartialEq)]
pub struct Arena {
    /// Name of the project.
    pub name: Value,
    /// Name of the place.
    pub place: String,
    /// Severity of the problem that goes, 2..=4.
    pub severity: usize,
    /// Who pays the team now, largest first.
    pub invests: Vec<Party>,
    /// What no payer gives of the cost of the team, euro a year: own sales, or not covered.
    pub uncovered: f64,
    /// What is done, each with its figures.
    pub done: Vec<Sentence>,
    /// The theory of change: if .. then .. lines, in order.
    pub lines: Vec<Sentence>,
    /// Names of the payers, in the order of the table.
    pub payers: Vec<Value>,
    /// What falls to each payer.
    pub gains: Gains,
    /// Households that the team holds at once.
    pub households: f64,
    /// Cost of the team, euro a year.
    pub cost: f64,
    /// Half the distance between who pays and who gains; `None` when nobody gains.
    pub wrong_pocket: Option<f64>,
    /// Shares with the evidence and source of their amounts.
    pub sources: Vec<String>,
}

impl Arena {
    /// The arena of a project, for a problem of this severity.
    pub fn new(scenario: &Scenario, project: &Project, severity: usize) -> Self {
        let state = State::new(scenario, project);
        let gains = Gains::new(scenario, severity);
        let cost = project.workers.value * state.rates.worker_cost;
        let hands = project.workers.value * (1.0 - project.outreach.value);
        let households = hands * state.rates.team_caseload;
        let invests = invests(scenario, &state.grants(), cost);
        let given: f64 = invests.iter().map(|party| party.euro).sum();
        Self {
            name: Value::told(&project.name),
            place: scenario.place.name.clone(),
            severity,
            // Shares that add up to the whole miss it by a hair.
            uncovered: Some(cost - given).filter(|gap| *gap >= 1.0).unwrap_or(0.0),
            invests,
            done: done(&state, households),
            lines: lines(&state, &gains, households),
            payers: scenario.payers.iter().map(Value::payer).collect(),
            wrong_pocket: wrong_pocket(&gains.parts(), &state.grants()),
            sources: sources(scenario, &gains),
            gains,
            households,
            cost,
        }
    }

    /// Who gains when a household with problems in three domains gets better, largest first; domains
    /// count by how often problems arise in them, as in [`Gains::parts`].
    pub fn gainers(&self) -> Vec<Party> {
        let party = |(payer, name): (usize, &Value)| Party {
            payer,
            name: name.clone(),
            euro: MULTI * self.gains.expected(payer) / 100.0,
        };
        let all = self.payers.iter().enumerate().map(party);
        sorted(all.filter(|party| party.euro > 0.0).collect())
    }

    /// What of that one payer gains by one domain, euro a year.
    pub fn gained(&self, payer: usize, domain: usize) -> f64 {
        MULTI * self.gains.weights[domain] * self.gains.cell(payer, domain) as f64 / 100.0
    }

    /// Cents a year by kind of cost, for one domain.
    pub fn kind(&self, domain: usize, kind: CostKind) -> i64 {
        let of = self.gains.domains[domain].iter();
        of.filter(|share| self.gains.items[share.item].kind == kind)
            .map(|share| share.cents)
            .sum()
    }
}

fn sorted(mut parties: Vec<Party>) -> Vec<Party> {
    parties.sort_by(|a, b| b.euro.total_cmp(&a.euro));
    parties
}

fn invests(scenario: &Scenario, grants: &[f64], cost: f64) -> Vec<Party> {
    let pairs = scenario.payers.iter().zip(grants).enumerate();
    let party = |(payer, (of, share)): (usize, (&zalm_scenario::Payer, &f64))| Party {
        payer,
        name: Value::payer(of),
        euro: share * cost,
    };
    sorted(pairs.map(party).filter(|party| party.euro > 0.0).collect())
}

/// What is done, each with the figures of the scenario.
fn done(state: &State, households: f64) -> Vec<Sentence> {
    let (project, rates) = (state.project, &state.rates);
    let visits = rates.demand_contacts * project.workers.value * project.outreach.value;
    let say = |id: &str, values| Sentence::new(format!("done-{id}"), values);
    vec![
        say("outreach", vec![("visits", Value::Number(visits, 0))]),
        say(
            "plan",
            vec![
                ("workers", Value::Number(project.workers.value, 0)),
                ("households", Value::Number(households, 0)),
            ],
        ),
        say(
            "trust",
            vec![("months", Value::Number(rates.team_trust_months, 0))],
        ),
        say(
            "network",
            vec![("share", Value::Share(project.network.value))],
        ),
    ]
}

/// The theory of change (veranderingstheorie), as the model holds it.
fn lines(state: &State, gains: &Gains, households: f64) -> Vec<Sentence> {
    let rates = &state.rates;
    let most = gains
        .parts()
        .into_iter()
        .zip(&state.scenario.payers)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let (part, payer) = most.map_or((0.0, Value::Word("nobody".into())), |(part, payer)| {
        (part, Value::payer(payer))
    });
    let say = |id: &str, values| Sentence::new(format!("then-{id}"), values);
    let network = Value::Share(rates.team_network);
    vec![
        say(
            "outreach",
            vec![("share", Value::Share(rates.demand_avoid_share))],
        ),
        say(
            "plan",
            vec![("loss", Value::Share(rates.silo_coordination))],
        ),
        say(
            "trust",
            vec![
                ("months", Value::Number(rates.team_trust_months, 0)),
                ("relation", Value::Share(rates.team_relation)),
            ],
        ),
        say("network", vec![("network", network)]),
        say(
            "better",
            vec![("times", Value::Number(1.0 + rates.team_effect, 1))],
        ),
        say(
            "feed",
            vec![("share", Value::Share(rates.household_interaction))],
        ),
        say(
            "saves",
            vec![
                ("euro", Value::Euro(about(gains.household()))),
                ("domains", Value::Number(MULTI, 0)),
                ("households", Value::Number(households, 0)),
            ],
        ),
        say(
            "gains",
            vec![("payer", payer), ("part", Value::Share(part))],
        ),
    ]
}

/// Where the amounts come from: one line per item, weakest evidence said.
fn sources(scenario: &Scenario, gains: &Gains) -> Vec<String> {
    let used = |item: usize| {
        let mut shares = gains.domains.iter().flatten();
        shares.any(|share| share.item == item)
    };
    let uses = scenario.use_costs.iter().enumerate();
    let uses = uses
        .filter(|(item, _)| used(*item))
        .map(|(_, cost)| format!("{} ({:?}): {}", cost.id, cost.evidence, cost.source));
    let offset = scenario.use_costs.len();
    let crises = scenario.crises.iter().enumerate();
    let crises = crises
        .filter(|(item, _)| used(offset + item))
        .flat_map(|(_, crisis)| {
            let part = |(payer, cost): &(String, zalm_scenario::Figure)| {
                format!(
                    "{}, {payer} ({:?}): {}",
                    crisis.id, cost.evidence, cost.source
                )
            };
            crisis.costs.iter().map(part).collect::<Vec<_>>()
        });
    let silo = scenario.silo_care.iter().map(|care| {
        let (domain, cost) = (care.domain.name(), &care.cost);
        format!("silo care, {domain} ({:?}): {}", cost.evidence, cost.source)
    });
    uses.chain(crises).chain(silo).collect()
}

/// Name of a domain.
pub(crate) fn domain_name(domain: usize) -> Value {
    Value::domain(Domain::ALL[domain])
}
