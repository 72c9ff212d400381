//! Budget rounds: every payer ranks the claims before it by worth and pays down the list; what it
//! pays already it weighs again each January.

mod round;

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::closing::agrees;
use crate::cofunding;
use crate::happening::{Log, Refusal, Turn};
use crate::instrument::{Instrument, Legal, Limit, Shared};
use crate::organisations::viable;
use crate::payer::{Payer, payers_in_order};
use crate::project::{Claim, Contract, Project, STANDING, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Form;
use crate::works::Investments;
use crate::worth::{Offer, Weighing, worth};
use bevy_ecs::prelude::*;
use round::{Purse, Round};
use zalm_scenario::Mechanism;

/// A claim before a payer, by worth.
struct Ranked {
    worth: f64,
    project: usize,
    claim: Claim,
}

/// Quarterly budget round: every payer ranks the claims before it by worth and pays down the list;
/// in January it weighs standing contributions again.
pub fn decide_claims(
    mut payers: Query<&mut Payer>,
    mut projects: Query<&mut Project>,
    mut log: ResMut<Log>,
    investments: Res<Investments>,
    municipality: Res<Municipality>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !clock.budget_round() {
        return;
    }
    let mut projects = projects_in_order(&mut projects);
    let mut payers = payers_in_order(&mut payers);
    let public: Vec<bool> = payers
        .iter()
        .map(|p| cofunding::is_public(p.kind))
        .collect();
    for payer in &mut payers {
        let round = Round::new(
            payer,
            &public,
            &projects,
            &investments,
            &municipality,
            &streams,
            &settings,
            &clock,
        );
        if clock.month_of_year == 1 {
            renew(payer, &round, &mut projects, &mut log);
        }
        let mut purse = round.purse(payer);
        for ranked in rank(payer, &round, &projects) {
            let project = &mut projects[ranked.project];
            consider(ranked, project, payer, &round, &mut purse, &mut log);
        }
        let spare = round.after_rivals(purse.left, settings.rates.payer_own_care);
        payer.restore(spare);
    }
}

/// Claims before a payer, of most worth first; equals in the order in which they were made.
fn rank(payer: &Payer, round: &Round, projects: &[Mut<Project>]) -> Vec<Ranked> {
    let mut ranked = Vec::new();
    for (index, project) in projects.iter().enumerate() {
        for &claim in project
            .claims
            .iter()
            .filter(|claim| claim.payer == payer.index)
        {
            let offer = Offer {
                cents: claim.cents,
                instrument: claim.instrument,
                running: false,
                others: round.others(project, payer),
            };
            ranked.push(Ranked {
                worth: worth(offer, project, payer, round.weighing),
                project: index,
                claim,
            });
        }
    }
    ranked.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    ranked
}

/// Decides on a claim; what is granted leaves the purse.
fn consider(
    ranked: Ranked,
    project: &mut Project,
    payer: &Payer,
    round: &Round,
    purse: &mut Purse,
    log: &mut Log,
) {
    let Ranked { worth, claim, .. } = ranked;
    let rates = &round.weighing.settings.rates;
    let clock = &round.clock;
    let settings = round.weighing.settings;
    let from_old = claim.closes && settings.on(Mechanism::Closing);
    let room = if !from_old {
        round.room(*purse, worth, project.newcomer)
    } else if agrees(&claim, worth, purse.old, project, payer, round.weighing) {
        claim.cents
    } else {
        0
    };
    let shared = cofunding::room(project, payer.kind, round.public(project), settings);
    let most = limit(claim, project, payer, settings).min(shared);
    let granted = claim.cents.min(room).min(most);
    let enough = granted as f64 >= rates.payer_partial * claim.cents as f64;
    let heard = round.heard(&claim, project, payer);
    let barred = barred(claim.instrument, project, payer, settings);
    if payer.open && heard && barred.is_none() && worth > 0.0 && granted > 0 && enough {
        drop_claim(project, claim);
        sign(claim, granted, project, payer, round);
        press(project, payer, claim.instrument, round);
        let (payer, cents) = (payer.id.clone(), granted);
        log.turn(clock, project, Turn::Granted { payer, cents });
        if from_old {
            purse.old -= granted;
        } else {
            purse.spend(granted, project.newcomer);
        }
        return;
    }
    let waited = f64::from(clock.month - claim.made) >= rates.lifecycle_claim_patience;
    if waited || barred.is_some() {
        drop_claim(project, claim);
        project.relations[payer.index as usize].refused = Some(clock.month);
        let turn = Turn::Refused {
            payer: payer.id.clone(),
            from_old,
            why: barred.unwrap_or(Refusal::Worth(worth)),
        };
        log.turn(clock, project, turn);
    }
}

/// What bars a payer from giving this way to this project, whatever it is worth.
fn barred(
    instrument: Instrument,
    project: &Project,
    payer: &Payer,
    settings: &Settings,
) -> Option<Refusal> {
    let terms = instrument.terms();
    if !terms.givers.contains(&payer.kind) {
        return Some(Refusal::NotItsWay);
    }
    if project.measurement < terms.measured {
        return Some(Refusal::NotMeasured);
    }
    let company = project.plan.unwrap_or(project.form) == Form::Enterprise;
    let wall = match terms.legal {
        Legal::Any => false,
        Legal::Foundation => company,
        Legal::Company => !company,
    };
    (wall && settings.on(Mechanism::LegalForms)).then_some(Refusal::LegalForm)
}

/// The most that a payer gives this way, cents a month.
fn limit(claim: Claim, project: &Project, payer: &Payer, settings: &Settings) -> i64 {
    let rates = &settings.rates;
    let most = match claim.instrument.terms().limit {
        Limit::Room => return i64::MAX,
        // A small part of a year's budget, over as many months as were asked.
        Limit::Budget => {
            let year = payer.budget as f64 * f64::from(YEAR);
            rates.finance_small * year / f64::from(length(claim).min(YEAR))
        }
        Limit::Benefit => {
            let belief = project.relations[payer.index as usize].belief.mean;
            rates.finance_appreciation * belief
        }
        Limit::Economic => project.economic * project.cost(settings.worker_cost) as f64,
    };
    most.max(0.0) as i64
}

fn drop_claim(project: &mut Project, claim: Claim) {
    if let Some(place) = project.claims.iter().position(|other| *other == claim) {
        project.claims.remove(place);
    }
}

/// Months of a year.
const YEAR: u32 = 12;

/// Months for which a claim asks; a year where an end is needed and none is asked.
fn length(claim: Claim) -> u32 {
    match claim.months {
        0 if claim.instrument.terms().standing => STANDING,
        0 => YEAR,
        months => months,
    }
}

fn sign(claim: Claim, cents: i64, project: &mut Project, payer: &Payer, round: &Round) {
    let least = viable(project, round.weighing.settings);
    let start = project.asked_from(round.clock.month, least);
    let end = start.saturating_add(length(claim));
    if claim.instrument.terms().novelty {
        project.relations[claim.payer as usize].grants += 1;
    }
    project.contracts.push(Contract {
        payer: claim.payer,
        cents,
        start,
        end,
        instrument: claim.instrument,
        programme: false,
        signed: cents,
        base: payer.budget,
        closes: claim.closes,
    });
}

/// Pressure has a price: a closed payer that gives in to a joint claim likes the project less.
fn press(project: &mut Project, payer: &Payer, instrument: Instrument, round: &Round) {
    let Weighing {
        settings,
        direction,
        ..
    } = round.weighing;
    if instrument.terms().shared == Shared::Directed {
        let lost = settings.rates.payer_pressure * direction * (1.0 - payer.openness);
        for tie in &mut project.relations[payer.index as usize].ties {
            *tie *= 1.0 - lost;
        }
    }
}

/// What is renewed by its terms is weighed again each January, with the weight of habit.
fn renew(payer: &Payer, round: &Round, projects: &mut [Mut<Project>], log: &mut Log) {
    let clock = &round.clock;
    for project in projects
        .iter_mut()
        .filter(|project| project.alive(clock.month))
    {
        for index in 0..project.contracts.len() {
            let contract = project.contracts[index];
            let notice = clock.month + 1 + round.weighing.settings.rates.lifecycle_notice as u32;
            let begun = contract.start <= clock.month;
            let weighed = contract.instrument.terms().renewed && contract.end > notice && begun;
            if contract.payer != payer.index || !weighed {
                continue;
            }
            let others = project.income(clock.month) - contract.cents;
            let offer = Offer {
                cents: contract.cents,
                instrument: contract.instrument,
                running: true,
                others,
            };
            let worth = worth(offer, project, payer, round.weighing);
            let room = round.after_rivals(round.free + contract.cents, worth);
            if worth <= 0.0 || room < contract.cents {
                project.contracts[index].end = notice;
                let payer = payer.id.clone();
                log.turn(clock, project, Turn::NotRenewed { payer });
            }
        }
    }
}
