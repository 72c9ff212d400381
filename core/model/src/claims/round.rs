//! What a payer has to give in a round, and who else asks for it.

use crate::calendar::{Municipality, Randomness};
use crate::clock::Clock;
use crate::closing::comes_from_old;
use crate::organisations::viable;
use crate::payer::{Payer, promised};
use crate::project::{Claim, Project};
use crate::settings::Settings;
use crate::streams::Streams;
use crate::works::Investments;
use crate::worth::Weighing;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, PayerKind};

/// What a payer still has in a round.
#[derive(Clone, Copy)]
pub(super) struct Purse {
    /// Money, all of it.
    pub left: i64,
    /// The part that is kept for new people and ideas.
    reserved: i64,
    /// Old capacity that it has not yet agreed to close.
    pub old: i64,
}

impl Purse {
    pub fn spend(&mut self, cents: i64, newcomer: bool) {
        self.left -= cents;
        if newcomer {
            self.reserved = (self.reserved - cents).max(0);
        }
    }
}

/// What a payer has to give this round, and who else asks.
pub(super) struct Round<'a> {
    pub free: i64,
    /// Old capacity that it has agreed to close later.
    closing: i64,
    rivals: Vec<(f64, i64)>,
    /// Which payers are the government, in the order of the scenario.
    public: &'a [bool],
    pub weighing: Weighing<'a>,
    streams: Streams,
    pub clock: Clock,
}

/// Level of the ties at which aldermen and boards decide.
const POLITICAL: usize = 3;

impl<'a> Round<'a> {
    pub fn new(
        payer: &Payer,
        public: &'a [bool],
        projects: &[Mut<Project>],
        investments: &Investments,
        municipality: &Municipality,
        streams: &Randomness,
        settings: &'a Settings,
        clock: &Clock,
    ) -> Self {
        // What ends within the horizon is free again by the time a new promise counts.
        let horizon = clock.month + settings.rates.payer_horizon as u32;
        let running = promised(projects, payer.index, |contract| {
            let runs_on = contract.end > horizon && contract.draws(clock.month + 1);
            let later = contract.start > clock.month || runs_on;
            !contract.programme && later && !comes_from_old(contract, clock.month, settings)
        });
        let area = investments.due_beyond(payer.index, clock.month, horizon);
        let free = payer.free(running + area).max(0);
        let wanted = payer.free_target().max(1);
        let mut rivals = rivals(payer, wanted, streams, settings, clock);
        // Own silo care that cuts took away is a claim like any other.
        let short = payer.short.iter().sum();
        rivals.push((settings.rates.payer_own_care, short));
        let closing = promised(projects, payer.index, |contract| {
            comes_from_old(contract, clock.month, settings)
        });
        Self {
            free,
            closing,
            rivals,
            public,
            weighing: Weighing {
                settings,
                direction: municipality.direction,
                tightness: payer.tightness(free),
            },
            streams: streams.0,
            clock: *clock,
        }
    }

    /// Money that is left after all rivals of more worth were paid.
    pub fn after_rivals(&self, left: i64, worth: f64) -> i64 {
        let better = self.rivals.iter().filter(|(rival, _)| *rival > worth);
        left - better.map(|(_, ask)| ask).sum::<i64>()
    }

    /// Whether a claim comes through the levels of a payer's organisation this round. Each level
    /// that a project has no tie with can hold it up; standing money passes the political level.
    pub fn heard(&self, claim: &Claim, project: &Project, payer: &Payer) -> bool {
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
    pub fn purse(&self, payer: &Payer) -> Purse {
        let share = if payer.kind == PayerKind::Municipal {
            self.weighing.settings.rates.governance_free_room
        } else {
            0.0
        };
        Purse {
            left: self.free,
            reserved: (self.free as f64 * share) as i64,
            old: payer.obligations() - self.closing,
        }
    }

    /// Money for a claim of this worth: new people find what is kept for them, whatever rivals ask.
    pub fn room(&self, purse: Purse, worth: f64, newcomer: bool) -> i64 {
        let open = self.after_rivals(purse.left - purse.reserved, worth);
        if newcomer {
            open.max(0) + purse.reserved
        } else {
            open
        }
    }

    /// Money or workers that other payers give or have promised for the time that is asked for.
    pub fn others(&self, project: &Project, payer: &Payer) -> i64 {
        self.promised(project, |giver| giver != payer.index)
    }

    /// What the government pays or has promised for that time.
    pub fn public(&self, project: &Project) -> i64 {
        self.promised(project, |giver| self.public[usize::from(giver)])
    }

    fn promised(&self, project: &Project, by: impl Fn(u16) -> bool) -> i64 {
        let least = viable(project, self.weighing.settings);
        let month = project.asked_from(self.clock.month, least);
        project.income_from(month, by)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::works::Investment;
    use zalm_scenario::AreaWork;

    #[test]
    fn what_neighbourhoods_were_promised_is_not_free() {
        let settings = fixture::settings(&[]);
        let mut payer = fixture::payer();
        // Its obligations have made room for what it pays to neighbourhoods.
        (payer.budget, payer.other) = (100, 80);
        let municipality = Municipality {
            base_direction: 0.0,
            alderman_spread: 0.0,
            direction: 0.0,
            elections: Vec::new(),
        };
        let basis = Investment {
            work: AreaWork::Basis,
            homes: vec![0],
            households: 1,
            payer: 0,
            cents: 20,
            start: 0,
            end: 10_000,
        };
        let free = |investments: Vec<Investment>| {
            let round = Round::new(
                &payer,
                &[false],
                &[],
                &Investments::new(investments, 1),
                &municipality,
                &Randomness(Streams::new(1, 0)),
                &settings,
                &Clock::new("2010-01".parse().expect("a month")),
            );
            (round.free, round.weighing.tightness)
        };
        assert_eq!(free(Vec::new()).0, 20);
        assert_eq!(free(vec![basis]), (0, 1.0));
    }
}
