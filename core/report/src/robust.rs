//! Whether a difference stands under every stressor: one fixed rule for report and cost-benefit
//! analysis.

use crate::input::{Difference, Direction, Estimate, ReportInput};
use crate::lookup::Case;
use crate::verdict::Verdict;

/// Part of what moves below which a difference counts as small.
pub const SMALL: f64 = 0.05;

/// How a difference stands over all stressors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robustness {
    /// The same sign everywhere, and everywhere clear.
    Robust,
    /// The same sign everywhere, but somewhere it may be chance.
    Leaning,
    /// Not sure of its sign, and everywhere small beside what moves, with all that chance leaves open.
    AboutEqual,
    /// The sign depends on the stressor, and the size matters.
    Uncertain,
}

/// A difference under one stressor, as the fixed rule looks at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The difference with its interval.
    pub estimate: Estimate,
    /// Whether it is told from chance.
    pub clear: bool,
    /// What moves, in the same unit: of money what teams cost more or less and what changes
    /// elsewhere, both without their sign; of anything else its level under the null alternative.
    pub moves: f64,
}

impl Standing {
    /// A mean near nought says little: the whole interval has to be small.
    fn is_small(&self) -> bool {
        let far = |(low, high): (f64, f64)| low.abs().max(high.abs());
        let interval = self.estimate.interval;
        interval.is_some_and(|interval| far(interval) <= SMALL * self.moves.abs())
    }
}

/// The fixed rule, a clear sign first; `None` without cases.
pub fn fixed_rule(cases: &[Standing]) -> Option<Robustness> {
    if cases.is_empty() {
        return None;
    }
    let all = |sign: f64| cases.iter().all(|case| sign * case.estimate.mean > 0.0);
    let same = all(1.0) || all(-1.0);
    Some(if same && cases.iter().all(|case| case.clear) {
        Robustness::Robust
    } else if cases.iter().all(Standing::is_small) {
        Robustness::AboutEqual
    } else if same {
        Robustness::Leaning
    } else {
        Robustness::Uncertain
    })
}

/// The fixed rule for the cases of a metric.
pub(crate) fn robustness(cases: &[Case], better: Direction) -> Option<Robustness> {
    let standing = |case: &Case| {
        let Difference {
            mut estimate,
            constant,
            ..
        } = case.difference;
        // Where every pair differs by the same, nothing else was seen.
        let seen = constant.then_some((estimate.mean, estimate.mean));
        estimate.interval = estimate.interval.or(seen);
        Standing {
            estimate,
            clear: case.difference.verdict(better).is_clear(),
            moves: case.moves,
        }
    };
    fixed_rule(&cases.iter().map(standing).collect::<Vec<_>>())
}

/// The strategy that the report recommends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Recommended {
    /// Index of the strategy.
    pub strategy: usize,
    /// Stressors under which it clearly keeps the team together longer.
    pub clear_in: usize,
    /// Stressors in all.
    pub of: usize,
    /// Other strategies that cannot be told from it under any stressor.
    pub rivals: Vec<usize>,
}

/// The strategy that clearly keeps the team together longer under most stressors, then by most
/// months; `None` when none does under any.
pub(crate) fn recommended(input: &ReportInput) -> Option<Recommended> {
    let of = input.stressors.len();
    let scored = input.others().map(|strategy| {
        let cases = input.team_cases(strategy);
        let clear = cases
            .iter()
            .filter(|case| case.difference.verdict(Direction::Higher) == Verdict::Better)
            .count();
        let months: f64 = cases.iter().map(|case| case.difference.estimate.mean).sum();
        (strategy, clear, months)
    });
    let scored: Vec<_> = scored.filter(|(_, clear, _)| *clear > 0).collect();
    // The first declared wins a tie.
    let best = scored
        .iter()
        .rev()
        .max_by(|a, b| a.1.cmp(&b.1).then(a.2.total_cmp(&b.2)))?;
    let rival = |other: &&(usize, usize, f64)| other.0 != best.0 && overlap(input, best.0, other.0);
    Some(Recommended {
        strategy: best.0,
        clear_in: best.1,
        of,
        rivals: scored.iter().filter(rival).map(|other| other.0).collect(),
    })
}

/// Strategies that cannot be told from this one in team months under any stressor.
pub(crate) fn not_told_from(input: &ReportInput, strategy: usize) -> Vec<usize> {
    let clear = |one: usize| {
        let cases = input.team_cases(one);
        let mut verdicts = cases
            .iter()
            .map(|case| case.difference.verdict(Direction::Higher));
        verdicts.any(Verdict::is_clear)
    };
    let null = input.null();
    let same = |other: &usize| {
        *other != strategy
            && match (Some(*other) == null, Some(strategy) == null) {
                (true, _) => !clear(strategy),
                (_, true) => !clear(*other),
                _ => overlap(input, strategy, *other),
            }
    };
    (0..input.strategies.len()).filter(same).collect()
}

/// Whether the intervals of two strategies overlap under every stressor.
fn overlap(input: &ReportInput, one: usize, two: usize) -> bool {
    let pairs = input.team_cases(one).into_iter().zip(input.team_cases(two));
    pairs
        .into_iter()
        .all(|(a, b)| a.difference.estimate.overlaps(&b.difference.estimate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::sample;

    fn case(mean: f64, p: f64) -> Case {
        within(mean, 1.0, p)
    }

    fn within(mean: f64, half: f64, p: f64) -> Case {
        let difference = Difference {
            estimate: Estimate {
                mean,
                interval: Some((mean - half, mean + half)),
            },
            p_holm: Some(p),
            ..Difference::default()
        };
        Case {
            difference,
            moves: 100.0,
        }
    }

    #[test]
    fn the_rule() {
        let of = |cases: &[Case]| robustness(cases, Direction::Lower);
        assert_eq!(of(&[]), None);
        let robust = [case(5.0, 0.01), case(9.0, 0.01)];
        assert_eq!(of(&robust), Some(Robustness::Robust));
        let leaning = [case(5.0, 0.01), case(9.0, 0.2)];
        assert_eq!(of(&leaning), Some(Robustness::Leaning));
        let turns = [case(5.0, 0.01), case(-9.0, 0.01)];
        assert_eq!(of(&turns), Some(Robustness::Uncertain));
        let small = [within(0.5, 0.4, 0.01), within(-0.5, 0.4, 0.01)];
        assert_eq!(of(&small), Some(Robustness::AboutEqual));
        let wide = [within(0.5, 6.0, 0.4), within(-0.5, 6.0, 0.4)];
        assert_eq!(of(&wide), Some(Robustness::Uncertain));
        let small_by_chance = [within(0.5, 1.0, 0.4), within(0.5, 1.0, 0.4)];
        assert_eq!(of(&small_by_chance), Some(Robustness::AboutEqual));
    }

    #[test]
    fn a_clear_sign_goes_before_a_small_size() {
        let small_and_clear = [within(2.0, 0.5, 0.01), within(1.0, 0.5, 0.01)];
        let found = robustness(&small_and_clear, Direction::Lower);
        assert_eq!(found, Some(Robustness::Robust));
    }

    #[test]
    fn money_is_small_beside_what_moves_not_beside_all_cost() {
        // 31 million in all; teams cost 2.1 million more and 3.2 million less is spent elsewhere.
        let mut input = sample();
        let total = input.metric_with(&crate::Role::TotalCost).unwrap();
        let cases = input.cases(2, total);
        let expected = 2_100_000.0 + 3_220_000.0;
        assert!((cases[0].moves - expected).abs() < 1.0, "{cases:?}");
        // Up to 1.2 % of all cost, and a fifth of what moves: not equal, but not known.
        for cell in input.cells.iter_mut().filter(|cell| cell.metric == total) {
            cell.difference.as_mut().unwrap().p_holm = Some(0.4);
        }
        let found = robustness(&input.cases(2, total), Direction::Lower);
        assert_eq!(found, Some(Robustness::Leaning));
    }

    #[test]
    fn the_recommended_strategy_is_clear_under_most_stressors() {
        let mut input = sample();
        let found = recommended(&input).unwrap();
        assert_eq!((found.strategy, found.clear_in, found.of), (2, 3, 3));
        assert!(found.rivals.is_empty());
        for arm in input.survival.iter_mut().filter(|arm| arm.strategy == 2) {
            arm.difference.as_mut().unwrap().p_holm = Some(0.4);
        }
        assert_eq!(recommended(&input).unwrap().strategy, 3);
        for arm in &mut input.survival {
            arm.difference.as_mut().unwrap().p_holm = Some(0.4);
        }
        assert_eq!(recommended(&input), None);
    }
}
