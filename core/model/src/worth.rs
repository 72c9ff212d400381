//! What a claim is worth to a payer: the one rule by which all of them rank.
//!
//! Perceived worth per euro asked =
//! the payer's **belief** about its own benefit, times how **certain** it is of it (it shuns doubt,
//! the more so when money is tight), counted in full only as far as it is **assured** that the
//! others pay too: by what they have promised, and by a municipality that presses them; plus the
//! pull of **ties**, of **novelty** and of **habit**; minus the **resistance** against losing
//! people, money and power; plus what is expected **back** of what is lent, or is given for places of
//! work. Rivals ask for the same money. When nobody decides, money ends.

use crate::finance::expected_back;
use crate::instrument::{Instrument, Power, Shared};
use crate::payer::Payer;
use crate::project::Project;
use crate::settings::Settings;
use crate::support::counted;
use zalm_scenario::{Mechanism, PayerKind};

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
    let terms = offer.instrument.terms();
    let mut worth = belief_per_euro(offer, project, payer, weighing);
    worth += expected_back(terms.back, offer.cents, project, payer.index, settings);
    if settings.on(Mechanism::Ties) && terms.ties {
        worth += rates.payer_tie_pull * relation.tie(rates.tie_weakest);
    }
    if settings.on(Mechanism::Novelty) && terms.novelty {
        worth += payer.novelty / f64::from(1 + relation.grants);
    }
    if settings.on(Mechanism::Habit) && offer.running {
        worth += rates.payer_habit;
    }
    if settings.on(Mechanism::Resistance) {
        // Lifting workers out costs an institution people, money and power; lending them less;
        // embedding brings them in.
        let power = rates.payer_resistance * (1.0 - payer.openness);
        worth += match terms.power {
            Power::Keeps => 0.0,
            Power::Lends => -power * rates.payer_resistance_lent,
            Power::GivesUp => -power,
            Power::TakesIn => power,
        };
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
    let assured = assurance(offer, project, payer, weighing);
    let per_euro = belief.mean * (assured / offer.cents as f64 + (1.0 - assured) / cost);
    if !settings.on(Mechanism::RiskAversion) || belief.mean <= 0.0 {
        return per_euro;
    }
    let doubt = 1.0 / libm::sqrt(belief.precision) / belief.mean;
    let aversion = rates.payer_risk_aversion * (1.0 + rates.payer_tightness * weighing.tightness);
    per_euro / (1.0 + aversion * doubt)
}

/// How sure a payer is that the team will be whole if it pays its part: not at all when it buys a
/// part of its own; otherwise what others have promised, and, where the municipality directs, for
/// the rest its pressure, as far as it reaches this payer.
fn assurance(offer: Offer, project: &Project, payer: &Payer, weighing: Weighing) -> f64 {
    let settings = weighing.settings;
    let shared = offer.instrument.terms().shared;
    if shared == Shared::Alone {
        return 0.0;
    }
    let rest = (project.cost(settings.worker_cost) - offer.cents).max(1) as f64;
    let promised = (offer.others as f64 / rest).clamp(0.0, 1.0);
    if shared == Shared::Together {
        let table = settings.rates.payer_table * coalition(project, payer, settings);
        return promised + (1.0 - promised) * table;
    }
    let reach = reach(project, payer, settings);
    let pressed = settings.rates.payer_assurance * weighing.direction * reach;
    promised + (1.0 - promised) * pressed
}

/// Strength of the coalition of the others around the table: those who are asked to share the team,
/// or share it already.
fn coalition(project: &Project, payer: &Payer, settings: &Settings) -> f64 {
    let asked = project
        .claims
        .iter()
        .map(|claim| (claim.payer, claim.instrument));
    let given = project.contracts.iter();
    let given = given.map(|contract| (contract.payer, contract.instrument));
    let shares =
        |(_, instrument): &(u16, Instrument)| instrument.terms().shared == Shared::Together;
    let mut others: Vec<u16> = asked
        .chain(given)
        .filter(shares)
        .map(|(at, _)| at)
        .collect();
    others.retain(|&other| other != payer.index);
    others.sort_unstable();
    others.dedup();
    let tie = |&other: &u16| {
        let tie = project.relations[other as usize].tie(settings.rates.tie_weakest);
        counted(tie, settings)
    };
    others.iter().map(tie).sum::<f64>() / others.len().max(1) as f64
}

/// How far a municipality that presses reaches a payer: all its own departments, others as far as
/// the tie at the political level does.
pub fn reach(project: &Project, payer: &Payer, settings: &Settings) -> f64 {
    if payer.kind == PayerKind::Municipal {
        1.0
    } else {
        counted(project.relations[payer.index as usize].ties[3], settings)
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
        let together = offer(Instrument::StandingContribution);
        let weak = worth(together, &project, &payer, weigh(&settings, 0.0, 0.0));
        let strong = worth(together, &project, &payer, weigh(&settings, 1.0, 0.0));
        assert!(strong > weak);
        let alone = offer(Instrument::TemporaryGrant);
        let weak = worth(alone, &project, &payer, weigh(&settings, 0.0, 0.0));
        let strong = worth(alone, &project, &payer, weigh(&settings, 1.0, 0.0));
        assert!((strong - weak).abs() < 1e-12, "no other pays for a grant");
    }

    #[test]
    fn what_others_promised_assures_too() {
        let (settings, payer, project) = (settings(&[]), payer(), project());
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
    fn a_coalition_around_the_table_assures_and_direction_does_not() {
        let (settings, payer, mut alone) = (settings(&[]), payer(), project());
        alone.relations.push(alone.relations[0].clone());
        let lent = offer(Instrument::SecondedStaff);
        let gain = |project: &Project, direction| {
            worth(lent, project, &payer, weigh(&settings, direction, 0.0))
        };
        let mut together = alone.clone();
        together.claims.push(crate::project::Claim {
            payer: 1,
            cents: 1,
            months: 0,
            instrument: Instrument::SecondedStaff,
            closes: false,
            made: 0,
        });
        assert!(gain(&together, 0.0) > gain(&alone, 0.0));
        assert!((gain(&alone, 1.0) - gain(&alone, 0.0)).abs() < 1e-12);
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
