//! The difference at one point.

use zalm_experiment::{LEVEL, Results};
use zalm_statistics::paired_difference;

/// Difference between a strategy and the null alternative at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
    /// Mean over replications, in the unit of the metric.
    pub mean: f64,
    /// 95 % interval of the mean.
    pub interval: Option<(f64, f64)>,
    /// Variance of the mean by chance; `None` with one replication.
    pub noise: Option<f64>,
    /// Replications.
    pub replications: usize,
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
    let count = pairs.len() as f64;
    let square = |(own, other): &(f64, f64)| (own - other - paired.mean).powi(2);
    let squares: f64 = pairs.iter().map(square).sum();
    Some(Outcome {
        mean: paired.mean,
        interval: paired.interval,
        noise: (pairs.len() > 1).then(|| squares / (count - 1.0) / count),
        replications: pairs.len(),
    })
}
