//! What the balance is beside money at one rate: ratio, internal rate, and the balance at other rates.

use super::{Cash, Estimate, paired};
use zalm_scenario::DiscountRate;
use zalm_statistics::economics::{InternalRate, internal_rate, worth};

/// Returns of one strategy under one stressor.
#[derive(Clone, Debug, PartialEq)]
pub struct Returns {
    /// Benefits over costs, present values; `None` without costs. Teams and all else each count as a
    /// cost or as a benefit, by what they come to in a year.
    pub ratio: Option<f64>,
    /// Rates at which the balance is nil, ascending; one alone can be compared with a discount rate.
    pub internal: Vec<f64>,
    /// Balance at the rate in use and at the exceptions that hold beside it, by rising rate, euro.
    pub balances: Vec<(f64, Estimate)>,
}

/// The returns of money over the years; `None` without a whole pair.
pub(super) fn returns(cash: &Cash, rate: &DiscountRate) -> Option<Returns> {
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
    let beside = rate.exceptions.iter().map(|figure| figure.value);
    let mut rates: Vec<f64> = beside.chain([rate.rate.value]).collect();
    rates.sort_by(f64::total_cmp);
    let balance = |rate: f64| {
        let pairs: Vec<(f64, f64)> = cash.balances(rate).iter().map(|one| (*one, 0.0)).collect();
        Some((rate, paired(&pairs)?))
    };
    Some(Returns {
        ratio: worth(&costs, &benefits, rate.rate.value).ratio(),
        internal: match internal_rate(&net) {
            InternalRate::None => Vec::new(),
            InternalRate::One(rate) => vec![rate],
            InternalRate::Several(rates) => rates,
        },
        balances: rates.into_iter().filter_map(balance).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::cash::tests::{cash, uncertain};
    use super::*;
    use zalm_scenario::{Evidence, Figure};

    fn rates(value: f64, exceptions: &[f64]) -> DiscountRate {
        let figure = |&value: &f64| Figure {
            value,
            evidence: Evidence::Estimate,
            source: String::new(),
        };
        DiscountRate {
            from: "2021-01".parse().unwrap(),
            rate: figure(&value),
            exceptions: exceptions.iter().map(figure).collect(),
        }
    }

    #[test]
    fn returns_by_hand() {
        // Costs 1,000, then saves 600 twice: x = 1 + rate solves 1000 x² = 600 x + 600.
        let flows = cash(&[(1000, 0), (0, -600), (0, -600)]);
        let found = returns(&flows, &rates(0.0, &[0.029, 0.016])).unwrap();
        let rate = (600.0 + f64::sqrt(360_000.0 + 2_400_000.0)) / 2000.0 - 1.0;
        assert!(found.internal.len() == 1 && (found.internal[0] - rate).abs() < 1e-6);
        assert!((found.ratio.unwrap() - 1.2).abs() < 1e-9);
        let at = |rate: f64| {
            -1000.0 / (1.0 + rate) + 600.0 * ((1.0 + rate).powi(-2) + (1.0 + rate).powi(-3))
        };
        let at_each: Vec<f64> = found.balances.iter().map(|one| one.0).collect();
        assert_eq!(at_each, [0.0, 0.016, 0.029]);
        for (rate, euro) in found.balances {
            assert!((euro.mean - at(rate)).abs() < 1e-6, "{rate}: {euro:?}");
        }
        assert_eq!(returns(&uncertain(&[]), &rates(0.0, &[])), None);
        let only_saves = returns(&uncertain(&[(0, -100), (0, -90)]), &rates(0.0, &[])).unwrap();
        assert_eq!((only_saves.ratio, only_saves.internal), (None, Vec::new()));
    }
}
