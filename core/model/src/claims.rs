//! The one rule of every payer: rank claims by perceived worth per euro, pay down the list.
//!
//! Perceived worth per euro asked =
//! the payer's **belief** about its own benefit, times how **certain** it is of it (it shuns doubt,
//! the more so when money is tight), counted in full only as far as it is **assured** that the
//! others pay too: by what they have promised, and by a municipality that presses them; plus the
//! pull of **ties**, of **novelty** and of **habit**; minus the **resistance** against losing
//! people, money and power. Rivals ask for the same money. When nobody decides, money ends.

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::flows::Log;
use crate::organisations::viable;
use crate::payer::{Payer, payers_in_order, promised};
use crate::project::{Claim, Contract, Project, STANDING, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Instrument;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind};

/// Number of rival claims in a round; together they ask `payer.rivals` times the free money.
const RIVALS: u32 = 8;

/// What is put before a payer.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Cents a month.
    pub cents: i64,
    /// How it is to be given.
    pub instrument: Instrument,
    /// Whether the payer pays this already.
    pub running: bool,
    /// What others pay or have promised for the same time, cents a month.
    pub others: i64,
}

impl Offer {
    /// Shared with other payers, under a direction that is not the payer's own.
    fn shared(&self) -> bool {
        matches!(
            self.instrument,
            Instrument::StandingContribution | Instrument::SecondedStaff
        )
    }
}

/// What a payer weighs an offer with.
#[derive(Clone, Copy, Debug)]
pub struct Weighing<'a> {
    /// Settings of the run.
    pub settings: &'a Settings,
    /// Strength of municipal direction.
    pub direction: f64,
    /// How much of the wanted free money is gone, 0 none .. 1 all.
    pub tightness: f64,
}

/// Perceived worth per euro of an offer of this project to this payer.
pub fn worth(offer: Offer, project: &Project, payer: &Payer, weighing: Weighing) -> f64 {
    let settings = weighing.settings;
    let rates = &settings.rates;
    let relation = &project.relations[payer.index as usize];
    let mut worth = belief_per_euro(offer, project, payer, weighing);
    if settings.on(Mechanism::Ties) {
        worth += rates.payer_tie_pull * relation.tie();
    }
    if settings.on(Mechanism::Novelty) && offer.instrument == Instrument::TemporaryGrant {
        worth += payer.novelty / f64::from(1 + relation.grants);
    }
    if offer.running {
        worth += rates.payer_habit;
    }
    if settings.on(Mechanism::Resistance) {
        // A shared team costs an institution people, money and power; embedding brings them in.
        let power = rates.payer_resistance * (1.0 - payer.openness);
        if offer.shared() {
            worth -= power;
        } else if offer.instrument == Instrument::StructuralSubsidy {
            worth += power;
        }
    }
    worth
}

/// Own money buys only its own part of the team's benefit, unless the payer is assured that the
/// others pay theirs: then its part carries the whole.
fn belief_per_euro(offer: Offer, project: &Project, payer: &Payer, weighing: Weighing) -> f64 {
    let settings = weighing.settings;
    let rates = &settings.rates;
    let belief = project.relations[payer.index as usize].belief;
    let cost = project.cost(settings.worker_cost).max(1) as f64;
    let assured = if offer.shared() {
        assurance(offer, project, payer, weighing)
    } else {
        0.0
    };
    let per_euro = belief.mean * (assured / offer.cents as f64 + (1.0 - assured) / cost);
    if !settings.on(Mechanism::RiskAversion) || belief.mean <= 0.0 {
        return per_euro;
    }
    let doubt = 1.0 / libm::sqrt(belief.precision) / belief.mean;
    let aversion = rates.payer_risk_aversion * (1.0 + rates.payer_tightness * weighing.tightness);
    per_euro / (1.0 + aversion * doubt)
}

/// How sure a payer is that the team will be whole if it pays its part: what others have promised,
/// and for the rest a municipality that presses, as far as it reaches this payer.
fn assurance(offer: Offer, project: &Project, payer: &Payer, weighing: Weighing) -> f64 {
    let settings = weighing.settings;
    let rest = (project.cost(settings.worker_cost) - offer.cents).max(1) as f64;
    let promised = (offer.others as f64 / rest).clamp(0.0, 1.0);
    if !settings.on(Mechanism::Direction) {
        return promised;
    }
    let reach = if payer.kind == PayerKind::Municipal {
        1.0
    } else {
        project.relations[payer.index as usize].ties[3]
    };
    let pressed = settings.rates.payer_assurance * weighing.direction * reach;
    promised + (1.0 - promised) * pressed
}

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
    for payer in payers_in_order(&mut payers) {
        let round = Round::new(
            &payer,
            &projects,
            &municipality,
            &streams,
            &settings,
            &clock,
        );
        if clock.month_of_year == 1 {
            renew(&payer, &round, &mut projects, &mut log);
        }
        let mut left = round.free;
        for ranked in rank(&payer, &round, &projects) {
            let project = &mut projects[ranked.project];
            left -= consider(ranked, project, &payer, &round, left, &mut log);
        }
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

/// What a payer has to give this round, and who else asks.
struct Round<'a> {
    free: i64,
    rivals: Vec<(f64, i64)>,
    weighing: Weighing<'a>,
    clock: Clock,
}

impl<'a> Round<'a> {
    fn new(
        payer: &Payer,
        projects: &[Mut<Project>],
        municipality: &Municipality,
        streams: &Randomness,
        settings: &'a Settings,
        clock: &Clock,
    ) -> Self {
        // What ends within a year is free again by the time a new promise counts.
        let running = promised(projects, payer.index, |contract| {
            !contract.programme
                && (contract.start > clock.month || contract.end > clock.month.saturating_add(12))
        });
        let free = (payer.closed_money() - payer.obligations() - running).max(0);
        let wanted = payer.free_target().max(1);
        Self {
            free,
            rivals: rivals(payer, wanted, streams, settings, clock),
            weighing: Weighing {
                settings,
                direction: municipality.direction,
                tightness: (1.0 - free as f64 / wanted as f64).clamp(0.0, 1.0),
            },
            clock: *clock,
        }
    }

    /// Money that is left after all rivals of more worth were paid.
    fn after_rivals(&self, left: i64, worth: f64) -> i64 {
        let better = self.rivals.iter().filter(|(rival, _)| *rival > worth);
        left - better.map(|(_, ask)| ask).sum::<i64>()
    }

    /// What other payers pay or have promised for the time that is asked for.
    fn others(&self, project: &Project, payer: &Payer) -> i64 {
        let least = viable(project, self.weighing.settings);
        let month = project.asked_from(self.clock.month, least);
        let others = |contract: &&Contract| contract.payer != payer.index && contract.active(month);
        project
            .contracts
            .iter()
            .filter(others)
            .map(|c| c.cents)
            .sum()
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
    let stream = streams.named("payer.rivals");
    let ask = (wanted as f64 * rates.payer_rivals / f64::from(RIVALS)) as i64;
    (0..RIVALS)
        .map(|rival| {
            let draw = stream.normal(payer.key, clock.month, rival);
            let worth = rates.payer_rival_worth * libm::exp(rates.payer_rival_spread * draw);
            (worth, ask)
        })
        .collect()
}

/// Decides on a claim; returns the cents a month that it takes.
fn consider(
    ranked: Ranked,
    project: &mut Project,
    payer: &Payer,
    round: &Round,
    left: i64,
    log: &mut Log,
) -> i64 {
    let Ranked { worth, claim, .. } = ranked;
    let rates = &round.weighing.settings.rates;
    let clock = &round.clock;
    let room = round.after_rivals(left, worth);
    let granted = claim.cents.min(room);
    let enough = granted as f64 >= rates.payer_partial * claim.cents as f64;
    if payer.open && worth > 0.0 && granted > 0 && enough {
        drop_claim(project, claim);
        sign(claim, granted, project, round);
        press(project, payer, claim.instrument, round);
        let text = format!(
            "{} grants {:.0} euro a month",
            payer.id,
            granted as f64 / 100.0
        );
        log.note(clock, format!("{}: {text}", project.id));
        return granted;
    }
    if f64::from(clock.month - claim.made) >= rates.lifecycle_claim_patience {
        drop_claim(project, claim);
        project.relations[payer.index as usize].refused = Some(clock.month);
        let text = format!("{} refuses (worth {worth:.2} per euro)", payer.id);
        log.note(clock, format!("{}: {text}", project.id));
    }
    0
}

fn drop_claim(project: &mut Project, claim: Claim) {
    if let Some(place) = project.claims.iter().position(|other| *other == claim) {
        project.claims.remove(place);
    }
}

fn sign(claim: Claim, cents: i64, project: &mut Project, round: &Round) {
    let least = viable(project, round.weighing.settings);
    let start = project.asked_from(round.clock.month, least);
    let end = if claim.months == 0 {
        STANDING
    } else {
        start + claim.months
    };
    if claim.instrument == Instrument::TemporaryGrant {
        project.relations[claim.payer as usize].grants += 1;
    }
    project.contracts.push(Contract {
        payer: claim.payer,
        cents,
        start,
        end,
        instrument: claim.instrument,
        programme: false,
    });
}

/// Pressure has a price: a closed payer that gives in to a joint claim likes the project less.
fn press(project: &mut Project, payer: &Payer, instrument: Instrument, round: &Round) {
    let Weighing {
        settings,
        direction,
        ..
    } = round.weighing;
    let offer = Offer {
        cents: 1,
        instrument,
        running: false,
        others: 0,
    };
    if offer.shared() && settings.on(Mechanism::Direction) {
        let lost = settings.rates.payer_pressure * direction * (1.0 - payer.openness);
        for tie in &mut project.relations[payer.index as usize].ties {
            *tie *= 1.0 - lost;
        }
    }
}

/// Standing contributions are weighed again each January after their first year, with the weight
/// of habit.
fn renew(payer: &Payer, round: &Round, projects: &mut [Mut<Project>], log: &mut Log) {
    let clock = &round.clock;
    for project in projects
        .iter_mut()
        .filter(|project| project.alive(clock.month))
    {
        for index in 0..project.contracts.len() {
            let contract = project.contracts[index];
            let settled =
                contract.end == STANDING && contract.start.saturating_add(6) <= clock.month;
            if contract.payer != payer.index || !settled {
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
                let notice = round.weighing.settings.rates.lifecycle_notice as u32;
                project.contracts[index].end = clock.month + 1 + notice;
                let text = format!("{} ends its contribution", payer.id);
                let line = format!("{}: {text}", project.id);
                log.note(clock, line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{payer, project, settings};

    fn offer(instrument: Instrument) -> Offer {
        Offer {
            cents: 1_000_000,
            instrument,
            running: false,
            others: 0,
        }
    }

    fn weigh(settings: &Settings, direction: f64, tightness: f64) -> Weighing<'_> {
        Weighing {
            settings,
            direction,
            tightness,
        }
    }

    #[test]
    fn direction_assures_a_payer_of_a_shared_team() {
        let (settings, payer, project) = (settings(&[]), payer(), project());
        let shared = offer(Instrument::StandingContribution);
        let weak = worth(shared, &project, &payer, weigh(&settings, 0.0, 0.0));
        let strong = worth(shared, &project, &payer, weigh(&settings, 1.0, 0.0));
        assert!(strong > weak);
        let alone = offer(Instrument::TemporaryGrant);
        let weak = worth(alone, &project, &payer, weigh(&settings, 0.0, 0.0));
        let strong = worth(alone, &project, &payer, weigh(&settings, 1.0, 0.0));
        assert!((strong - weak).abs() < 1e-12, "no other pays for a grant");
    }

    #[test]
    fn what_others_promised_assures_too() {
        let (settings, payer, project) = (settings(&[Mechanism::Direction]), payer(), project());
        let alone = offer(Instrument::StandingContribution);
        let joined = Offer {
            others: 2_000_000,
            ..alone
        };
        let weighing = weigh(&settings, 0.0, 0.0);
        let gain = |offer| worth(offer, &project, &payer, weighing);
        assert!(gain(joined) > gain(alone));
    }

    #[test]
    fn doubt_weighs_more_when_money_is_tight_and_not_at_all_without_risk_aversion() {
        let (payer, project) = (payer(), project());
        let grant = offer(Instrument::TemporaryGrant);
        let loss = |settings: &Settings| {
            worth(grant, &project, &payer, weigh(settings, 0.5, 0.0))
                - worth(grant, &project, &payer, weigh(settings, 0.5, 1.0))
        };
        assert!(loss(&settings(&[])) > 0.0);
        assert!(loss(&settings(&[Mechanism::RiskAversion])).abs() < 1e-12);
    }

    #[test]
    fn sharper_evidence_of_the_same_benefit_is_worth_more() {
        let (settings, payer) = (settings(&[]), payer());
        let (dull, mut sharp) = (project(), project());
        sharp.relations[0].belief.precision *= 100.0;
        let grant = offer(Instrument::TemporaryGrant);
        let weighing = weigh(&settings, 0.5, 0.5);
        assert!(worth(grant, &sharp, &payer, weighing) > worth(grant, &dull, &payer, weighing));
    }

    #[test]
    fn a_closed_institution_resists_a_shared_team_and_likes_to_embed() {
        let (settings, project) = (settings(&[]), project());
        let (mut open, mut closed) = (payer(), payer());
        open.openness = 1.0;
        closed.openness = 0.0;
        let gain = |instrument| {
            let weighing = weigh(&settings, 0.5, 0.0);
            worth(offer(instrument), &project, &closed, weighing)
                - worth(offer(instrument), &project, &open, weighing)
        };
        assert!(gain(Instrument::StandingContribution) < 0.0);
        assert!(gain(Instrument::StructuralSubsidy) > 0.0);
        assert!(gain(Instrument::TemporaryGrant).abs() < 1e-12);
    }

    #[test]
    fn what_was_new_is_new_once() {
        let (settings, mut payer, first) = (settings(&[]), payer(), project());
        payer.novelty = 0.8;
        let mut second = first.clone();
        second.relations[0].grants = 1;
        let grant = offer(Instrument::TemporaryGrant);
        let weighing = weigh(&settings, 0.5, 0.0);
        let lost = worth(grant, &first, &payer, weighing) - worth(grant, &second, &payer, weighing);
        assert!((lost - 0.4).abs() < 1e-12);
    }
}
