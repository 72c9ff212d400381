//! Households phase: the monthly sweep. One draw per household against its cached total hazard;
//! the few that are hit get exactly one event.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::hands::Lent;
use crate::hazards::{Event, PARENTING};
use crate::household::{ACUTE, Households, PROBLEM, Population};
use crate::settings::{CrisisItem, Settings};
use crate::streams::SweepKey;
use crate::wide::wide;
use bevy_ecs::prelude::*;
use std::ops::Range;

/// Compares every household's draw with its hazard and carries out what happens. An event changes no
/// other household, so all can be found before the first is carried out.
pub fn sweep(
    mut households: Households,
    mut flows: ResMut<Flows>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    hands: Res<Lent>,
    clock: Res<Clock>,
) {
    let key = streams.sweep(clock.month);
    let mut population = households.population();
    let found = hands.find(population.len(), |rows| find(&population, key, rows));
    for (row, event) in found.into_iter().flatten() {
        let row = row as usize;
        carry_out(&mut population, row, event, key, &mut flows, &settings);
    }
}

/// Households that are compared together.
const BLOCK: usize = 512;

/// What happens to which of these rows, in their order.
fn find(population: &Population, key: SweepKey, rows: Range<usize>) -> Vec<(u32, Event)> {
    let mut found = Vec::with_capacity(rows.len() / 8);
    for first in rows.clone().step_by(BLOCK) {
        let marks = find_hits(population, key, first..rows.end.min(first + BLOCK));
        for (word, marks) in marks.as_chunks::<8>().0.iter().enumerate() {
            let mut hits = u64::from_le_bytes(*marks);
            while hits != 0 {
                let row = first + 8 * word + hits.trailing_zeros() as usize / 8;
                hits &= hits - 1;
                found.push((row as u32, pick(population, row, key)));
            }
        }
    }
    found
}

/// Which rows of a block are hit: 1 or 0 each.
fn find_hits(population: &Population, key: SweepKey, rows: Range<usize>) -> [u8; BLOCK] {
    let ids = &population.ids[rows.clone()];
    let hazards = &population.hazard[rows];
    let mut marks = [0; BLOCK];
    wide(|| {
        for ((id, hazard), mark) in ids.iter().zip(hazards).zip(&mut marks) {
            *mark = u8::from(key.draw(u64::from(id.0)) < hazard.0);
        }
    });
    marks
}

/// What happens to a household that is hit.
fn pick(population: &Population, row: usize, key: SweepKey) -> Event {
    wide(|| {
        population.tables.pick(
            key.draw(u64::from(population.ids[row].0)),
            &population.levels[row],
            &population.traits[row],
            &population.reserves[row],
            &population.care[row],
        )
    })
}

fn carry_out(
    population: &mut Population,
    row: usize,
    event: Event,
    key: SweepKey,
    flows: &mut Flows,
    settings: &Settings,
) {
    match event {
        Event::Worse(domain) => {
            let level = population.levels[row].0[domain] + 1;
            let care = population.care[row];
            let liable = care.status.after_help() && care.trust > 0;
            flows.relapses += u32::from(liable && level == PROBLEM);
            population.set_level(row, domain, level);
        }
        Event::Better(domain) => {
            let level = population.levels[row].0[domain] - 1;
            population.set_level(row, domain, level);
        }
        Event::Crisis(domain) => {
            let draw = key.draw2(u64::from(population.ids[row].0));
            crisis(population, row, domain, draw, flows, settings);
        }
        Event::Care => flows.care_events.push(row as u32),
    }
}

/// A crisis is counted for its payers, and drags other domains along.
fn crisis(
    population: &mut Population,
    row: usize,
    domain: usize,
    draw: u32,
    flows: &mut Flows,
    settings: &Settings,
) {
    let Some(kind) = which_crisis(&settings.crisis_items, domain, draw) else {
        return;
    };
    let crisis = &settings.crisis_items[kind];
    flows.crises[kind] += 1;
    for &spill in &crisis.spills {
        let level = population.levels[row].0[spill];
        let applies = spill != PARENTING || population.traits[row].children;
        if applies && level < ACUTE {
            population.set_level(row, spill, level + 1);
        }
    }
}

/// The kind of crisis in a domain that a draw stands for, in proportion to the weights; `None` when
/// none of them weighs anything.
pub(crate) fn which_crisis(items: &[CrisisItem], domain: usize, draw: u32) -> Option<usize> {
    let weight = |crisis: &CrisisItem| {
        if crisis.domain == domain {
            crisis.weight
        } else {
            0.0
        }
    };
    let all: f64 = items.iter().map(weight).sum();
    let mut left = f64::from(draw) / (f64::from(u32::MAX) + 1.0) * all;
    items.iter().position(|crisis| {
        let here = left < weight(crisis);
        left -= weight(crisis);
        here
    })
}

#[cfg(test)]
mod tests {
    use super::{CrisisItem, Event, SweepKey, find, which_crisis};
    use crate::care::CareStatus;
    use crate::fixture::{households, settings, tiny, town};
    use crate::hands::Lent;
    use crate::hazards::{HazardTables, ONE};
    use crate::household::{ACUTE, Care, Levels, Reserves, STEPS};
    use crate::method::TeamQuality;
    use crate::simulation::Simulation;
    use crate::wide::levels;

    fn crisis(domain: usize, weight: f64) -> CrisisItem {
        CrisisItem {
            id: String::new(),
            domain,
            weight,
            places: false,
            parts: Vec::new(),
            spills: Vec::new(),
        }
    }

    #[test]
    fn kinds_of_a_domain_come_in_proportion_to_their_weights() {
        let items = [
            crisis(5, 1.0),
            crisis(0, 2.0),
            crisis(5, 0.0),
            crisis(5, 3.0),
        ];
        let quarter = 1_u32 << 30;
        for (draw, kind) in [(0, 0), (quarter - 1, 0), (quarter, 3), (u32::MAX, 3)] {
            assert_eq!(which_crisis(&items, 5, draw), Some(kind), "{draw}");
        }
        assert_eq!(which_crisis(&items, 0, u32::MAX), Some(1));
        assert_eq!(which_crisis(&items, 7, 0), None);
    }

    /// The tables of the tiny scenario, with a team that helps and does some harm.
    fn tables() -> HazardTables {
        let simulation = Simulation::new(&tiny(), 0);
        let mut tables = simulation.world.resource::<HazardTables>().clone();
        tables.teams[0] = TeamQuality {
            context: ONE * 7 / 10,
            technique: ONE * 8 / 10,
            contacts: [ONE; 9],
            undivided: [ONE * 9 / 10; 9],
            harm: ONE * 11 / 10,
        };
        tables
    }

    #[test]
    fn hazards_hits_and_events_are_the_same_on_every_level_of_the_processor() {
        const STATUSES: [CareStatus; 6] = [
            CareStatus::None,
            CareStatus::SiloWaiting,
            CareStatus::Silo,
            CareStatus::Team,
            CareStatus::Aftercare,
            CareStatus::Informal,
        ];
        let mut town = town(5_000, &settings(&[]));
        town.insert_resource(tables());
        // Every state of a household, from draws of its own.
        households(&mut town, |population| {
            let chance = |row, month| SweepKey::new(1, 0, month).draw(row as u64);
            for row in 0..population.len() {
                let below = |month, below: u32| chance(row, month) % below;
                let step = |month| below(month, u32::from(STEPS) + 1) as u8;
                let severity = |domain| below(domain, u32::from(ACUTE) + 1) as u8;
                let levels = Levels(std::array::from_fn(|domain| severity(domain as u32)));
                let status = STATUSES[below(8, 6) as usize];
                let silo = status == CareStatus::Silo;
                population.traits[row].vulnerability = below(9, 3) as u8;
                population.traits[row].children = below(10, 2) == 0;
                population.traits[row].tenant = below(11, 2) == 0;
                population.traits[row].avoider = below(12, 4) == 0;
                population.reserves[row] = Reserves {
                    strength: step(13),
                    network: step(14),
                    expectation: step(15),
                };
                population.care[row] = Care {
                    status,
                    served: if silo { levels.problem_mask() } else { 0 },
                    plan: levels.problem_mask() & below(16, 256) as u8,
                    trust: step(17),
                    ..Care::NONE
                };
                population.levels[row] = levels;
            }
        });
        let (hazards, events) = levels::agreed(|| {
            households(&mut town, |population| {
                population.refresh_all(&Lent::default());
                let hazards: Vec<u32> = population.hazard.iter().map(|hazard| hazard.0).collect();
                let rows = 0..population.len();
                let months = (0..24).map(|month| SweepKey::new(2, 0, month));
                let events = months.flat_map(|key| find(population, key, rows.clone()));
                (hazards, events.collect::<Vec<_>>())
            })
        });
        assert!(
            hazards.iter().any(|&hazard| hazard > hazards[0]),
            "all alike"
        );
        let some = |which: fn(&Event) -> bool| events.iter().any(|(_, event)| which(event));
        assert!(some(|event| matches!(event, Event::Worse(_))));
        assert!(some(|event| matches!(event, Event::Crisis(_))));
        assert!(some(|event| matches!(event, Event::Better(_))));
        assert!(some(|event| matches!(event, Event::Care)));
    }
}
