//! The verdict on a strategy, by the fixed rule of the report over all stressors.

use super::Case;
use zalm_report::{Estimate, Robustness, Standing, fixed_rule};

/// What can be said of a strategy's balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Positive under every stressor, and chance does not explain it.
    Positive,
    /// Negative under every stressor, and chance does not explain it.
    Negative,
    /// Positive under every stressor, but somewhere that may be chance.
    LeansPositive,
    /// Negative under every stressor, but somewhere that may be chance.
    LeansNegative,
    /// Not sure of its sign, and small beside the money that moves.
    AboutEqual,
    /// Not sure of its sign, and large.
    Uncertain,
    /// No pair of runs tells anything.
    Unknown,
}

impl Verdict {
    /// Id of its text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "verdict-positive",
            Self::Negative => "verdict-negative",
            Self::LeansPositive => "verdict-leans-positive",
            Self::LeansNegative => "verdict-leans-negative",
            Self::AboutEqual => "verdict-equal",
            Self::Uncertain => "verdict-uncertain",
            Self::Unknown => "verdict-unknown",
        }
    }
}

/// The verdict on the cases of one strategy.
pub fn verdict(cases: &[&Case]) -> Verdict {
    let standing = |case: &&Case| {
        let super::Estimate { mean, interval } = case.balance?;
        Some(Standing {
            estimate: Estimate { mean, interval },
            clear: interval.is_some_and(|(low, high)| low * high > 0.0),
            moves: case.cash.moves(),
        })
    };
    if !cases.is_empty() && cases.iter().all(|case| case.balance.is_none()) {
        return Verdict::Unknown;
    }
    let Some(standings) = cases
        .iter()
        .map(standing)
        .collect::<Option<Vec<Standing>>>()
    else {
        return Verdict::Uncertain;
    };
    let positive = standings.iter().all(|one| one.estimate.mean > 0.0);
    match (fixed_rule(&standings), positive) {
        (Some(Robustness::Robust), true) => Verdict::Positive,
        (Some(Robustness::Robust), false) => Verdict::Negative,
        (Some(Robustness::Leaning), true) => Verdict::LeansPositive,
        (Some(Robustness::Leaning), false) => Verdict::LeansNegative,
        (Some(Robustness::AboutEqual), _) => Verdict::AboutEqual,
        (Some(Robustness::Uncertain) | None, _) => Verdict::Uncertain,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Estimate;
    use super::super::cash::tests::cash;
    use super::*;

    /// Teams cost 1,000 and elsewhere 980 is saved: 1,980 moves.
    fn case(mean: f64, half: f64) -> Case {
        Case {
            strategy: "a".to_owned(),
            look: 1,
            stressor: "s".to_owned(),
            cash: cash(&[(1000, -980)]),
            balance: Some(Estimate {
                mean,
                interval: Some((mean - half, mean + half)),
            }),
            effects: Vec::new(),
            unpriced: Vec::new(),
            break_even: Vec::new(),
            returns: None,
        }
    }

    #[test]
    fn a_clear_sign_first_then_the_size_beside_what_moves() {
        let of = |cases: &[Case]| verdict(&cases.iter().collect::<Vec<_>>());
        assert_eq!(of(&[]), Verdict::Uncertain);
        assert_eq!(of(&[case(20.0, 5.0)]), Verdict::Positive);
        assert_eq!(of(&[case(-20.0, 5.0)]), Verdict::Negative);
        // 5 % of 1,980 is 99.
        assert_eq!(
            of(&[case(20.0, 70.0), case(-20.0, 70.0)]),
            Verdict::AboutEqual
        );
        assert_eq!(
            of(&[case(20.0, 90.0), case(-20.0, 90.0)]),
            Verdict::Uncertain
        );
        assert_eq!(
            of(&[case(20.0, 90.0), case(300.0, 90.0)]),
            Verdict::LeansPositive
        );
        assert_eq!(of(&[case(-20.0, 90.0)]), Verdict::LeansNegative);
    }
}
