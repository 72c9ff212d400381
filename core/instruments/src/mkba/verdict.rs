//! The verdict on a strategy, by a fixed rule over all stressors.

use super::Case;

/// Balances below this share of all money that moves count as small.
const SMALL: f64 = 0.05;

/// What can be said of a strategy's balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Positive under every stressor, and chance does not explain it.
    Positive,
    /// Negative under every stressor, and chance does not explain it.
    Negative,
    /// Not sure of its sign, and small beside the money that moves.
    AboutEqual,
    /// Not sure of its sign, and large.
    Uncertain,
}

impl Verdict {
    /// Id of its text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "verdict-positive",
            Self::Negative => "verdict-negative",
            Self::AboutEqual => "verdict-equal",
            Self::Uncertain => "verdict-uncertain",
        }
    }
}

/// The verdict on the cases of one strategy.
pub fn verdict(cases: &[&Case]) -> Verdict {
    let sure = |sign: f64| {
        cases.iter().all(|case| {
            let (low, high) = case
                .balance
                .interval
                .unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            sign * case.balance.mean > 0.0 && low * high > 0.0
        })
    };
    if cases.is_empty() {
        return Verdict::Uncertain;
    }
    if sure(1.0) {
        return Verdict::Positive;
    }
    if sure(-1.0) {
        return Verdict::Negative;
    }
    let small = |case: &&Case| {
        let moved: f64 = case
            .cash
            .present_table(0.0)
            .iter()
            .flatten()
            .map(|euro| euro.abs())
            .sum();
        let (low, high) = case
            .balance
            .interval
            .unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        low.abs().max(high.abs()) <= SMALL * moved
    };
    if cases.iter().all(small) {
        Verdict::AboutEqual
    } else {
        Verdict::Uncertain
    }
}
