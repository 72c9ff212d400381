//! Break-even points (omslagpunten) along what the analysis can vary.

use super::{Cash, Estimate, paired};
use zalm_statistics::economics::{
    Known, Scan, Throughout, Turn, break_even, clear_turns, throughout,
};

/// Width of a bracket at which the search ends, as a share of the range, where every point is a sum.
const NARROW: f64 = 1e-4;
/// Discount rates that are looked at.
const RATES: (f64, f64) = (0.0, 0.15);
/// Multiples of the team's cost, and of everything that is saved, that are looked at.
const MULTIPLES: (f64, f64) = (0.0, 3.0);

/// Where the balance turns, along one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// `discount`, `horizon`, `price`, `effect`, or the name of a parameter.
    pub along: String,
    /// Value now.
    pub now: f64,
    /// Range that was looked at.
    pub range: (f64, f64),
    /// Every change of sign that is clear on either side, ascending.
    pub turns: Vec<Turn>,
    /// What the balance is where it does not turn.
    pub throughout: Option<Throughout>,
}

impl BreakEven {
    /// Looks along a quantity; `None` without a range, or where there is no balance at all.
    fn search(
        along: &str,
        now: f64,
        range: (f64, f64),
        scan: Scan,
        mut g: impl FnMut(f64) -> Option<Estimate>,
    ) -> Option<Self> {
        let mut known: Vec<Known> = Vec::new();
        break_even(range, scan, |at| {
            let Estimate { mean, interval } = g(at)?;
            known.push(Known { at, mean, interval });
            Some(mean)
        })
        .ok()?;
        known.sort_by(|a, b| a.at.total_cmp(&b.at));
        Some(Self {
            along: along.to_owned(),
            now,
            range,
            turns: clear_turns(&known),
            throughout: throughout(&known),
        })
    }

    /// Looks along a parameter by new runs; `None` without a range, or when no run has a balance.
    pub fn by_runs(
        name: &str,
        now: f64,
        range: (f64, f64),
        g: impl FnMut(f64) -> Option<Estimate>,
    ) -> Option<Self> {
        Self::search(name, now, range, Scan::by_runs(), g)
    }
}

/// Break-even points that follow from the money of the runs, without new ones.
pub(super) fn of_cash(cash: &Cash, rate: f64) -> Vec<BreakEven> {
    let years = cash.years() as f64;
    if cash.years() == 0 {
        return Vec::new();
    }
    let scan = Scan {
        narrow: NARROW,
        ..Scan::default()
    };
    // Each quarter of a year, so that a balance that turns twice is seen to.
    let quarters = Scan {
        points: 4 * cash.years() + 1,
        ..scan
    };
    let at = |rate, price, effect, horizon| {
        let balances = cash.balances_if(rate, price, effect, horizon);
        let pairs: Vec<(f64, f64)> = balances.into_iter().map(|one| (one, 0.0)).collect();
        paired(&pairs)
    };
    let balance = |price, effect, rate| at(rate, price, effect, years);
    let found = [
        BreakEven::search("horizon", years, (0.25, years), quarters, |horizon| {
            at(rate, 1.0, 1.0, horizon)
        }),
        BreakEven::search("price", 1.0, MULTIPLES, scan, |price| {
            balance(price, 1.0, rate)
        }),
        BreakEven::search("effect", 1.0, MULTIPLES, scan, |effect| {
            balance(1.0, effect, rate)
        }),
        BreakEven::search("discount", rate, RATES, scan, |rate| {
            balance(1.0, 1.0, rate)
        }),
    ];
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::cash::tests::{cash, uncertain};
    use super::*;

    #[test]
    fn price_and_effect_of_a_team_by_hand() {
        // Costs 1,000 and saves 1,500 every year: turns at 1.5 times the price, at 2/3 of the effect.
        let found = of_cash(&cash(&[(1000, -1500); 5]), 0.03);
        let at = |along: &str| {
            let one = found.iter().find(|one| one.along == along).unwrap();
            one.turns
                .iter()
                .map(|c| (c.at, c.rises))
                .collect::<Vec<_>>()
        };
        let (price, effect) = (at("price"), at("effect"));
        assert!((price[0].0 - 1.5).abs() < 1e-3 && !price[0].1, "{price:?}");
        assert!(
            (effect[0].0 - 2.0 / 3.0).abs() < 1e-3 && effect[0].1,
            "{effect:?}"
        );
        assert!(at("discount").is_empty());
    }

    #[test]
    fn what_chance_leaves_open_does_not_turn_and_stays_nothing() {
        // One pair gains 100 a year and the other loses 90: the mean is above 0, and nobody knows.
        let unknown = uncertain(&[(0, -100), (0, 90)]);
        for one in of_cash(&unknown, 0.03) {
            assert!(one.turns.is_empty(), "{one:?}");
            assert_eq!(one.throughout, Some(Throughout::Unclear), "{one:?}");
        }
        let clear = of_cash(&cash(&[(0, -100); 3]), 0.03);
        let discount = clear.iter().find(|one| one.along == "discount").unwrap();
        assert_eq!(discount.throughout, Some(Throughout::Above));
    }

    #[test]
    fn the_golden_plan_pays_back_and_turns_where_it_must() {
        // 100,000, then 15,000 a year for ten years at 2.25 %: paid back 7.3064 years after the first
        // year's end, and worth nothing with 0.751918 of the effect.
        let flows: Vec<(i64, i64)> = std::iter::once((100_000, 0))
            .chain([(0, -15_000); 10])
            .collect();
        let found = of_cash(&cash(&flows), 0.0225);
        let at = |along: &str| {
            let one = found.iter().find(|one| one.along == along).unwrap();
            one.turns[0].at
        };
        assert!((at("horizon") - 8.3064).abs() < 1e-3, "{}", at("horizon"));
        assert!((at("effect") - 0.751918).abs() < 1e-3, "{}", at("effect"));
    }

    #[test]
    fn payback_is_linear_inside_a_year() {
        // Costs 1,000, then saves 600 a year; without discount after 1 + 1000/600 years.
        let found = of_cash(&cash(&[(1000, 0), (0, -600), (0, -600)]), 0.0);
        let horizon = &found[0];
        assert_eq!(horizon.along, "horizon");
        assert!((horizon.turns[0].at - (1.0 + 1000.0 / 600.0)).abs() < 1e-2);
    }
}
