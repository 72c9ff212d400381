//! What the balance is beside money at one rate: ratio, internal rate, and the balance at other rates.

use super::Cash;
use zalm_statistics::economics::{InternalRate, internal_rate, worth};

/// Discount rates beside the one in use: those of the Dutch government since 2021 for fixed costs, for
/// all else, and for use that rises steeply with prosperity.
const RATES: [f64; 3] = [0.016, 0.0225, 0.029];

/// Returns of one strategy under one stressor.
#[derive(Clone, Debug, PartialEq)]
pub struct Returns {
    /// Benefits over costs, present values; `None` without costs. Teams and all else each count as a
    /// cost or as a benefit, by what they come to in a year.
    pub ratio: Option<f64>,
    /// Rates at which the balance is nil, ascending; one alone can be compared with a discount rate.
    pub internal: Vec<f64>,
    /// Mean balance at each of several rates, euro.
    pub balances: Vec<(f64, f64)>,
}

/// The returns of money over the years; `None` without a whole pair.
pub(super) fn returns(cash: &Cash, rate: f64) -> Option<Returns> {
    if cash.pairs() == 0 {
        return None;
    }
    // A year's flows count at its end: nothing flows in year 0.
    let yearly = [vec![(0.0, 0.0)], cash.yearly()].concat();
    let cost = |(team, rest): &(f64, f64)| team.max(0.0) + rest.max(0.0);
    let costs: Vec<f64> = yearly.iter().map(cost).collect();
    let benefits: Vec<f64> = yearly
        .iter()
        .map(|year| cost(year) - year.0 - year.1)
        .collect();
    let net: Vec<f64> = benefits.iter().zip(&costs).map(|(b, c)| b - c).collect();
    let years = cash.years() as f64;
    Some(Returns {
        ratio: worth(&costs, &benefits, rate).ratio(),
        internal: match internal_rate(&net) {
            InternalRate::None => Vec::new(),
            InternalRate::One(rate) => vec![rate],
            InternalRate::Several(rates) => rates,
        },
        balances: RATES
            .map(|rate| (rate, cash.balance(rate, 1.0, 1.0, years)))
            .to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::cash::tests::{cash, uncertain};
    use super::*;

    #[test]
    fn returns_by_hand() {
        // Costs 1,000, then saves 600 twice: x = 1 + rate solves 1000 x² = 600 x + 600.
        let found = returns(&cash(&[(1000, 0), (0, -600), (0, -600)]), 0.0).unwrap();
        let rate = (600.0 + f64::sqrt(360_000.0 + 2_400_000.0)) / 2000.0 - 1.0;
        assert!(found.internal.len() == 1 && (found.internal[0] - rate).abs() < 1e-6);
        assert!((found.ratio.unwrap() - 1.2).abs() < 1e-9);
        let at = |rate: f64| {
            -1000.0 / (1.0 + rate) + 600.0 * ((1.0 + rate).powi(-2) + (1.0 + rate).powi(-3))
        };
        for (rate, euro) in found.balances {
            assert!((euro - at(rate)).abs() < 1e-6, "{rate}: {euro}");
        }
        assert_eq!(returns(&uncertain(&[]), 0.0), None);
        let only_saves = returns(&uncertain(&[(0, -100), (0, -90)]), 0.0).unwrap();
        assert_eq!((only_saves.ratio, only_saves.internal), (None, Vec::new()));
    }
}
