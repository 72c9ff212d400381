//! What stays fixed during a run: rates, switches, who bears which cost, and what is measured.

use crate::coupling::Couplings;
use crate::metrics::{Metric, measured};
use bevy_ecs::prelude::*;
use zalm_scenario::{Domain, Mechanism, Rates, Scenario};

/// Cents in a euro amount, rounded to the nearest cent.
pub fn cents(euro: f64) -> i64 {
    (euro * 100.0).round() as i64
}

/// A cost that problems in a domain bring every month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseItem {
    /// Id in the scenario.
    pub id: String,
    /// Domain index.
    pub domain: usize,
    /// Whether it pays for places, which cost money while they stand empty too.
    pub places: bool,
    /// Cents a month at severity 0..=4.
    pub monthly: [i64; 5],
    /// The same for a household that avoids care and that nobody knows.
    pub hidden: [i64; 5],
}

impl UseItem {
    /// Cents a month of one household at this severity; a part of it where that hides its problems.
    pub fn cost(&self, level: u8, hides: bool) -> i64 {
        let table = if hides { &self.hidden } else { &self.monthly };
        table[usize::from(level)]
    }
}

/// A crisis and its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct CrisisItem {
    /// Id in the scenario.
    pub id: String,
    /// Domain index.
    pub domain: usize,
    /// Chance at the highest severity, relative to `household.crisis`.
    pub weight: f64,
    /// Whether it fills places, which cost money while they stand empty too.
    pub places: bool,
    /// Cents per event, by part.
    pub parts: Vec<i64>,
    /// Domains in which the household gets one step worse by it.
    pub spills: Vec<usize>,
}

/// A neighbourhood's households as the scenario gives them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Home {
    /// Households, count.
    pub households: u32,
    /// One-person households, share.
    pub one_person: f64,
    /// Households with children, share.
    pub with_children: f64,
    /// Households in the danger zone, share.
    pub danger: f64,
    /// Dwellings rented from a corporation, share.
    pub rent: f64,
}

/// Settings of a run: the same for every strategy and stressor.
#[derive(Resource, Clone, Debug)]
pub struct Settings {
    /// The plain rates.
    pub rates: Rates,
    /// How problems feed each other.
    pub couplings: Couplings,
    /// Month index of the policy date.
    pub policy_month: u32,
    /// Households in the place.
    pub households: u32,
    /// Neighbourhoods.
    pub homes: Vec<Home>,
    /// Use costs.
    pub use_items: Vec<UseItem>,
    /// Crises.
    pub crisis_items: Vec<CrisisItem>,
    /// Cost of a silo place, cents a month, per domain; 0 where there is no silo care.
    pub place_cost: [i64; 8],
    /// Cents a worker costs a month.
    pub worker_cost: i64,
    /// What is measured.
    pub metrics: Vec<Metric>,
    off: Vec<Mechanism>,
}

impl Settings {
    /// Reads the settings out of a checked scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let rates = scenario.parameters.rates();
        let mut place_cost = [0; 8];
        for care in &scenario.silo_care {
            place_cost[domain_index(care.domain)] = cents(care.cost.value / 12.0).max(1);
        }
        let interact = !scenario.switched_off.contains(&Mechanism::Interaction);
        Self {
            rates,
            couplings: Couplings::new(&rates, &scenario.couplings, interact),
            policy_month: scenario.policy_month(),
            households: scenario.households(),
            homes: scenario.place.neighbourhoods.iter().map(home).collect(),
            use_items: scenario
                .use_costs
                .iter()
                .map(|item| use_item(item, rates.demand_hidden_use))
                .collect(),
            crisis_items: scenario.crises.iter().map(crisis_item).collect(),
            place_cost,
            worker_cost: cents(rates.worker_cost / 12.0).max(1),
            metrics: measured(scenario),
            off: scenario.switched_off.clone(),
        }
    }

    /// Settings around rates alone, for tests of single mechanisms.
    #[cfg(test)]
    pub(crate) fn of(rates: Rates, off: &[Mechanism]) -> Self {
        let interact = !off.contains(&Mechanism::Interaction);
        Self {
            rates,
            couplings: Couplings::new(&rates, &[], interact),
            policy_month: 0,
            households: 0,
            homes: Vec::new(),
            use_items: Vec::new(),
            crisis_items: Vec::new(),
            place_cost: [0; 8],
            worker_cost: cents(50_000.0 / 12.0),
            metrics: Vec::new(),
            off: off.to_vec(),
        }
    }

    /// Chance a month of any crisis in a domain at the highest severity.
    pub fn crisis_chance(&self, domain: usize) -> f64 {
        let here = |crisis: &&CrisisItem| crisis.domain == domain;
        let weights = self.crisis_items.iter().filter(here);
        self.rates.household_crisis * weights.map(|crisis| crisis.weight).sum::<f64>()
    }

    /// Expected cents a month of a part of a crisis for one household at the highest severity; 0
    /// where no crisis strikes.
    pub fn expected_crisis(&self, crisis: usize, part: usize) -> f64 {
        if !self.on(Mechanism::Crises) {
            return 0.0;
        }
        let item = &self.crisis_items[crisis];
        item.parts[part] as f64 * self.rates.household_crisis * item.weight
    }

    /// Whether a mechanism works in this run.
    pub fn on(&self, mechanism: Mechanism) -> bool {
        !self.off.contains(&mechanism)
    }
}

/// Index of a domain in every array over domains.
pub fn domain_index(domain: Domain) -> usize {
    domain as usize
}

fn home(neighbourhood: &zalm_scenario::Neighbourhood) -> Home {
    Home {
        households: neighbourhood.households.value as u32,
        one_person: neighbourhood.one_person.value,
        with_children: neighbourhood.with_children.value,
        danger: neighbourhood.danger_zone.value,
        rent: neighbourhood.corporation_rent.value,
    }
}

fn use_item(item: &zalm_scenario::UseCost, hidden_use: f64) -> UseItem {
    let monthly = |part: f64| {
        let [two, three, four] = item.per_year.map(|euro| cents(part * euro / 12.0));
        [0, 0, two, three, four]
    };
    UseItem {
        id: item.id.clone(),
        domain: domain_index(item.domain),
        places: item.places,
        monthly: monthly(1.0),
        hidden: monthly(hidden_use),
    }
}

fn crisis_item(crisis: &zalm_scenario::Crisis) -> CrisisItem {
    CrisisItem {
        id: crisis.id.clone(),
        domain: domain_index(crisis.domain),
        weight: crisis.weight.value,
        places: crisis.places,
        spills: crisis.spills.iter().map(|&d| domain_index(d)).collect(),
        parts: crisis
            .costs
            .iter()
            .map(|(_, cost)| cents(cost.value))
            .collect(),
    }
}
