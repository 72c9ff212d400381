//! Households phase: the monthly sweep. One draw per household against its cached total hazard;
//! the few that are hit get exactly one event.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::flows::Flows;
use crate::hazards::{Event, PARENTING};
use crate::household::{ACUTE, Households, PROBLEM, Population};
use crate::settings::{CrisisItem, Settings};
use crate::streams::SweepKey;
use bevy_ecs::prelude::*;

/// Compares every household's draw with its hazard and carries out what happens.
pub fn sweep(
    mut households: Households,
    mut flows: ResMut<Flows>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    let key = streams.sweep(clock.month);
    let mut population = households.population();
    for block in 0..population.len().div_ceil(BLOCK) {
        let mut hits = find_hits(&population, key, block);
        while hits != 0 {
            let row = block * BLOCK + hits.trailing_zeros() as usize;
            hits &= hits - 1;
            dispatch(&mut population, row, key, &mut flows, &settings);
        }
    }
}

const BLOCK: usize = 64;

/// Which rows of a block are hit, one bit each. An event changes no other household, so the whole
/// block can be compared before the first event is carried out.
#[inline]
fn find_hits(population: &Population, key: SweepKey, block: usize) -> u64 {
    let from = block * BLOCK;
    let to = (from + BLOCK).min(population.len());
    let ids = &population.ids[from..to];
    let hazards = &population.hazard[from..to];
    let mut hits = 0;
    for (bit, (id, hazard)) in ids.iter().zip(hazards).enumerate() {
        hits |= u64::from(key.draw(u64::from(id.0)) < hazard.0) << bit;
    }
    hits
}

fn dispatch(
    population: &mut Population,
    row: usize,
    key: SweepKey,
    flows: &mut Flows,
    settings: &Settings,
) {
    let id = u64::from(population.ids[row].0);
    let event = population.tables.pick(
        key.draw(id),
        &population.levels[row],
        &population.traits[row],
        &population.reserves[row],
        &population.care[row],
    );
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
        Event::Crisis(domain) => crisis(population, row, domain, key.draw2(id), flows, settings),
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
    let kinds = settings.crisis_kinds(domain) as u64;
    let which = (u64::from(draw) * kinds) >> 32;
    let in_domain = |(_, crisis): &(usize, &CrisisItem)| crisis.domain == domain;
    let mut here = settings.crisis_items.iter().enumerate().filter(in_domain);
    let Some((kind, crisis)) = here.nth(which as usize) else {
        return;
    };
    flows.crises[kind] += 1;
    for &spill in &crisis.spills {
        let level = population.levels[row].0[spill];
        let applies = spill != PARENTING || population.traits[row].children;
        if applies && level < ACUTE {
            population.set_level(row, spill, level + 1);
        }
    }
}
