//! Closing: who takes the new closes something old to pay for it ("nieuw voor oud").
//!
//! A claim can ask a payer to pay from its own old capacity: silo places and contracts with others
//! that it closes for as much money. That takes no free money, so no rival stands in the way. But it
//! is a decision, and the payer resists what it loses, the more so the more closed it is: people,
//! where the old is its own silo; money and power, by the part of all it has. And the old must be
//! worth less to it than the new. Without a claim that closes, new money comes on top of the old.

use crate::clock::Clock;
use crate::happening::{Log, Turn};
use crate::payer::{Payer, payers_in_order};
use crate::project::{Claim, Contract, Project, projects_in_order};
use crate::settings::Settings;
use crate::worth::{Weighing, reach};
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Whether a payer closes as much of the old as the claim asks, at this worth per euro of the new,
/// when so much of the `old` is not yet to be closed for others.
pub fn agrees(
    claim: &Claim,
    worth: f64,
    old: i64,
    project: &Project,
    payer: &Payer,
    by: Weighing,
) -> bool {
    let lost = resistance(claim.cents, project, payer, by);
    claim.cents <= old && worth - lost > by.settings.rates.closing_old
}

/// Worth per euro of the people, money and power that closing costs a payer.
fn resistance(cents: i64, project: &Project, payer: &Payer, by: Weighing) -> f64 {
    let settings = by.settings;
    if !settings.on(Mechanism::Resistance) {
        return 0.0;
    }
    let rates = &settings.rates;
    let all = payer.obligations().max(1) as f64;
    let people = payer.silo.iter().sum::<i64>() as f64 / all;
    let money = cents as f64 / all;
    let lost = (1.0 + rates.closing_people * people) * (1.0 + rates.closing_money * money);
    let steered = rates.closing_steering * by.direction * reach(project, payer, settings);
    rates.closing_resistance * (1.0 - payer.openness) * lost * (1.0 - steered)
}

/// Money phase: the old closes in the month in which what it pays for begins.
pub fn close_old(
    mut payers: Query<&mut Payer>,
    mut projects: Query<&mut Project>,
    mut log: ResMut<Log>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Closing) {
        return;
    }
    let mut payers = payers_in_order(&mut payers);
    for project in projects_in_order(&mut projects) {
        let begins = |c: &&Contract| c.closes && c.start == clock.month && c.active(clock.month);
        for contract in project.contracts.iter().filter(begins) {
            let payer = &mut payers[contract.payer as usize];
            let before = payer.obligations();
            // Closed for good: nobody wants it back.
            payer.shrink(contract.cents);
            // Cuts may have left less of the old than was to close.
            let cents = before - payer.obligations();
            let payer = payer.id.clone();
            log.turn(&clock, &project, Turn::Closed { payer, cents });
        }
    }
}

/// Whether a promise is paid from what is still to be closed, so that it takes no free money yet.
pub fn comes_from_old(contract: &Contract, month: u32, settings: &Settings) -> bool {
    contract.closes && contract.start > month && settings.on(Mechanism::Closing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, payer, project, settings};
    use crate::happening::Happening;
    use crate::instrument::Instrument;
    use crate::project::STANDING;
    use bevy_ecs::system::RunSystemOnce;

    fn claim(cents: i64) -> Claim {
        Claim {
            payer: 0,
            cents,
            months: 0,
            instrument: Instrument::StandingContribution,
            closes: true,
            made: 0,
        }
    }

    fn by(settings: &Settings, direction: f64) -> Weighing<'_> {
        Weighing {
            settings,
            direction,
            tightness: 0.0,
        }
    }

    #[test]
    fn resistance_grows_with_people_money_and_a_closed_mind() {
        let (settings, project, payer) = (settings(&[]), project(), payer());
        let lost = |cents, payer: &Payer| resistance(cents, &project, payer, by(&settings, 0.0));
        let little = lost(1_000, &payer);
        assert!(lost(1_000_000, &payer) > little, "money");
        let (mut own, mut open) = (payer.clone(), payer);
        (own.silo[0], own.other) = (own.other, 0);
        assert!(lost(1_000, &own) > little, "people");
        open.openness = 1.0;
        assert!(
            lost(1_000, &open).abs() < 1e-12,
            "an open payer loses nothing"
        );
    }

    #[test]
    fn direction_helps_and_the_old_must_be_worth_less() {
        let mut settings = settings(&[]);
        settings.rates.closing_old = 0.5;
        settings.rates.closing_steering = 0.9;
        let (project, payer) = (project(), payer());
        let agrees = |worth, direction| {
            agrees(
                &claim(1_000),
                worth,
                payer.obligations(),
                &project,
                &payer,
                by(&settings, direction),
            )
        };
        assert!(!agrees(0.4, 1.0), "the old is worth more");
        assert!(!agrees(0.9, 0.0) && agrees(0.9, 1.0));
    }

    #[test]
    fn nobody_closes_more_than_it_has() {
        let (settings, project, payer) = (settings(&[]), project(), payer());
        let asks = |cents, old| {
            let by = by(&settings, 1.0);
            agrees(&claim(cents), 1e6, old, &project, &payer, by)
        };
        assert!(asks(1_000, 1_000));
        assert!(!asks(1_000, 999));
    }

    #[test]
    fn what_closed_is_told_and_no_more() {
        let mut world = World::new();
        world.insert_resource(settings(&[]));
        let mut clock = Clock::new("2010-01".parse().expect("a month"));
        clock.set(7);
        world.insert_resource(clock);
        world.init_resource::<Log>();
        let other = 100;
        world.spawn(Payer { other, ..payer() });
        let mut team = project();
        let closes = |cents| Contract {
            closes: true,
            ..contract(cents, 7..STANDING, Instrument::StandingContribution)
        };
        team.contracts = vec![closes(60), closes(60)];
        world.spawn(team);
        world.run_system_once(close_old).expect("resources");
        let told = world.resource::<Log>().0.iter().map(|(_, happening)| {
            let Happening::Project { turn, .. } = happening else {
                panic!("{happening:?}")
            };
            match turn {
                Turn::Closed { cents, .. } => *cents,
                other => panic!("{other:?}"),
            }
        });
        assert_eq!(told.collect::<Vec<_>>(), [60, 40]);
    }
}
