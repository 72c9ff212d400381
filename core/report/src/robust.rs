//! Whether a difference stands under every stressor: one fixed rule for the whole report.

use crate::input::{Direction, ReportInput};
use crate::lookup::Case;
use crate::verdict::Verdict;

/// Part of the total below which a difference counts as small.
pub const SMALL: f64 = 0.01;

/// How a difference stands over all stressors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robustness {
    /// The same sign everywhere, and everywhere clear.
    Robust,
    /// The same sign everywhere, but somewhere it may be chance.
    Leaning,
    /// Small against the total everywhere, with all that chance leaves open.
    AboutEqual,
    /// The sign depends on the stressor, and the size matters.
    Uncertain,
}

/// The fixed rule; `None` without cases.
pub(crate) fn robustness(cases: &[Case], better: Direction) -> Option<Robustness> {
    if cases.is_empty() {
        return None;
    }
    let mean = |case: &Case| case.difference.estimate.mean;
    // A mean near nought says little: the whole interval has to be small.
    let small = |case: &Case| {
        let interval = case.difference.estimate.interval;
        interval.is_some_and(|(low, high)| low.abs().max(high.abs()) <= SMALL * case.total.abs())
    };
    if cases.iter().all(small) {
        return Some(Robustness::AboutEqual);
    }
    let same =
        cases.iter().all(|case| mean(case) > 0.0) || cases.iter().all(|case| mean(case) < 0.0);
    let clear = |case: &Case| {
        let verdict = case.difference.verdict(better);
        !matches!(verdict, Verdict::Unclear | Verdict::Same)
    };
    Some(match (same, cases.iter().all(clear)) {
        (true, true) => Robustness::Robust,
        (true, false) => Robustness::Leaning,
        (false, _) => Robustness::Uncertain,
    })
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
    use crate::input::{Difference, Estimate};
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
            total: 100.0,
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
        let small_by_chance = [case(0.5, 0.4), case(-0.5, 0.4)];
        assert_eq!(of(&small_by_chance), Some(Robustness::Uncertain));
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
