//! Budget rounds: every payer ranks the claims before it by worth and pays down the list; what it
//! pays already it weighs again each January.

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::closing::{agrees, comes_from_old};
use crate::cofunding;
use crate::happening::{Log, Refusal, Turn};
use crate::instrument::{Instrument, Legal, Limit, Shared};
use crate::organisations::viable;
use crate::payer::{Payer, payers_in_order, promised};
use crate::project::{Claim, Contract, Project, STANDING, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Form;
use crate::streams::Streams;
use crate::worth::{Offer, Weighing, worth};
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind};

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
            let taken = consider(ranked, project, payer, &round, purse, &mut log);
            purse.spend(taken, project.newcomer);
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

/// Money that a payer still has in a round.
#[derive(Clone, Copy)]
struct Purse {
    /// All of it.
    left: i64,
    /// The part that is kept for new people and ideas.
    reserved: i64,
}

impl Purse {
    fn spend(&mut self, cents: i64, newcomer: bool) {
        self.left -= cents;
        if newcomer {
            self.reserved = (self.reserved - cents).max(0);
        }
    }
}

/// What a payer has to give this round, and who else asks.
struct Round<'a> {
    free: i64,
    rivals: Vec<(f64, i64)>,
    /// Which payers are the government, in the order of the scenario.
    public: &'a [bool],
    weighing: Weighing<'a>,
    streams: Streams,
    clock: Clock,
}

/// Level of the ties at which aldermen and boards decide.
const POLITICAL: usize = 3;

impl<'a> Round<'a> {
    fn new(
        payer: &Payer,
        public: &'a [bool],
        projects: &[Mut<Project>],
        municipality: &Municipality,
        streams: &Randomness,
        settings: &'a Settings,
        clock: &Clock,
    ) -> Self {
        // What ends within the horizon is free again by the time a new promise counts.
        let horizon = clock.month + settings.rates.payer_horizon as u32;
        let running = promised(projects, payer.index, |contract| {
            let later = contract.start > clock.month || contract.end > horizon;
            !contract.programme && later && !comes_from_old(contract, clock.month, settings)
        });
        let free = (payer.closed_money() - payer.obligations() - running).max(0);
        let wanted = payer.free_target().max(1);
        let mut rivals = rivals(payer, wanted, streams, settings, clock);
        // Own silo care that cuts took away is a claim like any other.
        let short = payer.short.iter().sum();
        rivals.push((settings.rates.payer_own_care, short));
        Self {
            free,
            rivals,
            public,
            weighing: Weighing {
                settings,
                direction: municipality.direction,
                tightness: (1.0 - free as f64 / wanted as f64).clamp(0.0, 1.0),
            },
            streams: streams.0,
            clock: *clock,
        }
    }

    /// Money that is left after all rivals of more worth were paid.
    fn after_rivals(&self, left: i64, worth: f64) -> i64 {
        let better = self.rivals.iter().filter(|(rival, _)| *rival > worth);
        left - better.map(|(_, ask)| ask).sum::<i64>()
    }

    /// Whether a claim comes through the levels of a payer's organisation this round. Each level
    /// that a project has no tie with can hold it up; standing money passes the political level.
    fn heard(&self, claim: &Claim, project: &Project, payer: &Payer) -> bool {
        let settings = self.weighing.settings;
        if !settings.on(Mechanism::Veto) {
            return true;
        }
        let ties = &project.relations[payer.index as usize].ties;
        let levels = if claim.months == 0 {
            ties
        } else {
            &ties[..POLITICAL]
        };
        let lowest = levels.iter().copied().fold(1.0, f64::min);
        let held_up = settings.rates.tie_veto * (1.0 - lowest);
        let stream = self.streams.named("payer.veto");
        !stream.chance(held_up, project.key ^ payer.key, self.clock.month, 0)
    }

    /// What is left to give, part of it kept for new people.
    fn purse(&self, payer: &Payer) -> Purse {
        let share = if payer.kind == PayerKind::Municipal {
            self.weighing.settings.rates.governance_free_room
        } else {
            0.0
        };
        Purse {
            left: self.free,
            reserved: (self.free as f64 * share) as i64,
        }
    }

    /// Money for a claim of this worth: new people find what is kept for them, whatever rivals ask.
    fn room(&self, purse: Purse, worth: f64, newcomer: bool) -> i64 {
        let open = self.after_rivals(purse.left - purse.reserved, worth);
        if newcomer {
            open.max(0) + purse.reserved
        } else {
            open
        }
    }

    /// What other payers pay or have promised for the time that is asked for.
    fn others(&self, project: &Project, payer: &Payer) -> i64 {
        self.promised(project, |giver| giver != payer.index)
    }

    /// What the government pays or has promised for that time.
    fn public(&self, project: &Project) -> i64 {
        self.promised(project, |giver| self.public[usize::from(giver)])
    }

    fn promised(&self, project: &Project, by: impl Fn(u16) -> bool) -> i64 {
        let least = viable(project, self.weighing.settings);
        let month = project.asked_from(self.clock.month, least);
        let counts = |contract: &&Contract| by(contract.payer) && contract.active(month);
        let contracts = project.contracts.iter().filter(counts);
        contracts.map(|contract| contract.cents).sum()
    }
}

fn rivals(
    payer: &Payer,
    wanted: i64,
    streams: &Randomness,
    settings: &Settings,
    clock: &Clock,
) -> Vec<(f64, i64)> {
    if !settings.on(Mechanism::Rivals) {
        return Vec::new();
    }
    let rates = &settings.rates;
    let number = rates.payer_rival_claims as u32;
    let stream = streams.named("payer.rivals");
    let ask = (wanted as f64 * rates.payer_rivals / f64::from(number)) as i64;
    (0..number)
        .map(|rival| {
            let draw = stream.normal(payer.key, clock.month, rival);
            let worth = rates.payer_rival_worth * libm::exp(rates.payer_rival_spread * draw);
            // Some of the others are new projects too, and as welcome for it.
            let is_new = f64::from(rival) < rates.payer_rival_new * f64::from(number);
            let liked = is_new && settings.on(Mechanism::Novelty);
            (worth + if liked { payer.novelty } else { 0.0 }, ask)
        })
        .collect()
}

/// Decides on a claim; returns the cents a month that it takes.
fn consider(
    ranked: Ranked,
    project: &mut Project,
    payer: &Payer,
    round: &Round,
    purse: Purse,
    log: &mut Log,
) -> i64 {
    let Ranked { worth, claim, .. } = ranked;
    let rates = &round.weighing.settings.rates;
    let clock = &round.clock;
    let settings = round.weighing.settings;
    let from_old = claim.closes && settings.on(Mechanism::Closing);
    let room = if !from_old {
        round.room(purse, worth, project.newcomer)
    } else if agrees(&claim, worth, project, payer, round.weighing) {
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
        return if from_old { 0 } else { granted };
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
    0
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
