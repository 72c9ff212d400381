//! The one rule of every payer: rank claims by perceived worth per euro, pay down the list.
//!
//! Perceived worth per euro asked =
//! the payer's **belief** about its own benefit, times how **certain** it is of it (it shuns doubt,
//! the more so when money is tight), counted in full only as far as it is **assured** that the
//! others pay too; plus the pull of **ties**, of **novelty** and of **habit**; minus the
//! **resistance** against losing people, money and power. Rivals ask for the same money.
//! When nobody decides, money ends.

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::flows::Log;
use crate::payer::{Payer, payers_in_order, promised};
use crate::project::{Claim, Contract, Project, STANDING, projects_in_order};
use crate::settings::Settings;
use crate::strategy::Instrument;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

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
    let shared = matches!(
        offer.instrument,
        Instrument::StandingContribution | Instrument::SecondedStaff
    );
    let mut worth = belief_per_euro(offer, project, payer, weighing, shared);
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
        // Shared teams cost an institution people, money and power; embedding gives it some.
        let power = rates.payer_resistance * (1.0 - payer.openness);
        match offer.instrument {
            Instrument::StructuralSubsidy => worth += power / 2.0,
            _ if shared => worth -= power,
            _ => {}
        }
    }
    worth
}

/// Own money buys only its own part of the team's benefit, unless the payer is assured that the
/// others pay theirs: then its part carries the whole.
fn belief_per_euro(
    offer: Offer,
    project: &Project,
    payer: &Payer,
    weighing: Weighing,
    shared: bool,
) -> f64 {
    let settings = weighing.settings;
    let rates = &settings.rates;
    let belief = project.relations[payer.index as usize].belief;
    let alone = project.cost(settings.worker_cost).max(1) as f64;
    let assured = if shared && settings.on(Mechanism::Direction) {
        rates.payer_assurance * weighing.direction
    } else {
        0.0
    };
    let per_euro = belief.mean * (assured / offer.cents as f64 + (1.0 - assured) / alone);
    if !settings.on(Mechanism::RiskAversion) || belief.mean <= 0.0 {
        return per_euro;
    }
    let doubt = 1.0 / libm::sqrt(belief.precision) / belief.mean;
    let aversion = rates.payer_risk_aversion * (1.0 + rates.payer_tightness * weighing.tightness);
    per_euro / (1.0 + aversion * doubt)
}

/// Quarterly budget round: every payer decides on the claims before it; in January it decides
/// again on standing contributions.
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
            renew(&payer, &round, &mut projects, &mut log, &clock);
        }
        let mut left = round.free;
        for project in &mut projects {
            let mine = |claim: &&Claim| claim.payer == payer.index;
            let claims: Vec<Claim> = project.claims.iter().filter(mine).copied().collect();
            for claim in claims {
                left -= consider(claim, project, &payer, &round, left, &mut log, &clock);
            }
        }
    }
}

/// What a payer has to give this round, and who else asks.
struct Round<'a> {
    free: i64,
    rivals: Vec<(f64, i64)>,
    weighing: Weighing<'a>,
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
        let rates = &settings.rates;
        // What ends within a year is free again by the time a new promise counts.
        let running = promised(projects, payer.index, |contract| {
            contract.start > clock.month || contract.end > clock.month.saturating_add(12)
        });
        let free = (payer.budget - payer.obligations() - running).max(0);
        let wanted = payer.free_target().max(1);
        let tightness = (1.0 - free as f64 / wanted as f64).clamp(0.0, 1.0);
        let mut rivals = Vec::new();
        if settings.on(Mechanism::Rivals) {
            let stream = streams.named("payer.rivals");
            let ask = (wanted as f64 * rates.payer_rivals / f64::from(RIVALS)) as i64;
            for rival in 0..RIVALS {
                let draw = stream.normal(u64::from(payer.index), clock.month, rival);
                let worth = rates.payer_rival_worth * libm::exp(rates.payer_rival_spread * draw);
                rivals.push((worth, ask));
            }
        }
        Self {
            free,
            rivals,
            weighing: Weighing {
                settings,
                direction: municipality.direction,
                tightness,
            },
        }
    }

    /// Money that is left after all rivals of more worth were paid.
    fn after_rivals(&self, left: i64, worth: f64) -> i64 {
        let better = self.rivals.iter().filter(|(rival, _)| *rival > worth);
        left - better.map(|(_, ask)| ask).sum::<i64>()
    }
}

/// Decides on a claim; returns the cents a month that it takes.
fn consider(
    claim: Claim,
    project: &mut Project,
    payer: &Payer,
    round: &Round,
    left: i64,
    log: &mut Log,
    clock: &Clock,
) -> i64 {
    let settings = round.weighing.settings;
    let offer = Offer {
        cents: claim.cents,
        instrument: claim.instrument,
        running: false,
    };
    let worth = worth(offer, project, payer, round.weighing);
    let room = round.after_rivals(left, worth);
    // Half of what was asked still helps; less is no answer.
    let granted = claim.cents.min(room);
    if payer.open && worth > 0.0 && granted * 2 >= claim.cents {
        project.claims.retain(|other| *other != claim);
        sign(claim, granted, project, settings, clock);
        log.note(
            clock,
            format!(
                "{}: payer {} grants {granted} cents a month",
                project.id, payer.index
            ),
        );
        return granted;
    }
    if f64::from(clock.month - claim.made) >= settings.rates.lifecycle_claim_patience {
        project.claims.retain(|other| *other != claim);
        project.relations[payer.index as usize].refused = Some(clock.month);
        log.note(
            clock,
            format!(
                "{}: payer {} refuses (worth {worth:.2} per euro)",
                project.id, payer.index
            ),
        );
    }
    0
}

fn sign(claim: Claim, cents: i64, project: &mut Project, settings: &Settings, clock: &Clock) {
    let least = crate::organisations::viable(project, settings);
    let start = project.asked_from(clock.month, least);
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
    });
}

/// Standing contributions are weighed again each January, with the weight of habit.
fn renew(
    payer: &Payer,
    round: &Round,
    projects: &mut [Mut<Project>],
    log: &mut Log,
    clock: &Clock,
) {
    for project in projects.iter_mut() {
        for index in 0..project.contracts.len() {
            let contract = project.contracts[index];
            if contract.payer != payer.index
                || contract.end != STANDING
                || !contract.active(clock.month)
            {
                continue;
            }
            let offer = Offer {
                cents: contract.cents,
                instrument: contract.instrument,
                running: true,
            };
            let worth = worth(offer, project, payer, round.weighing);
            let room = round.after_rivals(round.free + contract.cents, worth);
            if worth <= 0.0 || room < contract.cents {
                let notice = round.weighing.settings.rates.lifecycle_notice as u32;
                project.contracts[index].end = clock.month + 1 + notice;
                let id = &project.id;
                log.note(
                    clock,
                    format!("{id}: payer {} ends its contribution", payer.index),
                );
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
