//! Who would gain from a household that gets better, by the amounts that the model itself uses.

use zalm_model::{CostItem, Share, cost_items, incidence};
use zalm_scenario::{Domain, Project, Scenario};

/// Severity of a severe problem, on the scale of 0 to 4.
pub const SEVERE: usize = 3;

/// Domains in problem from which a household counts as multi-problem.
pub const MULTI: f64 = 3.0;

/// What one household with a problem costs in a year, per payer and domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Gains {
    /// Severity of the problem, 2..=4.
    pub severity: usize,
    /// The cost items that shares point at.
    pub items: Vec<CostItem>,
    /// Shares per domain, in the order of [`Domain::ALL`].
    pub domains: Vec<Vec<Share>>,
    /// Part of all problems that arise in each domain, sums to 1.
    pub weights: Vec<f64>,
    payers: usize,
}

impl Gains {
    /// The incidence of a scenario at this severity.
    pub fn new(scenario: &Scenario, severity: usize) -> Self {
        let domains = Domain::ALL.map(|domain| incidence(scenario, domain, severity));
        Self {
            severity,
            items: cost_items(scenario),
            domains: domains.to_vec(),
            weights: weights(scenario),
            payers: scenario.payers.len(),
        }
    }

    /// Cents a year of one payer for a problem in one domain.
    pub fn cell(&self, payer: usize, domain: usize) -> i64 {
        let of = self.domains[domain].iter();
        of.filter(|share| share.payer == payer)
            .map(|share| share.cents)
            .sum()
    }

    /// Cents a year of one payer for a problem in each domain.
    pub fn payer(&self, payer: usize) -> i64 {
        (0..self.domains.len())
            .map(|domain| self.cell(payer, domain))
            .sum()
    }

    /// Cents a year of all payers for a problem in one domain.
    pub fn domain(&self, domain: usize) -> i64 {
        self.domains[domain].iter().map(|share| share.cents).sum()
    }

    /// Cents a year of one payer for the average problem.
    pub fn expected(&self, payer: usize) -> f64 {
        let cells = self.weights.iter().enumerate();
        cells
            .map(|(domain, weight)| weight * self.cell(payer, domain) as f64)
            .sum()
    }

    /// Part of all gains that falls to each payer, sums to 1 unless nothing is gained.
    pub fn parts(&self) -> Vec<f64> {
        let all: Vec<f64> = (0..self.payers).map(|payer| self.expected(payer)).collect();
        let sum: f64 = all.iter().sum();
        let part = |gain: &f64| if sum > 0.0 { gain / sum } else { 0.0 };
        all.iter().map(part).collect()
    }

    /// Euro a year that a household in multi-problem costs all payers together.
    pub fn household(&self) -> f64 {
        let average: f64 = (0..self.payers).map(|payer| self.expected(payer)).sum();
        MULTI * average / 100.0
    }
}

/// How often problems arise in each domain, as parts of all; parenting only with children.
fn weights(scenario: &Scenario) -> Vec<f64> {
    let rates = scenario.parameters.rates();
    let mut weights = [
        rates.onset_housing,
        rates.onset_finances,
        rates.onset_work,
        rates.onset_physical_health,
        rates.onset_mental_health,
        rates.onset_parenting * children(scenario),
        rates.onset_justice,
        rates.onset_social,
    ];
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= sum);
    }
    weights.to_vec()
}

/// Share of households with children.
fn children(scenario: &Scenario) -> f64 {
    let places = scenario.place.neighbourhoods.iter();
    let (with, all) = places.fold((0.0, 0.0), |(with, all), place| {
        let households = place.households.value;
        (
            with + households * place.with_children.value,
            all + households,
        )
    });
    if all > 0.0 { with / all } else { 0.0 }
}

/// Parts of the temporary money that each payer gives, sums to at most 1.
pub fn grants(scenario: &Scenario, project: &Project) -> Vec<f64> {
    let of = |id: &str| -> f64 {
        let grants = project.grants.iter().filter(|grant| grant.payer == id);
        grants.map(|grant| grant.share.value).sum()
    };
    scenario.payers.iter().map(|payer| of(&payer.id)).collect()
}

/// How far benefits land elsewhere than costs: half the sum of the differences between a payer's
/// part of the benefits and its part of the costs. 0 when who pays gains in the same measure, 1 when
/// all that is gained falls to others; `None` when nothing is gained or nothing is paid.
///
/// Negative amounts count as nothing.
pub fn wrong_pocket(benefits: &[f64], costs: &[f64]) -> Option<f64> {
    let sum = |values: &[f64]| values.iter().map(|value| value.max(0.0)).sum::<f64>();
    let (all_benefits, all_costs) = (sum(benefits), sum(costs));
    if all_benefits <= 0.0 || all_costs <= 0.0 {
        return None;
    }
    let pairs = benefits.iter().zip(costs);
    let apart = pairs
        .map(|(benefit, cost)| (benefit.max(0.0) / all_benefits - cost.max(0.0) / all_costs).abs());
    Some(apart.sum::<f64>() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::wrong_pocket;

    #[test]
    fn the_wrong_pocket_runs_from_none_to_all() {
        assert_eq!(wrong_pocket(&[3.0, 1.0], &[30.0, 10.0]), Some(0.0));
        assert_eq!(wrong_pocket(&[0.0, 5.0], &[7.0, 0.0]), Some(1.0));
        // Pays all, gains a quarter: 1/2 (|1/4 - 1| + |3/4 - 0|) = 0.75.
        let quarter = wrong_pocket(&[1.0, 3.0], &[4.0, 0.0]).unwrap();
        assert!((quarter - 0.75).abs() < 1e-12);
        assert_eq!(wrong_pocket(&[-1.0, 0.0], &[1.0, 0.0]), None);
    }
}
