//! Incidence: which payer bears which cost. For one household by the scenario's amounts, and for
//! a run as whole cents by payer, item and year.

use crate::settings::{Settings, domain_index};
use serde::{Deserialize, Serialize};
use zalm_scenario::{Domain, Scenario};

/// What a cost is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
    /// Use of provisions because of a problem.
    Use,
    /// A crisis.
    Crisis,
    /// Places with a professional of one domain.
    SiloCare,
    /// Money for integral teams.
    Team,
}

/// A kind of cost that payers bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostItem {
    /// Id in the scenario; the name of the domain for silo care, `team` for teams.
    pub id: String,
    /// What it is for.
    pub kind: CostKind,
    /// Domain it belongs to; `None` for teams.
    pub domain: Option<Domain>,
}

/// The cost items of a scenario, in the order of every table over items: use costs, crises, silo
/// care per domain, teams.
pub fn cost_items(scenario: &Scenario) -> Vec<CostItem> {
    let item = |id: &str, kind, domain| CostItem {
        id: id.to_owned(),
        kind,
        domain,
    };
    let uses = scenario.use_costs.iter();
    let uses = uses.map(|cost| item(&cost.id, CostKind::Use, Some(cost.domain)));
    let crises = scenario.crises.iter();
    let crises = crises.map(|crisis| item(&crisis.id, CostKind::Crisis, Some(crisis.domain)));
    let silo = Domain::ALL.map(|domain| item(domain.name(), CostKind::SiloCare, Some(domain)));
    let team = item("team", CostKind::Team, None);
    uses.chain(crises).chain(silo).chain([team]).collect()
}

/// Whole cents by payer and item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostTable {
    uses: usize,
    crises: usize,
    cents: Vec<i64>,
}

impl CostTable {
    /// An empty table for the payers and items of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let mut table = Self {
            uses: scenario.use_costs.len(),
            crises: scenario.crises.len(),
            cents: Vec::new(),
        };
        table.cents = vec![0; scenario.payers.len() * table.items()];
        table
    }

    /// A table of silo care and teams alone, for tests of single mechanisms.
    #[cfg(test)]
    pub(crate) fn without_items(payers: usize) -> Self {
        let mut table = Self::default();
        table.cents = vec![0; payers * table.items()];
        table
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.uses + self.crises + Domain::ALL.len() + 1
    }

    /// Number of payers.
    pub fn payers(&self) -> usize {
        self.cents.len() / self.items()
    }

    /// Cents of one payer for one item.
    pub fn get(&self, payer: usize, item: usize) -> i64 {
        self.cents[payer * self.items() + item]
    }

    /// Cents of one payer for all items.
    pub fn payer(&self, payer: usize) -> i64 {
        let items = self.items();
        self.cents[payer * items..(payer + 1) * items].iter().sum()
    }

    /// Cents of all payers together for one item.
    pub fn item(&self, item: usize) -> i64 {
        (0..self.payers()).map(|payer| self.get(payer, item)).sum()
    }

    /// Adds another table, cell by cell.
    pub fn add_all(&mut self, other: &Self) {
        for (cell, more) in self.cents.iter_mut().zip(&other.cents) {
            *cell += more;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.cents.fill(0);
    }

    fn add(&mut self, payer: u16, item: usize, cents: i64) {
        let items = self.items();
        self.cents[payer as usize * items + item] += cents;
    }

    pub(crate) fn add_use(&mut self, payer: u16, item: usize, cents: i64) {
        self.add(payer, item, cents);
    }

    pub(crate) fn add_crisis(&mut self, payer: u16, crisis: usize, cents: i64) {
        self.add(payer, self.uses + crisis, cents);
    }

    pub(crate) fn add_silo(&mut self, payer: u16, domain: usize, cents: i64) {
        self.add(payer, self.uses + self.crises + domain, cents);
    }

    pub(crate) fn add_team(&mut self, payer: u16, cents: i64) {
        self.add(payer, self.items() - 1, cents);
    }
}

/// A part of what one household costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Index of the payer that bears it at the start.
    pub payer: usize,
    /// Index of the item in [`cost_items`].
    pub item: usize,
    /// Cents a year.
    pub cents: i64,
}

/// What a household with a problem of this severity (0..=4) in one domain costs in a year, by
/// payer and item: its use of provisions, the crises to expect at the highest severity (rounded to
/// the cent), and the place in silo care if it has one.
pub fn incidence(scenario: &Scenario, domain: Domain, severity: usize) -> Vec<Share> {
    let settings = Settings::new(scenario);
    let payer = |id: &str| {
        let found = scenario.payers.iter().position(|payer| payer.id == id);
        found.expect("a checked scenario names only payers that exist")
    };
    let mut shares = Vec::new();
    for (item, (cost, used)) in scenario
        .use_costs
        .iter()
        .zip(&settings.use_items)
        .enumerate()
    {
        if cost.domain == domain {
            let cents = 12 * used.monthly[severity];
            let payer = payer(&cost.payer);
            shares.push(Share { payer, item, cents });
        }
    }
    let uses = scenario.use_costs.len();
    for (crisis, kind) in scenario.crises.iter().enumerate() {
        if kind.domain != domain || severity < crate::household::ACUTE.into() {
            continue;
        }
        for (part, (id, _)) in kind.costs.iter().enumerate() {
            let cents = (12.0 * settings.expected_crisis(crisis, part)).round() as i64;
            let (payer, item) = (payer(id), uses + crisis);
            shares.push(Share { payer, item, cents });
        }
    }
    let at = domain_index(domain);
    let care = scenario.silo_care.iter().find(|care| care.domain == domain);
    if let Some(care) = care.filter(|_| severity >= crate::household::PROBLEM.into()) {
        shares.push(Share {
            payer: payer(&care.payer),
            item: uses + scenario.crises.len() + at,
            cents: 12 * settings.place_cost[at],
        });
    }
    shares.retain(|share| share.cents != 0);
    shares
}
