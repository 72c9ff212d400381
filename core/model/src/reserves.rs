//! Reserves: own strength and informal network grow with support; what a household expects of
//! help is raised by help that worked and lowered by help that stopped.
//!
//! Strength and network stay when the help goes: they speed recovery and keep problems from coming
//! back. Expectation is a part of the effect of the next help (McKeown): a project that stops in
//! the middle leaves households that expect less of the next one.

use crate::calendar::Randomness;
use crate::clock::Clock;
use crate::hazards::ONE;
use crate::household::{Households, Population, STEPS};
use crate::method::network;
use crate::project::{Project, projects_in_order};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// How help ended for a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did its work.
    Helped,
    /// It stopped, or the household left it.
    Unhelped,
}

/// Each month of team care the household's strength and network may grow a step.
pub fn grow(
    mut households: Households,
    mut projects: Query<&mut Project>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::OwnStrength) {
        return;
    }
    let rates = &settings.rates;
    let stronger = streams.named("reserves.strength");
    let wider = streams.named("reserves.network");
    let mut population = households.population();
    let projects = projects_in_order(&mut projects);
    let rows: Vec<usize> = population.counts.team.rows().collect();
    for row in rows {
        let project = &projects[usize::from(population.care[row].project)];
        let id = u64::from(population.ids[row].0);
        let mut reserves = population.reserves[row];
        let support = f64::from(population.support(row)) / f64::from(ONE);
        let strength = rates.reserves_strength * project.method().own_strength * support;
        let network = f64::from(STEPS) * network(project);
        let grows = reserves.strength < STEPS && stronger.chance(strength, id, clock.month, 0);
        let widens = f64::from(reserves.network) < network.floor()
            && wider.chance(rates.reserves_network, id, clock.month, 0);
        reserves.strength += u8::from(grows);
        reserves.network += u8::from(widens);
        population.set_reserves(row, reserves);
    }
}

/// What a household expects of the next help, after this one.
pub fn remember(population: &mut Population, row: usize, outcome: Outcome, settings: &Settings) {
    if !settings.on(Mechanism::Expectation) {
        return;
    }
    let mut reserves = population.reserves[row];
    let rates = &settings.rates;
    let (towards, share) = match outcome {
        Outcome::Helped => (f64::from(STEPS), rates.expectation_raised),
        Outcome::Unhelped => (0.0, rates.expectation_lowered),
    };
    let now = f64::from(reserves.expectation);
    reserves.expectation = (now + (towards - now) * share).round() as u8;
    population.set_reserves(row, reserves);
}
