//! Indicative cost-benefit analysis (indicatieve MKBA): effects in units first, then where the
//! balance turns (omslagpunten), then money per payer and item, with what has no price beside it.
//!
//! Everything is a difference from the null alternative in runs that share their chance. Amounts
//! are real euro; a year's flows count at its end, and year 1 starts at the policy date.

mod breakeven;
mod cash;
mod document;
mod draw;
mod flips;
mod page;
mod returns;
mod tables;
mod verdict;
mod words;

pub use breakeven::BreakEven;
pub use cash::{Cash, present};
pub use document::json;
pub use draw::{cumulative, parties};
pub(crate) use draw::{strategy_name, stressor_name};
pub use flips::{Flip, Flips, flips};
pub use page::html;
pub use returns::Returns;
pub use tables::csv;
pub use verdict::{Verdict, verdict};
pub use words::{Sheet, text};

use crate::gains::wrong_pocket;
use crate::voice::Value;
use zalm_experiment::{LEVEL, Results};
use zalm_model::{CostItem, CostKind, cost_items};
use zalm_scenario::{DiscountRate, Month, Scenario};
use zalm_statistics::economics::Known;
use zalm_statistics::paired_difference;

/// Effects that are counted in their own unit, by name or by the start of it.
const COUNTED: [&str; 7] = [
    "project.months",
    "households.multi_problem",
    "households.stabilised",
    "households.relapsed",
    "households.crises",
    "crises.",
    "problems.",
];

/// Effects that matter and that nobody has put a price on.
const UNPRICED: [&str; 8] = [
    "households.problem_free",
    "households.avoiding",
    "households.waiting",
    "households.dropouts",
    "project.knowledge",
    "project.volunteers",
    "neighbourhood.cohesion",
    "neighbourhood.self_reliance",
];

/// A mean paired difference with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// 95 % interval; `None` with one pair.
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// Whether it is above 0, as far as that is more than chance.
    pub fn is_above(&self) -> Option<bool> {
        let Self { mean, interval } = *self;
        let at = 0.0;
        Known { at, mean, interval }.is_above()
    }
}

/// An effect in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Name of the metric.
    pub metric: String,
    /// Its unit.
    pub unit: String,
    /// What the model says it is.
    pub doc: String,
    /// Difference from the null alternative; `None` where no pair has it.
    pub difference: Option<Estimate>,
}

/// One strategy under one stressor, against the null alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Name of the strategy.
    pub strategy: String,
    /// Its place in the scenario, by which it has the same colour everywhere.
    pub look: usize,
    /// Name of the stressor.
    pub stressor: String,
    /// Money over the years.
    pub cash: Cash,
    /// Present value of benefits minus costs, euro; `None` where no pair ran to the end.
    pub balance: Option<Estimate>,
    /// Ratio, internal rate, and the balance at other rates; `None` where there is no balance.
    pub returns: Option<Returns>,
    /// Effects in units.
    pub effects: Vec<Effect>,
    /// Effects without a price.
    pub unpriced: Vec<Effect>,
    /// Where the balance turns.
    pub break_even: Vec<BreakEven>,
}

impl Case {
    /// What each payer gives more, and what each saves, present value in euro.
    pub fn parties(&self, rate: f64, items: &[CostItem]) -> (Vec<f64>, Vec<f64>) {
        let table = self.cash.present_table(rate);
        let split = |row: &Vec<f64>| {
            let pairs = row.iter().zip(items);
            let (team, rest) = pairs.fold((0.0, 0.0), |(team, rest), (euro, item)| {
                if item.kind == CostKind::Team {
                    (team + euro, rest)
                } else {
                    (team, rest + euro)
                }
            });
            let costs = f64::max(team, 0.0) + f64::max(rest, 0.0);
            (costs, costs - team - rest)
        };
        table.iter().map(split).unzip()
    }

    /// How far benefits land elsewhere than costs, 0 to 1; `None` when nothing is gained or paid.
    pub fn wrong_pocket(&self, rate: f64, items: &[CostItem]) -> Option<f64> {
        let (costs, benefits) = self.parties(rate, items);
        wrong_pocket(&benefits, &costs)
    }
}

/// The analysis of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Mkba {
    /// Title of the scenario.
    pub title: Value,
    /// Question of the scenario.
    pub question: Value,
    /// Name of the place.
    pub place: String,
    /// Name of the null alternative.
    pub null: String,
    /// First month that counts.
    pub policy_date: Month,
    /// Years that count; the last may be short.
    pub years: usize,
    /// Discount rate.
    pub rate: DiscountRate,
    /// Payers in the order of the tables.
    pub payers: Vec<Value>,
    /// Items in the order of the tables.
    pub items: Vec<CostItem>,
    /// Strategies x stressors, stressor by stressor.
    pub cases: Vec<Case>,
    /// Replications that were played; a case counts the pairs of which both ran to the end.
    pub replications: usize,
}

/// The rate in force in a month: the last that began by then; the first one before that. `None`
/// asks for the newest.
pub fn rate(scenario: &Scenario, month: Option<Month>) -> Option<&DiscountRate> {
    let rates = &scenario.discount_rates;
    let Some(month) = month else {
        return rates.last();
    };
    let began = rates.iter().rev().find(|rate| rate.from <= month);
    began.or(rates.first())
}

impl Mkba {
    /// The analysis of results; `None` without a null alternative or a discount rate.
    pub fn new(scenario: &Scenario, results: &Results, rate: &DiscountRate) -> Option<Self> {
        let null = results.null?;
        let mut cases = Vec::new();
        for stressor in 0..results.stressors.len() {
            for strategy in (0..results.strategies.len()).filter(|&s| s != null) {
                let case = case(scenario, results, (stressor, strategy, null), rate);
                cases.push(case);
            }
        }
        Some(Self {
            title: Value::told(&scenario.title),
            question: Value::told(&scenario.question),
            place: scenario.place.name.clone(),
            null: results.strategies[null].clone(),
            policy_date: scenario.policy_date,
            years: cases
                .iter()
                .map(|case| case.cash.years())
                .max()
                .unwrap_or(0),
            rate: rate.clone(),
            payers: scenario.payers.iter().map(Value::payer).collect(),
            items: cost_items(scenario),
            cases,
            replications: results.replications.len(),
        })
    }

    /// Strategies, each with its cases over the stressors.
    pub fn strategies(&self) -> Vec<(&str, Vec<&Case>)> {
        let mut names: Vec<&str> = Vec::new();
        for case in &self.cases {
            if !names.contains(&case.strategy.as_str()) {
                names.push(&case.strategy);
            }
        }
        let of = |name| self.cases.iter().filter(move |case| case.strategy == name);
        names
            .into_iter()
            .map(|name| (name, of(name).collect()))
            .collect()
    }

    /// Cases under one stressor, largest balance first, without one last.
    pub fn under(&self, stressor: &str) -> Vec<&Case> {
        let mut cases: Vec<&Case> = self
            .cases
            .iter()
            .filter(|c| c.stressor == stressor)
            .collect();
        let mean = |case: &Case| case.balance.map_or(f64::NEG_INFINITY, |one| one.mean);
        cases.sort_by(|a, b| mean(b).total_cmp(&mean(a)));
        cases
    }
}

fn case(
    scenario: &Scenario,
    results: &Results,
    (stressor, strategy, null): (usize, usize, usize),
    rate: &DiscountRate,
) -> Case {
    let cash = Cash::new(scenario, results, (stressor, strategy, null));
    let balances = cash.balances(rate.rate.value);
    let pairs: Vec<(f64, f64)> = balances.iter().map(|&balance| (balance, 0.0)).collect();
    let effect = |metric: usize| {
        let spec = &results.metrics[metric];
        Effect {
            metric: spec.name.clone(),
            unit: spec.unit.to_owned(),
            doc: spec.doc.clone(),
            difference: paired(&values(results, (stressor, strategy, null), metric)),
        }
    };
    let pick = |names: &[&str]| {
        let all = 0..results.metrics.len();
        all.filter(|&metric| is_among(&results.metrics[metric].name, names))
            .map(effect)
            .collect()
    };
    Case {
        strategy: results.strategies[strategy].clone(),
        look: strategy,
        stressor: results.stressors[stressor].clone(),
        balance: paired(&pairs),
        effects: pick(&COUNTED),
        unpriced: pick(&UNPRICED),
        break_even: breakeven::of_cash(&cash, rate.rate.value),
        returns: returns::returns(&cash, rate),
        cash,
    }
}

/// Names that end with a dot stand for all that begin so.
fn is_among(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| match one.strip_suffix('.') {
        Some(_) => name.starts_with(one),
        None => name == *one,
    })
}

fn values(results: &Results, arm: (usize, usize, usize), metric: usize) -> Vec<(f64, f64)> {
    let (stressor, strategy, null) = arm;
    let pairs = results
        .arm(stressor, strategy)
        .zip(results.arm(stressor, null));
    pairs
        .filter_map(|(run, null)| Some((run.value(metric)?, null.value(metric)?)))
        .collect()
}

/// Mean and interval of paired differences; `None` without pairs.
pub fn paired(pairs: &[(f64, f64)]) -> Option<Estimate> {
    let paired = paired_difference(pairs, LEVEL)?;
    Some(Estimate {
        mean: paired.mean,
        interval: paired.interval,
    })
}

#[cfg(test)]
mod tests {
    use super::is_among;

    #[test]
    fn a_name_with_a_dot_at_its_end_stands_for_a_group() {
        assert!(is_among("crises.eviction", &["crises."]));
        assert!(!is_among("households.crises", &["crises."]));
        assert!(is_among("households.crises", &["households.crises"]));
    }
}
