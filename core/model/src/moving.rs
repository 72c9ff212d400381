//! Moving: households leave their dwellings, and others come to live there.
//!
//! Who can, leaves a place with a bad name first: households without problems, and so also those
//! who were helped. Who comes depends on the dwelling (rented from a corporation or not) and, with
//! those who have a choice, on the name. A part of those who leave looks in the other neighbourhoods
//! of the place; so do those whose dwelling is rebuilt and those whom rules keep out. That diluting
//! problems moves them, and that they leave the books where the place has one neighbourhood only,
//! follows from that.
//!
//! Which dwellings could fall vacant this month is found by leaps of a geometric length, so the
//! cost is that of the moves, not of the households. All draws are by dwelling and month: under
//! another strategy the same dwellings are looked at, and the same people come from outside.

use crate::calendar::Randomness;
use crate::care::{AFTERCARE, CareStatus};
use crate::clock::Clock;
use crate::flows::Flows;
use crate::household::{Baseline, Care, Households, Levels, MULTI, Population, Reserves, Traits};
use crate::ladder::{Neighbourhood, places_in_order};
use crate::newcomers::{Newcomer, Newcomers};
use crate::population::{Came, danger};
use crate::settings::Settings;
use crate::streams::Stream;
use crate::works::Investments;
use bevy_ecs::prelude::*;
use std::collections::VecDeque;
use zalm_scenario::{AreaWork, Mechanism, Rates};

/// A household that looks for a dwelling in the place.
#[derive(Clone, Debug, PartialEq)]
struct Seeker {
    traits: Traits,
    reserves: Reserves,
    levels: Levels,
    /// Month index in which it began to look.
    since: u32,
}

/// Households that look for a dwelling in another neighbourhood of the place than their own.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Seekers {
    /// By tenure: for owned or other dwellings, and for those of a corporation.
    by_tenure: [VecDeque<Seeker>; 2],
}

impl Seekers {
    /// Who has looked in vain through a whole month goes elsewhere.
    fn forget(&mut self, month: u32) {
        for queue in &mut self.by_tenure {
            queue.retain(|seeker| seeker.since + 1 >= month);
        }
    }

    /// The first in line that comes from another neighbourhood.
    fn take(&mut self, tenant: bool, home: u16) -> Option<Seeker> {
        let queue = &mut self.by_tenure[usize::from(tenant)];
        let first = queue.iter().position(|seeker| seeker.traits.home != home)?;
        queue.remove(first)
    }

    fn add(&mut self, seeker: Seeker, first: bool) {
        let queue = &mut self.by_tenure[usize::from(seeker.traits.tenant)];
        if first {
            queue.push_front(seeker);
        } else {
            queue.push_back(seeker);
        }
    }
}

/// Why a household leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Own,
    Rebuilt,
}

/// Rebuilding, and the month's moves.
pub fn turn_over(
    mut households: Households,
    mut neighbourhoods: Query<&mut Neighbourhood>,
    mut seekers: ResMut<Seekers>,
    mut newcomers: ResMut<Newcomers>,
    mut flows: ResMut<Flows>,
    investments: Res<Investments>,
    streams: Res<Randomness>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    flows.moved.clear();
    if !settings.on(Mechanism::Moving) {
        return;
    }
    seekers.forget(clock.month);
    newcomers.draw_from(&streams);
    let skip = streams.named("moving.skip");
    let most = most(&settings.rates);
    let mut moves = Moves {
        population: households.population(),
        seekers: &mut seekers,
        flows: &mut flows,
        newcomers: &mut newcomers,
        leave: streams.named("moving.leave"),
        within: streams.named("moving.within"),
        refuse: streams.named("moving.refuse"),
        settings: &settings,
        clock: *clock,
        several: settings.homes.len() > 1,
    };
    for mut place in places_in_order(&mut neighbourhoods) {
        let rules = investments.in_force(AreaWork::Allocation, place.index);
        pay_dwellings(&mut place, &investments, &settings.rates);
        place.left = 0;
        moves.rebuild(&mut place, rules);
        for number in leaps(&skip, place.index, place.households, clock.month, most) {
            moves.consider(&mut place, number, rules);
        }
    }
}

/// Money of the month becomes dwellings to rebuild and to sell.
fn pay_dwellings(place: &mut Neighbourhood, investments: &Investments, rates: &Rates) {
    let money = investments.money[place.index as usize];
    let euro = |work: AreaWork| money[work as usize] / 12.0 * f64::from(place.households);
    let (rebuild, sell) = (euro(AreaWork::Restructuring), euro(AreaWork::Sale));
    place.stock.to_rebuild += rebuild / rates.area_rebuild_cost;
    place.stock.to_sell += sell / rates.area_sale_cost;
}

/// The largest chance to leave in a month.
fn most(rates: &Rates) -> f64 {
    let most = rates.moving_tenant.max(rates.moving_owner) * (1.0 + rates.moving_flight) / 12.0;
    most.min(0.5)
}

/// Dwellings that could fall vacant this month, each with chance `most`, ascending.
fn leaps(skip: &Stream, home: u16, dwellings: u32, month: u32, most: f64) -> Vec<u32> {
    let mut found = Vec::new();
    if most <= 0.0 {
        return found;
    }
    let scale = libm::log1p(-most);
    let mut next = 0.0;
    loop {
        let draw = skip.uniform(u64::from(home), month, found.len() as u32);
        next += libm::floor(libm::log(draw) / scale);
        if next >= f64::from(dwellings) {
            return found;
        }
        found.push(next as u32);
        next += 1.0;
    }
}

struct Moves<'a, 'p> {
    population: Population<'p>,
    seekers: &'a mut Seekers,
    flows: &'a mut Flows,
    newcomers: &'a mut Newcomers,
    leave: Stream,
    within: Stream,
    refuse: Stream,
    settings: &'a Settings,
    clock: Clock,
    several: bool,
}

impl Moves<'_, '_> {
    /// Rented dwellings make place for owned ones, block by block; who lives there must go.
    fn rebuild(&mut self, place: &mut Neighbourhood, rules: bool) {
        while place.stock.to_rebuild >= 1.0 && place.stock.next < place.households {
            let row = (place.first_row + place.stock.next) as usize;
            place.stock.next += 1;
            if !self.population.traits[row].tenant {
                continue;
            }
            place.stock.to_rebuild -= 1.0;
            // A new dwelling is whole.
            place.rungs[0] += (1.0 - place.rungs[0]) / f64::from(place.households);
            self.go(place, row, Why::Rebuilt);
            self.come(place, row, false, rules);
        }
    }

    /// A household that could leave does so by its tenure, its problems and the name of the place.
    fn consider(&mut self, place: &mut Neighbourhood, number: u32, rules: bool) {
        let row = (place.first_row + number) as usize;
        let rates = &self.settings.rates;
        let chance = chance(&self.population, row, place.image, rates) / most(rates);
        let id = u64::from(self.population.ids[row].0);
        if !self.leave.chance(chance, id, self.clock.month, 0) {
            return;
        }
        let mut tenant = self.population.traits[row].tenant;
        self.go(place, row, Why::Own);
        if tenant && place.stock.to_sell >= 1.0 {
            place.stock.to_sell -= 1.0;
            tenant = false;
        }
        self.come(place, row, tenant, rules);
    }

    /// A household leaves; part of them look in other neighbourhoods of the place.
    fn go(&mut self, place: &mut Neighbourhood, row: usize, why: Why) {
        let (traits, care) = (self.population.traits[row], self.population.care[row]);
        let known = self.population.baseline[row] != Baseline::NONE;
        let helped = care.status == CareStatus::Team || (known && is_fresh(&care, &self.clock));
        let multi = self.population.levels[row].problems() >= MULTI;
        self.flows.moved.push(row as u32);
        self.flows.multi_left += i32::from(multi);
        self.flows.moved_helped += u32::from(helped);
        self.flows.displaced += u32::from(why == Why::Rebuilt);
        place.left += 1;
        place.vulnerable -= u32::from(traits.vulnerability > 0);
        let id = u64::from(self.population.ids[row].0);
        let share = self.settings.rates.moving_within;
        let within = why == Why::Rebuilt || self.within.chance(share, id, self.clock.month, 0);
        if self.several && within {
            let reserves = self.population.reserves[row];
            let levels = self.population.levels[row];
            self.look((traits, reserves, levels), why == Why::Rebuilt);
        }
    }

    fn look(&mut self, (traits, reserves, levels): (Traits, Reserves, Levels), first: bool) {
        let since = self.clock.month;
        let seeker = Seeker {
            traits,
            reserves,
            levels,
            since,
        };
        self.seekers.add(seeker, first);
    }

    /// Somebody comes: from another neighbourhood of the place, or from outside.
    fn come(&mut self, place: &mut Neighbourhood, row: usize, tenant: bool, rules: bool) {
        let (mut traits, reserves, levels) = match self.seekers.take(tenant, place.index) {
            Some(seeker) => (seeker.traits, seeker.reserves, seeker.levels),
            None => self.newcomer(place, row, tenant, rules),
        };
        traits.home = place.index;
        self.flows.multi_left -= i32::from(levels.problems() >= MULTI);
        place.vulnerable += u32::from(traits.vulnerability > 0);
        self.population.replace(row, traits, reserves, levels);
    }

    fn newcomer(
        &mut self,
        place: &Neighbourhood,
        row: usize,
        tenant: bool,
        rules: bool,
    ) -> Newcomer {
        let id = u64::from(self.population.ids[row].0);
        let key = id | u64::from(self.clock.month + 1) << 32;
        let rates = &self.settings.rates;
        let usual = danger(&self.settings.homes[place.index as usize], tenant, rates);
        let mut came = Came {
            home: place.index,
            tenant,
            danger: tilted(usual, place.first_image - place.image, rates),
        };
        let came_in = self.newcomers.household(key, &came, self.settings);
        let kept_out = rules
            && tenant
            && came_in.0.vulnerability > 0
            && self.refuse.chance(rates.area_refusal, key, 0, 0);
        if !kept_out {
            return came_in;
        }
        self.flows.refused += 1;
        if self.several {
            self.look(came_in, false);
        }
        came.danger = 0.0;
        self.newcomers.household(key, &came, self.settings)
    }
}

/// Whether help ended less than a year ago.
fn is_fresh(care: &Care, clock: &Clock) -> bool {
    care.status.after_help() && clock.months_since(care.since) < AFTERCARE
}

/// Chance to leave in a month.
fn chance(population: &Population, row: usize, image: f64, rates: &Rates) -> f64 {
    let usual = if population.traits[row].tenant {
        rates.moving_tenant
    } else {
        rates.moving_owner
    };
    let free = f64::from(u8::from(population.levels[row].problems() == 0));
    usual * (1.0 + rates.moving_flight * free * (1.0 - image)) / 12.0
}

/// Chance that who comes is in the danger zone, where the name has fallen by so much since the start.
fn tilted(usual: f64, fallen: f64, rates: &Rates) -> f64 {
    let odds = usual * libm::exp(rates.moving_choice * fallen);
    odds / (1.0 - usual + odds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;
    use crate::streams::Streams;

    #[test]
    fn leaps_find_each_dwelling_with_the_chance_and_more_dwellings_move_none() {
        let skip = Streams::new(1, 0).named("moving.skip");
        let found: usize = (0..1200)
            .map(|month| leaps(&skip, 0, 1000, month, 0.01).len())
            .sum();
        assert!((11_600..12_400).contains(&found), "{found}");
        let few = leaps(&skip, 0, 1000, 3, 0.01);
        let more = leaps(&skip, 0, 1500, 3, 0.01);
        assert_eq!(few, more[..few.len()]);
        assert!(more[few.len()..].iter().all(|&number| number >= 1000));
        assert!(leaps(&skip, 0, 1000, 3, 0.0).is_empty());
    }

    #[test]
    fn who_is_carried_by_a_network_left_help_a_year_ago_at_most() {
        let mut clock = Clock::new("2010-01".parse().expect("a month"));
        let mut fresh = |status, month| {
            clock.set(month);
            let care = Care {
                status,
                since: 3,
                ..Care::NONE
            };
            is_fresh(&care, &clock)
        };
        assert!(fresh(CareStatus::Informal, 14) && fresh(CareStatus::Aftercare, 14));
        assert!(!fresh(CareStatus::Informal, 15) && !fresh(CareStatus::Silo, 14));
    }

    #[test]
    fn a_bad_name_draws_who_has_no_choice() {
        let rates = settings(&[]).rates;
        assert!((tilted(0.3, 0.0, &rates) - 0.3).abs() < 1e-12);
        assert!(tilted(0.3, 0.2, &rates) > 0.3 && tilted(0.3, -0.2, &rates) < 0.3);
        assert!((tilted(1.0, -0.2, &rates) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nobody_comes_back_to_the_neighbourhood_they_left_and_nobody_waits_for_ever() {
        let traits = Traits {
            home: 0,
            vulnerability: 1,
            children: false,
            tenant: true,
            avoider: false,
        };
        let levels = Levels([0; 8]);
        let reserves = Reserves {
            strength: 3,
            network: 3,
            expectation: 3,
        };
        let mut seekers = Seekers::default();
        for home in [0, 1, 0] {
            let traits = Traits { home, ..traits };
            seekers.add(
                Seeker {
                    traits,
                    reserves,
                    levels,
                    since: 4,
                },
                false,
            );
        }
        assert!(seekers.take(false, 0).is_none());
        assert_eq!(seekers.take(true, 0).expect("a seeker").traits.home, 1);
        assert!(seekers.take(true, 0).is_none());
        seekers.forget(5);
        assert!(seekers.clone().take(true, 1).is_some());
        seekers.forget(6);
        assert!(seekers.take(true, 1).is_none());
    }
}
