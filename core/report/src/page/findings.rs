//! What the tables say, by fixed rules: the same tables always give the same words.

use crate::input::{Difference, Direction, ReportInput, Role, Survival};
use crate::verdict::Verdict;

/// Strategies under one stressor that a rule singled out.
pub(super) struct Longest<'a> {
    /// Index of the strategy.
    pub strategy: usize,
    /// What became of its team.
    pub arm: &'a Survival,
    /// Difference in months to the null alternative.
    pub difference: &'a Difference,
    /// Strategies whose interval overlaps, so that chance may have put them second.
    pub rivals: Vec<usize>,
}

/// The strategy that clearly keeps the team together longest; `None` when no strategy can be
/// separated from the null alternative.
pub(super) fn longest(input: &ReportInput, stressor: usize) -> Option<Longest<'_>> {
    let clear = |arm: &&Survival| {
        let verdict = arm
            .difference
            .as_ref()
            .map(|d| d.verdict(Direction::Higher));
        arm.stressor == stressor
            && Some(arm.strategy) != input.null()
            && verdict == Some(Verdict::Better)
    };
    let mean = |arm: &Survival| arm.difference.map_or(f64::MIN, |d| d.estimate.mean);
    let candidates: Vec<&Survival> = input.survival.iter().filter(clear).collect();
    // The first declared wins a tie.
    let best = candidates
        .iter()
        .rev()
        .max_by(|a, b| mean(a).total_cmp(&mean(b)))?;
    let difference = best.difference.as_ref()?;
    let rival = |arm: &&&Survival| {
        arm.strategy != best.strategy
            && arm
                .difference
                .is_some_and(|other| other.estimate.overlaps(&difference.estimate))
    };
    let rivals = candidates
        .iter()
        .filter(rival)
        .map(|arm| arm.strategy)
        .collect();
    Some(Longest {
        strategy: best.strategy,
        arm: best,
        difference,
        rivals,
    })
}

/// Difference and verdict of a strategy in a metric.
pub(super) fn judged(
    input: &ReportInput,
    stressor: usize,
    strategy: usize,
    metric: usize,
) -> Option<(&Difference, Verdict)> {
    let difference = input
        .cell(stressor, strategy, metric)?
        .difference
        .as_ref()?;
    Some((
        difference,
        difference.verdict(input.metrics.get(metric)?.better),
    ))
}

/// The strategy that is clearly best in a metric with a direction.
pub(super) fn best_in(input: &ReportInput, stressor: usize, metric: usize) -> Option<usize> {
    let better = input.metrics.get(metric)?.better;
    let of = |strategy| Some(judged(input, stressor, strategy, metric)?.0);
    Some(clearest(input, better, of)?.0)
}

/// The strategy that is clearly better than the null alternative in these differences, and of those
/// the farthest; `None` when chance may be behind all of them.
pub(super) fn clearest<'a>(
    input: &ReportInput,
    better: Direction,
    difference: impl Fn(usize) -> Option<&'a Difference>,
) -> Option<(usize, &'a Difference)> {
    let clear = |strategy: usize| {
        let difference = difference(strategy)?;
        (difference.verdict(better) == Verdict::Better).then_some((strategy, difference))
    };
    let far = |one: &(usize, &Difference)| one.1.estimate.mean.abs();
    // The first declared wins a tie.
    input
        .others()
        .filter_map(clear)
        .max_by(|a, b| far(a).total_cmp(&far(b)).then(b.0.cmp(&a.0)))
}

/// A payer for whom a strategy clearly costs more or less than the null alternative.
pub(super) struct Moved<'a> {
    /// Index of the payer's cost metric.
    pub metric: usize,
    /// Payer id.
    pub payer: &'a str,
    /// Difference in cost.
    pub difference: &'a Difference,
}

/// Payers that clearly pay more, and payers that clearly pay less.
pub(super) fn payers_moved(
    input: &ReportInput,
    stressor: usize,
    strategy: usize,
) -> (Vec<Moved<'_>>, Vec<Moved<'_>>) {
    let moved = input
        .metrics
        .iter()
        .enumerate()
        .filter_map(|(metric, info)| {
            let Role::PayerCost(payer) = &info.role else {
                return None;
            };
            let (difference, _) = judged(input, stressor, strategy, metric)?;
            let clear = difference.verdict(Direction::Lower);
            matches!(clear, Verdict::Better | Verdict::Worse).then_some(Moved {
                metric,
                payer,
                difference,
            })
        });
    moved.partition(|moved| moved.difference.estimate.mean > 0.0)
}

/// How many key metrics with a direction a strategy is clearly better and worse in, of how many.
pub(super) fn score(input: &ReportInput, stressor: usize, strategy: usize) -> (u32, u32, u32) {
    let decides = |metric: &usize| {
        let info = &input.metrics[*metric];
        info.better != Direction::Neither && !matches!(info.role, Role::PayerCost(_))
    };
    let verdicts: Vec<Verdict> = input
        .key_metrics()
        .into_iter()
        .filter(decides)
        .filter_map(|metric| Some(judged(input, stressor, strategy, metric)?.1))
        .collect();
    let count = |wanted| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == wanted)
            .count() as u32
    };
    (
        count(Verdict::Better),
        count(Verdict::Worse),
        verdicts.len() as u32,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::sample;

    #[test]
    fn the_longest_is_found_and_rivals_are_named() {
        let mut input = sample();
        let found = longest(&input, 0).unwrap();
        assert_eq!((found.strategy, found.rivals.len()), (2, 0));
        let second = input
            .survival
            .iter_mut()
            .find(|arm| arm.strategy == 3)
            .unwrap();
        second.difference.as_mut().unwrap().estimate.interval = Some((20.0, 60.0));
        assert_eq!(longest(&input, 0).unwrap().rivals, [3]);
    }

    #[test]
    fn no_clear_difference_means_no_winner() {
        let mut input = sample();
        for arm in &mut input.survival {
            arm.difference.as_mut().unwrap().p_holm = Some(0.3);
        }
        assert!(longest(&input, 0).is_none());
    }

    #[test]
    fn payers_are_split_by_who_pays_and_who_gains() {
        let input = sample();
        let (pay, gain) = payers_moved(&input, 0, 2);
        let ids = |moved: &[Moved]| moved.iter().map(|m| m.payer.to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(&pay), ["welfare"]);
        assert_eq!(
            ids(&gain),
            ["social-affairs", "corporation", "insurer", "state"]
        );
        assert_eq!(best_in(&input, 0, 0), Some(2));
        assert_eq!(score(&input, 0, 2), (5, 0, 5));
    }
}
