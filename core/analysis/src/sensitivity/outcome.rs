//! The difference at one point.

use crate::kept;
use zalm_experiment::{LEVEL, Results};
use zalm_statistics::paired_difference;

/// Difference between a strategy and the null alternative at a point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outcome {
    /// Mean over replications, in the unit of the metric.
    pub mean: f64,
    /// 95 % interval of the mean.
    pub interval: Option<(f64, f64)>,
    /// The difference in each replication.
    pub differences: Vec<f64>,
}

/// Variance of the mean at a point by chance that is its own: the residual of the table of points by
/// replications. What a replication does to all points alike is no part of how they vary, since they
/// share their chance. `None` with one replication or one point.
pub(crate) fn own_noise(outcomes: &[Option<Outcome>]) -> Option<f64> {
    let rows: Vec<&Outcome> = outcomes.iter().flatten().collect();
    let (points, count) = (rows.len(), rows.first()?.differences.len());
    if points < 2 || count < 2 {
        return None;
    }
    let column = |at: usize| kept::mean(rows.iter().map(|row| row.differences[at]));
    let columns: Vec<f64> = (0..count).map(column).collect();
    let all = kept::mean(columns.iter().copied());
    let residuals = rows.iter().flat_map(|row| {
        let pairs = row.differences.iter().zip(&columns);
        pairs.map(|(one, column)| (one - row.mean - column + all).powi(2))
    });
    let free = ((points - 1) * (count - 1)) as f64;
    Some(residuals.sum::<f64>() / free / count as f64)
}

/// The difference at each point, under its only stressor; `None` where a run failed or has no value, since the points must
/// share their replications.
pub(crate) fn outcomes(
    results: &[Results],
    metric: usize,
    pair: (usize, usize),
) -> Vec<Option<Outcome>> {
    let one = |results: &Results| outcome(results, metric, pair);
    results.iter().map(one).collect()
}

fn outcome(results: &Results, metric: usize, (strategy, null): (usize, usize)) -> Option<Outcome> {
    let own = results.arm(0, strategy);
    let other = results.arm(0, null);
    let pair = own.zip(other);
    let pairs: Option<Vec<(f64, f64)>> = pair
        .map(|(own, other)| Some((own.value(metric)?, other.value(metric)?)))
        .collect();
    let pairs = pairs?;
    let paired = paired_difference(&pairs, LEVEL)?;
    Some(Outcome {
        mean: paired.mean,
        interval: paired.interval,
        differences: pairs.iter().map(|(own, other)| own - other).collect(),
    })
}
