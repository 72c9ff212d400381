//! The ladder of a neighbourhood: clean, whole, safe; cohesion; control; self-reliance.
//!
//! A rung grows only as far as the one below stands (seed 003, law 2), by itself and by money: that
//! money for cohesion is lost where the basis does not stand is so by that law, and no finding. A
//! rung wears, the less so the further the rung above it stands: residents who know each other keep
//! the street. What follows is written nowhere: that decay is slow, and that it is hard to turn.

use crate::clock::Clock;
use crate::hazards::{HazardTables, fixed};
use crate::household::Traits;
use crate::image;
use crate::oil_stain::next_door;
use crate::presence::trained;
use crate::project::Project;
use crate::settings::Settings;
use crate::works::{Investments, Stock};
use bevy_ecs::prelude::*;
use std::ops::Range;
use zalm_scenario::{Mechanism, Rates};

/// A neighbourhood.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Neighbourhood {
    /// Place in the scenario's list.
    pub index: u16,
    /// Row of its first household.
    pub first_row: u32,
    /// Households, count.
    pub households: u32,
    /// Households in the danger zone, count.
    pub vulnerable: u32,
    /// Households that left in the last month, count.
    pub left: u32,
    /// How far basis, cohesion, control and self-reliance stand, each 0..=1.
    pub rungs: [f64; 4],
    /// Its name with those who could come or go, 0..=1.
    pub image: f64,
    /// Its name at the start.
    pub first_image: f64,
    /// Dwellings that money has been paid for.
    pub stock: Stock,
    /// Named by an area investment.
    pub named: bool,
    /// Its hazards changed: cached totals must follow.
    pub stale: bool,
}

impl Neighbourhood {
    /// The neighbourhoods at the start, from the traits of all households in the order of ids: as
    /// they are after years of upkeep since they were built whole.
    pub fn settled(settings: &Settings, traits: impl Iterator<Item = Traits>) -> Vec<Self> {
        let mut traits = traits.fuse();
        let mut first_row = 0;
        let mut places = Vec::with_capacity(settings.homes.len());
        for (index, home) in settings.homes.iter().enumerate() {
            let here = traits.by_ref().take(home.households as usize);
            let vulnerable = here.filter(|traits| traits.vulnerability > 0).count() as u32;
            let mut place = Self {
                index: index as u16,
                first_row,
                households: home.households,
                vulnerable,
                left: 0,
                rungs: [1.0, 0.0, 0.0, 0.0],
                image: 1.0,
                first_image: 1.0,
                stock: Stock::default(),
                named: false,
                stale: false,
            };
            place.grow_old(settings, home.rent);
            place.image = image::first(&place, settings);
            place.first_image = place.image;
            places.push(place);
            first_row += home.households;
        }
        places
    }

    fn grow_old(&mut self, settings: &Settings, rent: f64) {
        let rates = &settings.rates;
        let leaving = if settings.on(Mechanism::Moving) {
            rent * rates.moving_tenant + (1.0 - rent) * rates.moving_owner
        } else {
            0.0
        };
        let forces = Forces {
            money: [0.0; 4],
            trained: 0.0,
            concentration: self.concentration(),
            leaving: leaving / 12.0,
            beside: [0.0; 4],
        };
        for _ in 0..(rates.ladder_age * 12.0) as u32 {
            self.rungs = month(self.rungs, &forces, rates);
        }
    }

    /// Share of households in the danger zone.
    pub fn concentration(&self) -> f64 {
        f64::from(self.vulnerable) / f64::from(self.households.max(1))
    }

    /// Rows of its households.
    pub fn rows(&self) -> Range<usize> {
        self.first_row as usize..(self.first_row + self.households) as usize
    }

    /// How far the neighbourhood protects those who live there, 0..=1: cohesion, control and
    /// self-reliance alike.
    fn protects(&self) -> f64 {
        self.rungs[1..].iter().sum::<f64>() / 3.0
    }
}

/// Neighbourhoods in the order of the scenario.
pub fn places_in_order<'a>(
    query: &'a mut Query<&mut Neighbourhood>,
) -> Vec<Mut<'a, Neighbourhood>> {
    let mut places: Vec<_> = query.iter_mut().collect();
    places.sort_by_key(|place| place.index);
    places
}

/// Rungs grow and wear; onset follows.
pub fn climb(
    mut neighbourhoods: Query<&mut Neighbourhood>,
    mut projects: Query<&mut Project>,
    mut tables: ResMut<HazardTables>,
    investments: Res<Investments>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Ladder) {
        return;
    }
    let trained = trained(&mut projects, &settings, &clock);
    let mut places = places_in_order(&mut neighbourhoods);
    let beside = next_door(&places, &settings);
    for place in &mut places {
        let money = investments.money[place.index as usize];
        let forces = Forces {
            money: [money[0], money[1], money[2], money[3]],
            trained,
            concentration: place.concentration(),
            leaving: f64::from(place.left) / f64::from(place.households.max(1)),
            beside: beside[place.index as usize],
        };
        place.rungs = month(place.rungs, &forces, &settings.rates);
        let calm = settings.rates.ladder_calm * place.protects();
        // Hazards follow in steps, so that the cached totals need not change every month.
        let factor = fixed(((1.0 - calm) * STEPS).round() / STEPS);
        let known = &mut tables.home_onset[place.index as usize];
        if clock.budget_round() && *known != factor {
            *known = factor;
            place.stale = true;
        }
    }
}

/// Steps in which the factor on onset moves from 0 to 1.
const STEPS: f64 = 128.0;

/// What works on the rungs of a neighbourhood in a month.
struct Forces {
    /// Money for each rung, euro per household a year.
    money: [f64; 4],
    /// Trained workers of teams per 1000 households.
    trained: f64,
    /// Share of households in the danger zone.
    concentration: f64,
    /// Share of households that left in the month.
    leaving: f64,
    /// How far the rungs stand next door.
    beside: [f64; 4],
}

/// The four rungs a month later.
fn month(rungs: [f64; 4], forces: &Forces, rates: &Rates) -> [f64; 4] {
    let mut next = rungs;
    for rung in 0..4 {
        let (own, below) = if rung == 0 {
            let upkeep = rates.ladder_upkeep + rates.presence_growth * forces.trained;
            (upkeep, 1.0)
        } else {
            let seen = (forces.beside[rung] - rungs[rung]).max(0.0);
            let own = rates.ladder_growth + rates.ladder_spread * seen;
            (own, carried(rungs[rung - 1], rates))
        };
        let growth = (own + rates.ladder_return * forces.money[rung] / 100.0) * below;
        let above = rungs.get(rung + 1).copied().unwrap_or(0.0);
        let mut wear = rates.ladder_decay * (1.0 - rates.ladder_hold * above);
        if rung == 0 {
            wear *= 1.0 + rates.ladder_strain * forces.concentration;
        }
        // Familiarity is between people: who leaves takes a part along.
        let gone = if rung == 1 {
            rates.ladder_familiarity * forces.leaving * rungs[1]
        } else {
            0.0
        };
        let change = growth * (1.0 - rungs[rung]) - wear * rungs[rung];
        next[rung] = (rungs[rung] + change / 12.0 - gone).clamp(0.0, 1.0);
    }
    next
}

/// What a rung carries: nothing below the gate, all when it stands fully.
fn carried(rung: f64, rates: &Rates) -> f64 {
    ((rung - rates.ladder_gate) / (1.0 - rates.ladder_gate)).clamp(0.0, 1.0)
}

/// Factors on detection by neighbours, per neighbourhood: cohesion makes people notice.
pub fn notice(neighbourhoods: &Query<&Neighbourhood>, settings: &Settings) -> Vec<f64> {
    let mut factors = vec![1.0; neighbourhoods.iter().len()];
    if settings.on(Mechanism::Ladder) {
        for neighbourhood in neighbourhoods {
            let cohesion = neighbourhood.rungs[1];
            factors[neighbourhood.index as usize] += settings.rates.ladder_notice * cohesion;
        }
    }
    factors
}

/// Factor on the residents who come to help: they are active where there is social control.
pub fn active(neighbourhoods: &Query<&Neighbourhood>, settings: &Settings) -> f64 {
    if !settings.on(Mechanism::Ladder) {
        return 1.0;
    }
    let (mut control, mut households) = (0.0, 0.0);
    for place in neighbourhoods {
        control += place.rungs[2] * f64::from(place.households);
        households += f64::from(place.households);
    }
    1.0 + settings.rates.ladder_active * control / f64::max(households, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;

    fn rates() -> Rates {
        Rates {
            ladder_gate: 0.6,
            ladder_upkeep: 0.12,
            ladder_growth: 0.3,
            ladder_return: 0.3,
            ladder_decay: 0.05,
            ladder_strain: 3.0,
            ladder_hold: 0.8,
            ladder_familiarity: 0.5,
            presence_growth: 0.015,
            ..settings(&[]).rates
        }
    }

    fn under(rates: &Rates, years: u32, rungs: [f64; 4], forces: &Forces) -> [f64; 4] {
        (0..years * 12).fold(rungs, |rungs, _| month(rungs, forces, rates))
    }

    fn after(years: u32, rungs: [f64; 4], forces: &Forces) -> [f64; 4] {
        under(&rates(), years, rungs, forces)
    }

    fn forces(money: [f64; 4], concentration: f64) -> Forces {
        Forces {
            money,
            trained: 0.0,
            concentration,
            leaving: 0.08 / 12.0,
            beside: [0.0; 4],
        }
    }

    #[test]
    fn money_for_cohesion_is_lost_where_the_basis_does_not_stand() {
        let cohesion = forces([0.0, 200.0, 0.0, 0.0], 0.4);
        let both = forces([100.0, 200.0, 0.0, 0.0], 0.4);
        assert!(after(10, [0.5, 0.0, 0.0, 0.0], &cohesion)[1] < 1e-12);
        assert!(after(10, [0.5, 0.0, 0.0, 0.0], &both)[1] > 0.5);
    }

    #[test]
    fn a_standing_basis_lets_the_rest_follow_in_order() {
        let rungs = after(10, [1.0, 0.0, 0.0, 0.0], &forces([100.0; 4], 0.1));
        assert!(rungs[1] > 0.5 && rungs[2] < rungs[1] && rungs[3] <= rungs[2]);
    }

    #[test]
    fn decay_is_slow_and_what_kept_a_neighbourhood_up_does_not_bring_it_back() {
        let usual = forces([0.0; 4], 0.27);
        let good = after(60, [0.8, 0.7, 0.5, 0.3], &usual);
        let neglect = Rates {
            ladder_upkeep: 0.04,
            ..rates()
        };
        let soon = under(&neglect, 2, good, &usual);
        assert!(soon[0] > 0.9 * good[0], "{good:?} {soon:?}");
        let late = under(&neglect, 25, good, &usual);
        // The same people and the same upkeep as before the neglect, for sixty years.
        let restored = after(60, late, &usual);
        assert!(restored[0] < good[0] - 0.05, "{good:?} {restored:?}");
        assert!(restored[1] < good[1] - 0.2, "{good:?} {restored:?}");
        // Two years of money in time do what the same money later does not.
        let repair = |rungs| {
            after(
                8,
                after(2, rungs, &forces([40.0, 0.0, 0.0, 0.0], 0.27)),
                &usual,
            )
        };
        assert!(repair(soon)[1] > repair(late)[1] + 0.2);
    }

    #[test]
    fn professionals_who_stay_lift_the_basis() {
        let with = Forces {
            trained: 4.0,
            ..forces([0.0; 4], 0.35)
        };
        let without = forces([0.0; 4], 0.35);
        let start = [0.55, 0.0, 0.0, 0.0];
        assert!(after(5, start, &with)[0] > after(5, start, &without)[0] + 0.02);
    }
}
