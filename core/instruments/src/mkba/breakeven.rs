//! Break-even points (omslagpunten) along what the analysis can vary.

use super::Cash;
use zalm_statistics::economics::{Crossing, Scan, break_even};

/// Width of a bracket at which the search ends, as a share of the range: where every point is a
/// sum, and where it takes new runs.
const NARROW: f64 = 1e-4;
const NARROW_BY_RUNS: f64 = 1e-2;
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
    /// Every change of sign, ascending.
    pub crossings: Vec<Crossing>,
    /// Whether the balance is positive at the low end of the range.
    pub positive_first: bool,
}

impl BreakEven {
    /// Looks along a quantity; `None` without a range, or where there is no balance at all.
    fn search(
        along: &str,
        now: f64,
        range: (f64, f64),
        scan: Scan,
        mut g: impl FnMut(f64) -> f64,
    ) -> Option<Self> {
        let found = break_even(range, scan, |x| Some(g(x))).ok()?;
        Some(Self {
            along: along.to_owned(),
            now,
            range,
            crossings: found.crossings,
            positive_first: found.positive_first == Some(true),
        })
    }

    /// Looks along a parameter by new runs; `None` without a range, or when no run has a balance.
    pub fn by_runs(
        name: &str,
        now: f64,
        range: (f64, f64),
        g: impl FnMut(f64) -> f64,
    ) -> Option<Self> {
        let scan = Scan {
            narrow: NARROW_BY_RUNS,
            ..Scan::default()
        };
        Self::search(name, now, range, scan, g)
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
    let balance = |price, effect, rate| cash.balance(rate, price, effect, years);
    let found = [
        BreakEven::search("horizon", years, (0.25, years), quarters, |horizon| {
            cash.balance(rate, 1.0, 1.0, horizon)
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
    use super::super::cash::tests::cash;
    use super::*;

    #[test]
    fn price_and_effect_of_a_team_by_hand() {
        // Costs 1,000 and saves 1,500 every year: turns at 1.5 times the price, at 2/3 of the effect.
        let found = of_cash(&cash(&[(1000, -1500); 5]), 0.03);
        let at = |along: &str| {
            let one = found.iter().find(|one| one.along == along).unwrap();
            one.crossings
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
    fn payback_is_linear_inside_a_year() {
        // Costs 1,000, then saves 600 a year; without discount after 1 + 1000/600 years.
        let found = of_cash(&cash(&[(1000, 0), (0, -600), (0, -600)]), 0.0);
        let horizon = &found[0];
        assert_eq!(horizon.along, "horizon");
        assert!((horizon.crossings[0].at - (1.0 + 1000.0 / 600.0)).abs() < 1e-2);
    }
}
