//! Settling households: who lives there, drawn from the place's figures, one key per household.

use crate::care::CareCounts;
use crate::hands::Lent;
use crate::hazards::{HazardTables, PARENTING, onsets};
use crate::household::{
    Baseline, Care, Hazard, HouseholdId, Levels, MULTI, PROBLEM, Reserves, STEPS, Traits,
};
use crate::settings::{Home, Settings};
use crate::streams::{Stream, Streams};
use bevy_ecs::prelude::*;
use zalm_scenario::Rates;

/// A household's columns, as spawned.
pub(crate) type Columns = (
    HouseholdId,
    Levels,
    Traits,
    Reserves,
    Care,
    Baseline,
    Hazard,
);

/// The draws that make a household.
pub(crate) struct Draws {
    vulnerable: Stream,
    kind: Stream,
    tenant: Stream,
    strength: Stream,
    network: Stream,
    avoids: Stream,
    level: Stream,
}

impl Draws {
    /// The draws of one run.
    pub fn new(streams: &Streams) -> Self {
        Self {
            vulnerable: streams.named("population.vulnerable"),
            kind: streams.named("population.kind"),
            tenant: streams.named("population.tenant"),
            strength: streams.named("population.strength"),
            network: streams.named("population.network"),
            avoids: streams.named("population.avoids"),
            level: streams.named("population.level"),
        }
    }

    /// How vulnerable a household is that is in the danger zone with this chance.
    pub fn vulnerability(&self, key: u64, danger: f64, rates: &Rates) -> u8 {
        let class = self.vulnerable.uniform(key, 0, 0);
        if class < danger * rates.household_heavy_share {
            2
        } else {
            u8::from(class < danger)
        }
    }
}

/// The households of a scenario in the order of their ids.
pub(crate) fn settle(settings: &Settings, streams: &Streams, hands: &Lent) -> Vec<Columns> {
    let draws = Draws::new(streams);
    let homes = settings.homes.iter().zip(0..);
    let ids =
        homes.flat_map(|(place, home)| (0..place.households).map(move |number| (home, number)));
    // 12 bits for the neighbourhood, 20 for the household in it; the scenario is checked.
    let ids = ids.map(|(home, number): (u32, u32)| HouseholdId(home << 20 | number));
    let mut columns: Vec<Columns> = ids.map(nobody).collect();
    hands.write(&mut columns, |_, columns| {
        for (id, levels, traits, reserves, ..) in columns {
            let key = u64::from(id.0);
            let home = (id.0 >> 20) as u16;
            let place = &settings.homes[usize::from(home)];
            let tenant = draws.tenant.chance(place.rent, key, 0, 0);
            let danger = danger(place, tenant, &settings.rates);
            let came = Came {
                home,
                tenant,
                danger,
            };
            let vulnerability = draws.vulnerability(key, danger, &settings.rates);
            (*traits, *reserves, *levels) = household(key, &came, vulnerability, settings, &draws);
        }
    });
    columns
}

/// A dwelling in which nobody lives yet.
pub(crate) fn nobody(id: HouseholdId) -> Columns {
    let traits = Traits {
        home: 0,
        vulnerability: 0,
        children: false,
        tenant: false,
        avoider: false,
    };
    let reserves = Reserves {
        strength: 0,
        network: 0,
        expectation: 0,
    };
    let (levels, hazard) = (Levels([0; 8]), Hazard(0));
    (
        id,
        levels,
        traits,
        reserves,
        Care::NONE,
        Baseline::NONE,
        hazard,
    )
}

/// Share of households in the danger zone by tenure: more among tenants of a corporation, with the
/// neighbourhood's own share as the mean.
pub(crate) fn danger(place: &Home, tenant: bool, rates: &Rates) -> f64 {
    let times = rates.household_tenant_danger;
    let owners = place.danger / (1.0 + place.rent * (times - 1.0));
    (if tenant { owners * times } else { owners }).min(1.0)
}

/// What is known of a household before it is drawn.
pub(crate) struct Came {
    /// Neighbourhood.
    pub home: u16,
    /// Whether the dwelling is rented from a corporation.
    pub tenant: bool,
    /// Chance that it is in the danger zone.
    pub danger: f64,
}

/// A household with its first problems, drawn with one key.
pub(crate) fn household(
    key: u64,
    came: &Came,
    vulnerability: u8,
    settings: &Settings,
    draws: &Draws,
) -> (Traits, Reserves, Levels) {
    let rates = &settings.rates;
    let place = &settings.homes[came.home as usize];
    // The more vulnerable, the less strength and network, down to the heavy households' share.
    let least = rates.household_vulnerable_strength;
    let scale = 1.0 - (1.0 - least) * f64::from(vulnerability) / 2.0;
    let steps = |share: f64| (share * scale * f64::from(STEPS + 1)) as u8;
    // One draw for the kind of household: alone, with children, or neither.
    let kind = draws.kind.uniform(key, 0, 0);
    let alone = kind < place.one_person;
    let company = if alone {
        rates.household_single_network
    } else {
        1.0
    };
    let traits = Traits {
        home: came.home,
        vulnerability,
        children: kind >= 1.0 - place.with_children,
        tenant: came.tenant,
        avoider: vulnerability > 0 && draws.avoids.chance(rates.demand_avoid_share, key, 0, 0),
    };
    let strength = steps(draws.strength.uniform(key, 0, 0)).min(STEPS);
    let reserves = Reserves {
        strength,
        network: steps(draws.network.uniform(key, 0, 0) * company).min(STEPS),
        // Who can do much expects much.
        expectation: strength,
    };
    let levels = Levels(first_levels(key, &traits, reserves, settings, draws));
    (traits, reserves, levels)
}

/// Rounds over the domains in which each first severity is drawn anew, given the other domains.
const ROUNDS: usize = 6;

/// First severities near where the hazards lead without help: each domain is drawn from the balance
/// of onset and worsening against recovery, given the others, for some rounds (Gibbs sampling).
fn first_levels(
    key: u64,
    traits: &Traits,
    reserves: Reserves,
    settings: &Settings,
    draws: &Draws,
) -> [u8; 8] {
    let rates = &settings.rates;
    let factor = [
        1.0,
        rates.household_danger_factor,
        rates.household_heavy_factor,
    ][traits.vulnerability as usize];
    let strength = 1.0 + rates.household_strength * f64::from(reserves.strength) / f64::from(STEPS);
    let (mut levels, mut problems) = ([0_u8; 8], 0_u8);
    for draw in draws.level.uniforms::<ROUNDS, 8>(key) {
        for (domain, onset) in onsets(rates).into_iter().enumerate() {
            if domain == PARENTING && !traits.children {
                continue;
            }
            problems &= !(1 << domain);
            let felt = settings.couplings.felt(problems, domain);
            let feed = 1.0 + rates.household_interaction * felt;
            let better = rates.household_recovery * strength / (1.0 + rates.household_drag * felt);
            let odds = |rise: f64| rise * feed / better.max(1e-9);
            levels[domain] = balanced_level(
                odds(onset * factor),
                odds(rates.household_worsening),
                draw[domain],
            );
            problems |= u8::from(levels[domain] >= PROBLEM) << domain;
        }
    }
    levels
}

/// Severity drawn from a birth-death balance: odds of 1 to 0, and of each further step.
fn balanced_level(first: f64, further: f64, draw: f64) -> u8 {
    let mut weights = [1.0; 5];
    for level in 1..5 {
        weights[level] = weights[level - 1] * if level == 1 { first } else { further };
    }
    let mut left = draw * weights.iter().sum::<f64>();
    for (level, weight) in weights.into_iter().enumerate() {
        if left < weight {
            return level as u8;
        }
        left -= weight;
    }
    4
}

/// Counts the settled households, once, so that later changes can keep the counts in step.
pub(crate) fn count(world: &mut World) {
    let mut query = world.query::<(&Levels, &Traits, &Reserves, &Care)>();
    let tables = world.resource::<HazardTables>();
    let rows: Vec<(Levels, Reserves, bool, bool)> = query
        .iter(world)
        .map(|(levels, traits, reserves, care)| {
            let hides = tables.hides(traits, care);
            (*levels, *reserves, hides, traits.spared(levels))
        })
        .collect();
    let mut counts = world.resource_mut::<CareCounts>();
    for (row, (levels, reserves, hides, spared)) in rows.into_iter().enumerate() {
        counts.strength += u64::from(reserves.strength);
        counts.expectation += u64::from(reserves.expectation);
        counts.spared += u32::from(spared);
        for (domain, &level) in levels.0.iter().enumerate() {
            counts.use_counts[domain][0] -= 1;
            counts.use_counts[domain][level as usize] += 1;
            counts.hidden_counts[domain][level as usize] += u32::from(hides);
        }
        counts.multi.put(row, levels.problems() >= MULTI);
        counts.with_problem.put(row, levels.problems() > 0);
    }
}
