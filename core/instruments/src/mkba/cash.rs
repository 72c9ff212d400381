//! Money over the years: what a strategy costs each payer more than the null alternative.

use zalm_experiment::Results;
use zalm_model::{CostKind, CostTable, cost_items};
use zalm_scenario::Scenario;

/// Worth today of a euro after `years` years.
pub fn present(rate: f64, years: f64) -> f64 {
    (1.0 + rate).powf(-years)
}

/// Differences in cost, payer by item by year; more than 0 is dearer than the null alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Cash {
    payers: usize,
    items: usize,
    /// Cents summed over the pairs: per year, payer by payer.
    sums: Vec<Vec<i64>>,
    /// Per pair and year: cents for teams, and for everything else.
    pairs: Vec<Vec<(i64, i64)>>,
}

impl Cash {
    /// The differences of one strategy from the null alternative, over all pairs that ran to the
    /// end.
    pub fn new(
        scenario: &Scenario,
        results: &Results,
        (stressor, strategy, null): (usize, usize, usize),
    ) -> Self {
        let items = cost_items(scenario);
        let mut cash = Self {
            payers: scenario.payers.len(),
            items: items.len(),
            sums: Vec::new(),
            pairs: Vec::new(),
        };
        let team: Vec<bool> = items.iter().map(|i| i.kind == CostKind::Team).collect();
        let arms = results
            .arm(stressor, strategy)
            .zip(results.arm(stressor, null));
        for (run, null) in arms {
            if let (Some(run), Some(null)) = (run.record(), null.record()) {
                cash.add(&run.costs, &null.costs, &team);
            }
        }
        cash
    }

    fn add(&mut self, run: &[CostTable], null: &[CostTable], team: &[bool]) {
        let mut years = Vec::new();
        for (year, (run, null)) in run.iter().zip(null).enumerate() {
            if self.sums.len() <= year {
                self.sums.push(vec![0; self.payers * self.items]);
            }
            let (mut teams, mut rest) = (0, 0);
            for payer in 0..self.payers {
                for (item, &of_team) in team.iter().enumerate() {
                    let cents = run.get(payer, item) - null.get(payer, item);
                    self.sums[year][payer * self.items + item] += cents;
                    if of_team {
                        teams += cents;
                    } else {
                        rest += cents;
                    }
                }
            }
            years.push((teams, rest));
        }
        self.pairs.push(years);
    }

    /// Years that count.
    pub fn years(&self) -> usize {
        self.sums.len()
    }

    /// Pairs that count.
    pub fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// Mean difference in one year, euro, nominal.
    pub fn cell(&self, year: usize, payer: usize, item: usize) -> f64 {
        self.mean(self.sums[year][payer * self.items + item])
    }

    fn mean(&self, cents: i64) -> f64 {
        cents as f64 / 100.0 / self.pairs.len().max(1) as f64
    }

    /// Mean difference per year for teams and for everything else, euro.
    pub fn yearly(&self) -> Vec<(f64, f64)> {
        let sum = |year: usize| {
            let pairs = self.pairs.iter().filter_map(|pair| pair.get(year));
            pairs.fold((0, 0), |(team, rest), pair| (team + pair.0, rest + pair.1))
        };
        let years = (0..self.years()).map(sum);
        years
            .map(|(team, rest)| (self.mean(team), self.mean(rest)))
            .collect()
    }

    /// What moves, nominal euro: what teams cost more or less, and what changes elsewhere, both
    /// without their sign.
    pub fn moves(&self) -> f64 {
        let years = self.yearly();
        let (team, rest) = years.iter().fold((0.0, 0.0), |(team, rest), year| {
            (team + year.0, rest + year.1)
        });
        f64::abs(team) + f64::abs(rest)
    }

    /// Present value by payer and item, euro; dearer is positive.
    pub fn present_table(&self, rate: f64) -> Vec<Vec<f64>> {
        let cell = |payer: usize, item: usize| -> f64 {
            let years = (0..self.years())
                .map(|year| present(rate, (year + 1) as f64) * self.cell(year, payer, item));
            years.sum::<f64>() + 0.0
        };
        let row = |payer| (0..self.items).map(|item| cell(payer, item)).collect();
        (0..self.payers).map(row).collect()
    }

    /// The same as whole multiples of `grain` euro: each cell is rounded once, and every total is
    /// the sum of the cells, so rows and columns add up exactly.
    pub fn rounded(&self, rate: f64, grain: i64) -> Vec<Vec<i64>> {
        let grain = grain.max(1);
        let whole = |euro: &f64| (euro / grain as f64).round() as i64 * grain;
        let table = self.present_table(rate);
        table
            .iter()
            .map(|row| row.iter().map(whole).collect())
            .collect()
    }

    /// Benefits minus costs per pair, present value in euro.
    pub fn balances(&self, rate: f64) -> Vec<f64> {
        let balance = |years: &Vec<(i64, i64)>| {
            let each = years.iter().enumerate().map(|(year, (team, rest))| {
                present(rate, (year + 1) as f64) * -((team + rest) as f64) / 100.0
            });
            each.sum::<f64>() + 0.0
        };
        self.pairs.iter().map(balance).collect()
    }

    /// The same per pair, with the money for teams times `price`, everything else times `effect`, over
    /// the first `horizon` years (a part of a year counts in proportion), euro.
    pub fn balances_if(&self, rate: f64, price: f64, effect: f64, horizon: f64) -> Vec<f64> {
        let balance = |years: &Vec<(i64, i64)>| {
            let each = years.iter().enumerate().map(|(year, (team, rest))| {
                let part = (horizon - year as f64).clamp(0.0, 1.0);
                let euro = (price * *team as f64 + effect * *rest as f64) / 100.0;
                -part * present(rate, (year + 1) as f64) * euro
            });
            each.sum::<f64>() + 0.0
        };
        self.pairs.iter().map(balance).collect()
    }

    /// Mean balance, with the money for teams times `price`, everything else times `effect`, over
    /// the first `horizon` years (a part of a year counts in proportion), euro.
    pub fn balance(&self, rate: f64, price: f64, effect: f64, horizon: f64) -> f64 {
        let years = self.yearly();
        let each = years.iter().enumerate().map(|(year, (team, rest))| {
            let part = (horizon - year as f64).clamp(0.0, 1.0);
            -part * present(rate, (year + 1) as f64) * (price * team + effect * rest)
        });
        each.sum::<f64>() + 0.0
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One payer pays the team, another saves: so many euro a year, in two pairs that are a cent
    /// apart, so that hardly anything is left to chance.
    pub(crate) fn cash(years: &[(i64, i64)]) -> Cash {
        let cents = |euro: i64| 100 * euro;
        let sums = years.iter().map(|&(team, rest)| {
            // Two payers, two items: the first pays the team, the second bears the rest.
            vec![2 * cents(team), 0, 0, 2 * cents(rest)]
        });
        Cash {
            payers: 2,
            items: 2,
            sums: sums.collect(),
            pairs: [-1, 1]
                .map(|apart| {
                    let years = years.iter();
                    years
                        .map(|&(t, r)| (cents(t) + apart, cents(r) + apart))
                        .collect()
                })
                .to_vec(),
        }
    }

    /// One year of pairs that differ: what each pays for its team and for the rest.
    pub(crate) fn uncertain(pairs: &[(i64, i64)]) -> Cash {
        let sum = |of: fn(&(i64, i64)) -> i64| 100 * pairs.iter().map(of).sum::<i64>();
        Cash {
            payers: 2,
            items: 2,
            sums: vec![vec![sum(|one| one.0), 0, 0, sum(|one| one.1)]],
            pairs: pairs
                .iter()
                .map(|&(t, r)| vec![(100 * t, 100 * r)])
                .collect(),
        }
    }

    #[test]
    fn present_values_by_hand() {
        // 100 after one year at 2.25 %: 97.799; after two: 95.647.
        assert!((100.0 * present(0.0225, 1.0) - 97.799_511).abs() < 1e-6);
        assert!((100.0 * present(0.0225, 2.0) - 95.647_444).abs() < 1e-6);
        // An annuity of ten years at 2.25 %.
        let annuity: f64 = (1..=10).map(|t| present(0.0225, f64::from(t))).sum();
        assert!((annuity - 8.866_216).abs() < 1e-6);
        // -100,000 now, then 15,000 for ten years.
        assert!((15_000.0 * annuity - 100_000.0 - 32_993.25).abs() < 0.01);
    }

    #[test]
    fn the_balance_is_savings_minus_costs_at_the_end_of_each_year() {
        let cash = cash(&[(1000, 0), (1000, -3000)]);
        let by_hand = -1000.0 / 1.0225 + 2000.0 / (1.0225 * 1.0225);
        let balance = cash.balance(0.0225, 1.0, 1.0, 2.0);
        assert!((balance - by_hand).abs() < 1e-9);
        let pairs = cash.balances(0.0225);
        assert!(((pairs[0] + pairs[1]) / 2.0 - by_hand).abs() < 1e-9);
        // Twice the price, half the effect, one year and a half.
        let changed = -2000.0 / 1.0225 + 0.5 * (-2000.0 + 1500.0) / (1.0225 * 1.0225);
        assert!((cash.balance(0.0225, 2.0, 0.5, 1.5) - changed).abs() < 1e-9);
    }

    #[test]
    fn rounded_cells_are_whole_and_close() {
        let cash = cash(&[(1234, -777), (99, -1)]);
        for grain in [1, 10, 1000] {
            let cells = cash.rounded(0.0225, grain);
            assert!(cells.iter().flatten().all(|cell| cell % grain == 0));
            let exact = cash.present_table(0.0225);
            let pairs = cells.iter().flatten().zip(exact.iter().flatten());
            for (cell, euro) in pairs {
                assert!((*cell as f64 - euro).abs() <= grain as f64 / 2.0);
            }
        }
    }
}
