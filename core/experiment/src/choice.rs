//! Which strategy is best in a metric, and which cannot be told apart from it.

use crate::grouped::Grouped;
use crate::results::Results;
use crate::summary::LEVEL;
use zalm_model::Better;
use zalm_statistics::Moments;
use zalm_statistics::selection::{selection_bias, with_best};

/// The choice among all strategies in one metric under one stressor.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the metric.
    pub metric: usize,
    /// Index of the strategy with the best mean.
    pub best: usize,
    /// Indices of the strategies that may be the best, in declared order: jointly 95 % sure that the
    /// best is among them (Hsu). One alone is the best.
    pub may_be_best: Vec<usize>,
    /// How much of the best's mean may be the luck of whoever looks best, in the unit of the metric:
    /// what the largest of as many equal means is expected to be too high.
    pub luck: f64,
}

/// The choice in every metric that has a direction, under every stressor. Replications (draws, when
/// there are several) in which any strategy has no value are left out; fewer than two give none, and
/// so do draws that share their chance.
pub fn choices(results: &Results) -> Vec<Choice> {
    let stressors = 0..results.stressors.len();
    let metrics = 0..results.metrics.len();
    stressors
        .flat_map(|stressor| metrics.clone().map(move |metric| (stressor, metric)))
        .filter_map(|(stressor, metric)| choice(results, stressor, metric))
        .collect()
}

fn choice(results: &Results, stressor: usize, metric: usize) -> Option<Choice> {
    let sign = match results.metrics[metric].better {
        Better::Higher => 1.0,
        Better::Lower => -1.0,
        Better::Neither => return None,
    };
    if !Grouped::of(results).has_intervals() {
        return None;
    }
    let values = whole(results, stressor, metric, sign);
    let places = with_best(&values, LEVEL).ok()?;
    let count = places.len();
    let best = (0..count).max_by(|&a, &b| places[a].mean.total_cmp(&places[b].mean))?;
    // What never differs from the best has an interval of nothing, and may be the best as well.
    let equals = |at: usize| places[at].mean.total_cmp(&places[best].mean).is_eq();
    let may_be_best: Vec<usize> = (0..count)
        .filter(|&at| equals(at) || places[at].may_be_best())
        .collect();
    let error = |other: usize| {
        let pairs = values[best].iter().zip(&values[other]);
        let difference: Moments = pairs.map(|(best, other)| best - other).collect();
        let variance = difference.variance()?;
        Some((variance / f64::from(difference.count())).sqrt())
    };
    // Of independent means; a difference of two has √2 times the error of each.
    let others = (0..count).filter(|&at| at != best).filter_map(error);
    let error = others.fold(0.0, f64::max) / std::f64::consts::SQRT_2;
    Some(Choice {
        stressor,
        metric,
        best,
        may_be_best,
        luck: selection_bias(count as u32, error)?,
    })
}

/// Values by strategy, turned so that higher is better, where every strategy has one; means where
/// there are several draws.
fn whole(results: &Results, stressor: usize, metric: usize, sign: f64) -> Vec<Vec<f64>> {
    let grouped = Grouped::of(results);
    let arms: Vec<Vec<Option<f64>>> = (0..results.strategies.len())
        .map(|strategy| {
            let runs: Vec<Option<f64>> = results
                .arm(stressor, strategy)
                .map(|run| run.value(metric))
                .collect();
            let means = grouped.whole_means(&runs).into_iter();
            means.map(|mean| Some(sign * mean?)).collect()
        })
        .collect();
    let count = arms.first().map_or(0, Vec::len);
    let there = (0..count).filter(|&at| {
        arms.iter()
            .all(|arm| arm.get(at).is_some_and(Option::is_some))
    });
    let there: Vec<usize> = there.collect();
    let kept = |arm: &Vec<Option<f64>>| there.iter().filter_map(|&at| arm[at]).collect();
    arms.iter().map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::results;

    fn of(names: &[&str], metric: usize) -> Option<Choice> {
        let results = results(names, 10);
        let found = choices(&results);
        found
            .into_iter()
            .find(|one| (one.stressor, one.metric) == (0, metric))
    }

    #[test]
    fn equals_cannot_be_told_apart_and_a_clear_best_stands_alone() {
        // The push is 1 or 2 a month over 8 months, by replication; all else is shared.
        let clear = of(&["waits", "pushes"], 0).unwrap();
        assert_eq!(clear.may_be_best, [clear.best]);
        let equal = of(&["waits", "waits on"], 0).unwrap();
        assert_eq!((equal.may_be_best, equal.luck), (vec![0, 1], 0.0));
    }

    #[test]
    fn who_never_ran_leaves_no_choice() {
        assert_eq!(of(&["waits", "unknown"], 0), None);
    }
}
