//! Leaders as persons: they tire, leave or burn out, and a successor is searched for.
//!
//! What a leader holds in person goes along (seed 002, ch. 4): part of every tie, as far as no core
//! group shares it. Until a successor is found nobody writes claims, keeps ties warm, measures or
//! guards the method. A municipality that scouts best persons sees more candidates: it finds one
//! sooner, and a better one.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::core_group::held_by_others;
use crate::flows::Flows;
use crate::happening::{Log, Turn};
use crate::project::{Project, living};
use crate::settings::Settings;
use crate::streams::Streams;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, Rates};

/// The person who carries a project, with whoever does the business beside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader {
    /// Swims against the stream, 0..=1: makes contacts, and conflicts.
    pub drive: f64,
    /// Bridges between parties and lands ideas in policy, 0..=1.
    pub skill: f64,
    /// The second kind of skill, mostly a business counterpart's: selling and growing, 0..=1.
    pub business: f64,
    /// Energy left, 0..=1.
    pub energy: f64,
}

impl Leader {
    /// A fresh person, the best of as many candidates as scouting brings before the eye.
    ///
    /// Each quality is the largest of `n` uniform draws: one draw to the power 1/n.
    pub fn found(rates: &Rates, streams: &Streams, project: u64, month: u32) -> Self {
        let best_of = candidates(rates);
        let draw = |what: &str| {
            let uniform = streams.named(what).uniform(project, month, 0);
            libm::pow(uniform, 1.0 / best_of)
        };
        Self {
            drive: draw("leader.drive"),
            skill: draw("leader.skill"),
            business: rates.leader_business,
            energy: 1.0,
        }
    }

    /// Ties gained for a month of contact: more drive meets more people, and the same ones again.
    pub fn reach(&self, rates: &Rates) -> f64 {
        rates.tie_contact * self.skill * self.energy * libm::sqrt(self.drive)
    }

    /// Ties lost in a month of contact with a wholly closed payer: who pushes twice as hard meets
    /// resistance at every one of twice as many doors.
    pub fn conflict(&self, rates: &Rates) -> f64 {
        rates.leader_conflict * self.drive * self.drive
    }

    /// Swimming against the stream costs energy, backing gives it back.
    pub fn tire(&mut self, backing: f64, rates: &Rates) {
        let gain = rates.leader_rest * backing * (1.0 - self.energy);
        let cost = rates.leader_cost_of_stream * self.drive * (1.0 - backing) * self.energy;
        self.energy = (self.energy + gain - cost).clamp(0.0, 1.0);
    }

    /// Who invests in best persons trains them too.
    fn train(&mut self, rates: &Rates) {
        let pace = rates.leader_training * rates.governance_best_persons / 12.0;
        self.skill += (1.0 - self.skill) * pace;
        self.business += (1.0 - self.business) * pace;
    }
}

/// Candidates of whom the best is taken; 1 without scouting.
fn candidates(rates: &Rates) -> f64 {
    1.0 + rates.leader_scouting * rates.governance_best_persons
}

/// Leaders leave, the sooner the more tired; projects without one search.
pub fn come_and_go(
    mut projects: Query<&mut Project>,
    mut flows: ResMut<Flows>,
    mut log: ResMut<Log>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Succession) {
        return;
    }
    let rates = &settings.rates;
    let leaves = streams.named("leader.leaves");
    let search = streams.named("leader.search");
    for mut project in living(&mut projects, clock.month) {
        let key = project.key;
        let Some(leader) = &mut project.leader else {
            let finds = (candidates(rates) / rates.leader_search).min(1.0);
            if search.chance(finds, key, clock.month, 0) {
                let next = Leader::found(rates, &streams, key, clock.month);
                project.leader = Some(next);
                let Leader { drive, skill, .. } = next;
                log.turn(&clock, &project, Turn::Leader { drive, skill });
            }
            continue;
        };
        leader.train(rates);
        let tired = rates.leader_burn_out * (1.0 - leader.energy) / 12.0;
        let moves_on = rates.leader_leave / 12.0;
        // One draw: the lower part burns out, the upper part moves on.
        let draw = leaves.uniform(key, clock.month, 0);
        if draw < tired + moves_on {
            let how = if draw < tired {
                Turn::BurnedOut
            } else {
                Turn::MovedOn
            };
            go(&mut project, &settings);
            flows.leaders_left += 1;
            log.turn(&clock, &project, how);
        }
    }
}

/// The leader's own part of every tie goes along.
fn go(project: &mut Project, settings: &Settings) {
    let lost = settings.rates.leader_personal / (1.0 + held_by_others(project, settings));
    for tie in project.relations.iter_mut().flat_map(|r| &mut r.ties) {
        *tie *= 1.0 - lost;
    }
    project.leader = None;
    // Nobody writes what was still to be written.
    project.spend.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{project, settings};

    fn rates() -> Rates {
        let mut rates = settings(&[]).rates;
        rates.leader_conflict = 3.0;
        rates.tie_contact = 4.0;
        rates
    }

    /// Tie that a month's share of contact holds up with a payer of this openness.
    fn held(drive: f64, openness: f64) -> f64 {
        let rates = rates();
        let leader = Leader {
            drive,
            skill: 0.7,
            business: 0.3,
            energy: 0.8,
        };
        let share = 0.05;
        let gain = leader.reach(&rates) * share;
        let loss = 0.01 + leader.conflict(&rates) * share * (1.0 - openness);
        gain / (gain + loss)
    }

    #[test]
    fn drive_helps_up_to_a_point_that_lies_lower_with_closed_payers() {
        let best = |openness: f64| {
            let drives = (1..=100).map(|step| f64::from(step) / 100.0);
            drives
                .max_by(|a, b| held(*a, openness).total_cmp(&held(*b, openness)))
                .expect("a hundred of them")
        };
        assert!((best(1.0) - 1.0).abs() < 1e-9, "nobody to quarrel with");
        assert!(best(0.3) < best(0.8) && best(0.8) < 1.0);
        assert!(best(0.0) > 0.05);
    }

    #[test]
    fn a_core_group_keeps_what_a_leader_would_take_along() {
        let (mut alone, mut together) = (project(), project());
        let mut settings = settings(&[]);
        settings.rates.leader_personal = 0.5;
        settings.rates.coalition_reach = 0.25;
        alone.core_group = 0.0;
        together.core_group = 4.0;
        go(&mut alone, &settings);
        go(&mut together, &settings);
        assert!(alone.leader.is_none());
        assert!((alone.relations[0].tie_low() - 0.25).abs() < 1e-12);
        assert!((together.relations[0].tie_low() - 0.375).abs() < 1e-12);
    }

    #[test]
    fn scouting_finds_better_persons() {
        let (mut blind, mut scouting) = (rates(), rates());
        blind.governance_best_persons = 0.0;
        scouting.governance_best_persons = 1.0;
        let streams = Streams::new(1, 1);
        for month in 0..50 {
            let one = Leader::found(&blind, &streams, 7, month);
            let best = Leader::found(&scouting, &streams, 7, month);
            assert!(best.skill > one.skill && best.drive > one.drive);
        }
    }

    #[test]
    fn without_backing_energy_goes_and_with_it_comes_back() {
        let rates = rates();
        let mut leader = project().leader.expect("the fixture has one");
        leader.energy = 0.5;
        let mut backed = leader;
        leader.tire(0.0, &rates);
        backed.tire(1.0, &rates);
        assert!(leader.energy < 0.5 && backed.energy > 0.5);
    }
}
