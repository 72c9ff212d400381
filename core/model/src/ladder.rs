//! The ladder of a neighbourhood: clean, whole, safe; cohesion; control; self-reliance.
//!
//! A rung grows only as far as the one below stands (seed 003, law 2), by itself and by money; it
//! wears slowly. Cohesion makes neighbours notice, self-reliance keeps problems from arising.
//! That money for cohesion is lost where the basis does not stand is written nowhere: the growth of
//! a rung is multiplied by what the rung below carries.

use crate::clock::Clock;
use crate::hazards::{HazardTables, Stale, fixed};
use crate::ledger::{Account, Cause, Ledger};
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::{Mechanism, Rates};

/// A neighbourhood and how far its four rungs stand, each 0..=1.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Neighbourhood {
    /// Place in the scenario's list.
    pub index: u16,
    /// Basis, cohesion, control, self-reliance.
    pub rungs: [f64; 4],
}

/// Money for a rung of every neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Investment {
    /// Rung, 0..=3.
    pub rung: usize,
    /// Payer index.
    pub payer: u16,
    /// Cents per household a month.
    pub cents: i64,
    /// First month index.
    pub start: u32,
    /// First month index without money.
    pub end: u32,
}

/// Investments of the scenario.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Investments {
    /// All of them, in the order of the scenario.
    pub list: Vec<Investment>,
    /// Paid last month for each rung, euro per household a year.
    pub paid: [f64; 4],
}

impl Investment {
    fn runs(&self, month: u32) -> bool {
        (self.start..self.end).contains(&month)
    }
}

impl Investments {
    /// Cents that a payer has promised to neighbourhoods this month.
    pub fn due(&self, payer: u16, month: u32, households: u32) -> i64 {
        let running = self
            .list
            .iter()
            .filter(|i| i.payer == payer && i.runs(month));
        running.map(|i| i.cents * i64::from(households)).sum()
    }

    /// Pays what a payer promised, as far as its closed account goes.
    pub fn pay(&mut self, payer: u16, ledger: &mut Ledger, settings: &Settings, clock: &Clock) {
        let account = Account::Closed(payer);
        let households = i64::from(settings.households);
        for one in self
            .list
            .iter()
            .filter(|i| i.payer == payer && i.runs(clock.month))
        {
            let paid = (one.cents * households).min(ledger.balance(account)).max(0);
            ledger.post(account, Account::Others, Cause::Area, paid);
            self.paid[one.rung] += paid as f64 * 12.0 / 100.0 / households as f64;
        }
    }
}

/// Rungs grow and wear; onset follows.
pub fn climb(
    mut neighbourhoods: Query<&mut Neighbourhood>,
    mut tables: ResMut<HazardTables>,
    mut stale: ResMut<Stale>,
    investments: Res<Investments>,
    settings: Res<Settings>,
    clock: Res<Clock>,
) {
    if !settings.on(Mechanism::Ladder) {
        return;
    }
    for mut neighbourhood in &mut neighbourhoods {
        neighbourhood.rungs = month(neighbourhood.rungs, investments.paid, &settings.rates);
        let calm = settings.rates.ladder_calm * neighbourhood.rungs[3];
        // Hazards follow in steps, so that the cached totals need not change every month.
        let factor = fixed(((1.0 - calm) * STEPS).round() / STEPS);
        let known = &mut tables.home_onset[neighbourhood.index as usize];
        if clock.budget_round() && *known != factor {
            *known = factor;
            stale.0 = true;
        }
    }
}

/// Steps in which the factor on onset moves from 0 to 1.
const STEPS: f64 = 64.0;

/// The four rungs a month later; money in euro per household a year.
fn month(rungs: [f64; 4], money: [f64; 4], rates: &Rates) -> [f64; 4] {
    let mut next = rungs;
    for rung in 0..4 {
        let below = if rung == 0 {
            1.0
        } else {
            carried(rungs[rung - 1], rates)
        };
        let own = if rung == 0 { 0.0 } else { rates.ladder_growth };
        let growth = (own + rates.ladder_return * money[rung] / 100.0) * below;
        let change = growth * (1.0 - rungs[rung]) - rates.ladder_decay * rungs[rung];
        next[rung] = (rungs[rung] + change / 12.0).clamp(0.0, 1.0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::settings;

    fn after_ten_years(basis: f64, money: [f64; 4]) -> [f64; 4] {
        let mut rates = settings(&[]).rates;
        rates.ladder_gate = 0.6;
        rates.ladder_growth = 0.1;
        rates.ladder_return = 0.3;
        rates.ladder_decay = 0.0;
        let mut rungs = [basis, 0.0, 0.0, 0.0];
        for _ in 0..120 {
            rungs = month(rungs, money, &rates);
        }
        rungs
    }

    #[test]
    fn money_for_cohesion_is_lost_where_the_basis_does_not_stand() {
        let cohesion = [0.0, 200.0, 0.0, 0.0];
        assert!(after_ten_years(0.5, cohesion)[1] < 1e-12);
        assert!(after_ten_years(0.9, cohesion)[1] > 0.5);
    }

    #[test]
    fn a_standing_basis_lets_the_rest_follow_in_order() {
        let rungs = after_ten_years(1.0, [0.0; 4]);
        assert!(rungs[1] > 0.5 && rungs[2] < rungs[1] && rungs[3] <= rungs[2]);
    }
}
