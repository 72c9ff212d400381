//! Coordinators: what is cut up over institutions must be brought together again.
//!
//! When elements of a team's work go into institutions, integral work turns into protocols between
//! them, "with new layers of coordination as a consequence" (seed 002, 5.2.1): each institution that
//! took a part sends somebody to align with the others around a multi-problem household that it
//! serves beside them. They are more people around the household, and hinder as the others do
//! ([`crate::method::undivided`]).

use crate::clock::Clock;
use crate::hazards::{HazardTables, Stale};
use crate::lifecycle::took_part;
use crate::payer::Bearers;
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Lifecycle phase: institutions that take in a part of a team begin to coordinate.
pub fn begin(
    mut projects: Query<&mut Project>,
    mut tables: ResMut<HazardTables>,
    mut stale: ResMut<Stale>,
    bearers: Res<Bearers>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Coordinators) {
        return;
    }
    for project in projects_in_order(&mut projects) {
        for (payer, _) in took_part(&project, clock.month + 1) {
            let domains = bearers.served_by(payer);
            if domains != 0 && !tables.coordinating.contains(&domains) {
                tables.coordinating.push(domains);
                stale.0 = true;
            }
        }
    }
}

/// Institutions that send a coordinator to a household, of those that coordinate, by their domains
/// and those that are served there, one bit each: who serves it beside others.
pub fn around(coordinating: &[u8], served: u8) -> u32 {
    let aligns = |&&domains: &&u8| served & domains != 0 && served & !domains != 0;
    coordinating.iter().filter(aligns).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{contract, project, settings};
    use crate::instrument::Instrument;
    use crate::project::STANDING;
    use bevy_ecs::system::RunSystemOnce;

    #[test]
    fn only_who_serves_a_household_beside_others_coordinates() {
        let institutions = [0b0000_0011, 0b0000_0100];
        assert_eq!(around(&institutions, 0b0000_0011), 0, "one serves it alone");
        assert_eq!(around(&institutions, 0b0000_0101), 2);
        assert_eq!(
            around(&institutions, 0b1000_0001),
            1,
            "the other took no part"
        );
    }

    #[test]
    fn who_took_a_part_coordinates_once_and_in_its_own_domains() {
        let settings = settings(&[]);
        let mut world = World::new();
        let mut clock = Clock::new("2010-01".parse().expect("a month"));
        clock.set(11);
        world.insert_resource(clock);
        world.insert_resource(HazardTables::new(&settings, 1, 1));
        world.insert_resource(settings);
        world.init_resource::<Stale>();
        let mut silo = [None; 8];
        (silo[0], silo[3], silo[5]) = (Some(0), Some(0), Some(1));
        world.insert_resource(Bearers {
            use_items: Vec::new(),
            crises: Vec::new(),
            silo,
        });
        let mut team = project();
        let mut taken = contract(100, 12..STANDING, Instrument::StructuralSubsidy);
        taken.end = 12;
        team.contracts = vec![taken, taken];
        world.spawn(team.clone());
        world.run_system_once(begin).expect("resources");
        assert!(world.resource::<HazardTables>().coordinating.is_empty());
        team.ended = Some((12, "embedded"));
        world.spawn(team);
        world.run_system_once(begin).expect("resources");
        assert_eq!(world.resource::<HazardTables>().coordinating, [0b1001]);
        assert!(world.resource::<Stale>().0);
    }
}
