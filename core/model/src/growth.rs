//! Growth of a team beyond its first size.
//!
//! A leader with drive wants to reach the households that still wait; a business counterpart turns
//! that into a claim and, once it is paid, into places (seed 002, 4.3: no project grows up without
//! one). The leader asks the payer with whom the tie is strongest for one worker more, on the terms
//! on which it pays already; payers decide by their one rule. A team grows by the workers that
//! money without an end in sight carries.

use crate::calendar::Randomness;
use crate::care::CareCounts;
use crate::clock::Clock;
use crate::happening::{Log, Turn};
use crate::instrument::Instrument;
use crate::payer::{Payer, payers_in_order};
use crate::project::{Claim, Project, living};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Teams with a waiting list ask for one worker more, and take in whom money carries.
pub fn grow(
    mut projects: Query<&mut Project>,
    mut payers: Query<&mut Payer>,
    mut log: ResMut<Log>,
    counts: Res<CareCounts>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Growth) || counts.team_waiting.len() == 0 {
        return;
    }
    let wants = streams.named("growth.wants");
    let payers = payers_in_order(&mut payers);
    for mut project in living(&mut projects, clock.month) {
        let Some(leader) = project.leader else {
            continue;
        };
        let pace = settings.rates.growth_pace * leader.drive * leader.energy * leader.business;
        if !wants.chance((pace / 12.0).min(1.0), project.key, clock.month, 0) {
            continue;
        }
        let next = project.cost(settings.worker_cost) + settings.worker_cost;
        let horizon = clock.month + settings.rates.growth_foresight as u32;
        if project.carried_until(clock.month, next) > horizon {
            project.full_workers += 1;
            let workers = project.full_workers;
            log.turn(&clock, &project, Turn::Grows { workers });
        } else if project.carried_until(clock.month, next - settings.worker_cost) > horizon {
            ask(&mut project, &payers, &settings, &clock);
        }
    }
}

/// Asks the best friend among those who pay without an end.
fn ask(project: &mut Project, payers: &[Mut<Payer>], settings: &Settings, clock: &Clock) {
    let standing = project.contracts.iter().filter(|contract| {
        let terms = contract.instrument != Instrument::TemporaryGrant;
        terms && contract.active(clock.month) && payers[contract.payer as usize].open
    });
    let tie = |payer: u16| project.relations[payer as usize].tie(settings.rates.tie_weakest);
    let best = standing.max_by(|a, b| {
        // Of equals the first in the scenario.
        tie(a.payer)
            .total_cmp(&tie(b.payer))
            .then(b.payer.cmp(&a.payer))
    });
    let Some(best) = best else { return };
    if project.claims.iter().any(|claim| claim.payer == best.payer) {
        return;
    }
    let claim = Claim {
        payer: best.payer,
        cents: settings.worker_cost,
        months: 0,
        instrument: best.instrument,
        closes: false,
        made: clock.month,
    };
    project.new_claims += 1.0;
    project.claims.push(claim);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, project, settings};
    use crate::project::STANDING;

    #[test]
    fn only_who_pays_without_an_end_is_asked_and_only_once_at_a_time() {
        let (settings, clock) = (
            settings(&[]),
            Clock::new("2010-01".parse().expect("a month")),
        );
        let mut world = World::new();
        world.spawn(crate::fixture::payer());
        let mut query = world.query::<&mut Payer>();
        let payers: Vec<_> = query.iter_mut(&mut world).collect();
        let mut project = project();
        let mut contract = contract(100, 0..10, Instrument::TemporaryGrant);
        project.contracts = vec![contract];
        ask(&mut project, &payers, &settings, &clock);
        assert!(project.claims.is_empty());
        contract.instrument = Instrument::StandingContribution;
        contract.end = STANDING;
        project.contracts = vec![contract];
        ask(&mut project, &payers, &settings, &clock);
        ask(&mut project, &payers, &settings, &clock);
        assert_eq!(project.claims.len(), 1);
        assert!((project.new_claims - 1.0).abs() < 1e-12);
        assert_eq!(project.claims[0].instrument, contract.instrument);
    }
}
