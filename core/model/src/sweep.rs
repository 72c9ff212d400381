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
    use super::{CrisisItem, which_crisis};

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
}
