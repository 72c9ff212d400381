//! Who finds households that do not come by themselves: neighbours, schools and corporations send
//! multi-problem ones to a team, and its workers go from door to door.
//!
//! Behind a door a worker finds what is there (seed 002, 1.1: reaching out). Who qualifies is found
//! for the team; who has fewer problems is taken to the counters. Both are known from then on, and
//! use what they have a right to.

use super::{begin, outreach};
use crate::calendar::Randomness;
use crate::care::CareStatus;
use crate::clock::Clock;
use crate::doors::{Door, Doors};
use crate::flows::Flows;
use crate::household::{Care, Households, MULTI, Wait};
use crate::ladder::{Neighbourhood, notice};
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// Households with problems whom nobody helps yet: found by others or by outreach, for the team or
/// for the counters.
pub fn find_for_team(
    mut households: Households,
    mut projects: Query<&mut Project>,
    neighbourhoods: Query<&Neighbourhood>,
    mut flows: ResMut<Flows>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let rates = &settings.rates;
    let notice = notice(&neighbourhoods, &settings);
    let detects = if settings.on(Mechanism::Detection) {
        rates.demand_detection
    } else {
        0.0
    };
    let detection = streams.named("demand.detection");
    let contact = streams.named("demand.outreach");
    let doors = Doors::new(&streams, &clock);
    let mut population = households.population();
    for project in projects_in_order(&mut projects) {
        if !project.at_work(clock.month) {
            continue;
        }
        // Nobody knows behind which door help is needed: visits go to all who are not in help.
        let in_help = population.counts.by_status[CareStatus::Silo as usize]
            + population.counts.by_status[CareStatus::Team as usize];
        let behind = population.len().saturating_sub(in_help as usize).max(1);
        let searchers = f64::from(project.workers) * outreach(&project, &settings);
        let visited = rates.demand_contacts * searchers / behind as f64;
        let free = |row: &usize| {
            let care = population.care[*row];
            care.awaits.is_none() && care.status != CareStatus::Team
        };
        let counts = &population.counts;
        // Without visits only who has problems enough for the team can be found.
        let somebody = if visited > 0.0 {
            &counts.with_problem
        } else {
            &counts.multi
        };
        let candidates: Vec<usize> = somebody.rows().filter(free).collect();
        let ids = candidates.iter().map(|&row| population.ids[row].0.into());
        let ids: Vec<u64> = ids.collect();
        let slot = u32::from(project.index);
        let noticing = detection.uniform_of(&ids, clock.month, slot);
        let visiting = contact.uniform_of(&ids, clock.month, slot);
        let draws = noticing.into_iter().zip(visiting);
        for (row, (noticing, visiting)) in candidates.into_iter().zip(draws) {
            let care = population.care[row];
            let qualifies = population.levels[row].problems() >= MULTI;
            let carried = care.status == CareStatus::Informal;
            let avoids = population.traits[row].avoider && settings.on(Mechanism::Avoidance);
            let home = population.traits[row].home as usize;
            let seen = if carried {
                rates.informal_bridge
            } else {
                detects * notice[home]
            };
            let noticed = qualifies && (carried || !avoids) && noticing < seen;
            let helped = care.status == CareStatus::Silo;
            let visited = !helped && visiting < visited;
            let door = if !visited {
                Door::Shut
            } else if avoids {
                doors.visit(&population, row, &project, &settings)
            } else {
                Door::Open
            };
            let stands_in_line = !qualifies && care.status == CareStatus::SiloWaiting;
            if (!noticed && door == Door::Shut) || stands_in_line {
                continue;
            }
            // Who is carried by its network was known to somebody.
            flows.outreached += u32::from(avoids && !carried);
            if qualifies {
                let care = Care {
                    awaits: Some(Wait {
                        project: project.index as u8,
                        since: clock.month as u16,
                    }),
                    forced: !noticed && door == Door::Forced,
                    ..care
                };
                population.set_care(row, care);
            } else {
                begin(&mut population, row, CareStatus::SiloWaiting, &clock);
            }
        }
    }
}
