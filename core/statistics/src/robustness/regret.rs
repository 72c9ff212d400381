//! Regret: what is lost by a strategy that turns out not to be the best in the scenario that came.

use crate::error::{all_finite, as_long_as, at_least};
use crate::{Bootstrap, Keyed, Moments, Refused, selection};

/// Regret of every strategy in every scenario, in the unit of the performance.
#[derive(Clone, Debug, PartialEq)]
pub struct Regret {
    /// R = best in the scenario - own performance, 0 or more; strategies by scenarios.
    pub by_scenario: Vec<Vec<f64>>,
    /// R over the size of the best; `None` where the best is 0.
    pub relative: Vec<Vec<Option<f64>>>,
    /// Largest regret of each strategy.
    pub largest: Vec<f64>,
    /// The strategy with the smallest largest regret (Savage); of equals the first.
    pub minimax: usize,
}

/// Checks a table of performance and gives its number of scenarios.
pub(super) fn scenarios(performance: &[Vec<f64>]) -> Result<usize, Refused> {
    at_least(2, performance.len(), "strategies")?;
    let scenarios = performance[0].len();
    at_least(1, scenarios, "scenarios")?;
    for row in performance {
        as_long_as(scenarios, row.len(), "scenarios of a strategy")?;
        all_finite(row, "the performance")?;
    }
    Ok(scenarios)
}

/// Regret from performance, strategies by scenarios.
///
/// # Errors
/// Fewer than two strategies, no scenario, rows of different length, a value that is no number.
pub fn regret(performance: &[Vec<f64>]) -> Result<Regret, Refused> {
    let scenarios = scenarios(performance)?;
    let best: Vec<f64> = (0..scenarios).map(|at| best_in(performance, at)).collect();
    let row = |own: &Vec<f64>| best.iter().zip(own).map(|(best, own)| best - own).collect();
    let by_scenario: Vec<Vec<f64>> = performance.iter().map(row).collect();
    let share = |(regret, best): (&f64, &f64)| (*best != 0.0).then(|| regret / best.abs());
    let relative = by_scenario
        .iter()
        .map(|row| row.iter().zip(&best).map(share).collect())
        .collect();
    let largest: Vec<f64> = by_scenario.iter().map(|row| largest_of(row)).collect();
    let minimax = (0..largest.len())
        .min_by(|&a, &b| largest[a].total_cmp(&largest[b]))
        .unwrap_or_default();
    Ok(Regret {
        by_scenario,
        relative,
        largest,
        minimax,
    })
}

fn best_in(performance: &[Vec<f64>], scenario: usize) -> f64 {
    let column = performance.iter().map(|row| row[scenario]);
    column.fold(f64::NEG_INFINITY, f64::max)
}

fn largest_of(row: &[f64]) -> f64 {
    row.iter().copied().fold(0.0, f64::max)
}

/// The largest regret of a strategy, with what chance does to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LargestRegret {
    /// Largest regret of the mean performance.
    pub value: f64,
    /// Percentile bootstrap interval over replications.
    pub interval: (f64, f64),
    /// How much too high the best of the scenarios' means may look (see
    /// [`selection::selection_bias`]), in the same unit.
    pub bias: f64,
}

/// Largest regret of each strategy with a bootstrap interval at `level`.
///
/// `performance` is strategies by scenarios by replications; a replication is the same chance for
/// all, so it is resampled as one.
///
/// # Errors
/// As [`regret`]; fewer than two replications, or lists of different length.
pub fn largest_regret(
    performance: &[Vec<Vec<f64>>],
    level: f64,
    resamples: u32,
    key: Keyed,
) -> Result<Vec<LargestRegret>, Refused> {
    let count = performance
        .iter()
        .flatten()
        .map(Vec::len)
        .min()
        .unwrap_or_default();
    at_least(2, count, "replications")?;
    for list in performance.iter().flatten() {
        as_long_as(count, list.len(), "replications")?;
    }
    let all: Vec<usize> = (0..count).collect();
    let found = regret(&means(performance, &all))?;
    let bias = widest_error(performance)
        .and_then(|error| selection::selection_bias(performance.len() as u32, error));
    let largest = |places: &[usize]| Some(regret(&means(performance, places)).ok()?.largest);
    let spreads = Bootstrap::many(count, resamples, key, largest);
    let one = |(value, spread): (&f64, &Bootstrap)| {
        Some(LargestRegret {
            value: *value,
            interval: spread.percentile(level)?,
            bias: bias?,
        })
    };
    let list: Vec<LargestRegret> = found.largest.iter().zip(&spreads).filter_map(one).collect();
    at_least(performance.len(), list.len(), "strategies with a resample")?;
    Ok(list)
}

/// Mean performance over some of the replications.
fn means(performance: &[Vec<Vec<f64>>], places: &[usize]) -> Vec<Vec<f64>> {
    let mean =
        |list: &Vec<f64>| places.iter().map(|&at| list[at]).sum::<f64>() / places.len() as f64;
    performance
        .iter()
        .map(|row| row.iter().map(mean).collect())
        .collect()
}

/// Largest standard error of a mean, as pairs of strategies tell it, over all pairs and scenarios: a
/// difference of two independent means has √2 times the error of each.
fn widest_error(performance: &[Vec<Vec<f64>>]) -> Option<f64> {
    let pairs = (0..performance.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let errors = pairs.flat_map(|(one, other)| {
        let scenarios = performance[one].iter().zip(&performance[other]);
        scenarios.filter_map(|(own, other)| {
            let difference: Moments = own.iter().zip(other).map(|(a, b)| a - b).collect();
            Some((difference.variance()? / f64::from(difference.count())).sqrt())
        })
    });
    Some(errors.reduce(f64::max)? / std::f64::consts::SQRT_2)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Golden table: three strategies in three scenarios, four different winners.
    pub fn table() -> Vec<Vec<f64>> {
        vec![
            vec![120.0, 90.0, 20.0],
            vec![100.0, 95.0, 60.0],
            vec![80.0, 80.0, 78.0],
        ]
    }

    #[test]
    fn golden_regret() {
        let found = regret(&table()).unwrap();
        let expected = [[0.0, 5.0, 58.0], [20.0, 0.0, 18.0], [40.0, 15.0, 0.0]];
        assert_eq!(found.by_scenario, expected);
        assert_eq!((found.largest, found.minimax), (vec![58.0, 20.0, 40.0], 1));
        assert!((found.relative[0][2].unwrap() - 58.0 / 78.0).abs() < 1e-12);
        let nil = regret(&[vec![0.0], vec![-1.0]]).unwrap();
        assert_eq!(nil.relative, [[None], [None]]);
    }

    #[test]
    fn replications_give_the_interval() {
        let noise = [-2.0, 1.0, 0.5, -0.5, 2.0, -1.0];
        let spread = |at: usize, mean: &f64| {
            let sign = if at == 0 { 1.0 } else { -1.0 };
            noise.iter().map(|e| mean + sign * e).collect::<Vec<_>>()
        };
        let rows: Vec<Vec<Vec<f64>>> = table()
            .iter()
            .enumerate()
            .map(|(at, row)| row.iter().map(|mean| spread(at, mean)).collect())
            .collect();
        let found = largest_regret(&rows, 0.95, 500, Keyed::new(1, 0)).unwrap();
        assert!((found[0].value - 58.0).abs() < 1e-9);
        assert!(found[0].interval.0 < 58.0 && 58.0 < found[0].interval.1);
        // The third strategy has the same noise as the second, which is best there: no chance left
        // but against the first, which is best in the scenario of its largest regret.
        assert!(found[2].interval.0 < 40.0 && found[2].interval.1 > 40.0 && found[2].bias > 0.0);
        assert!(largest_regret(&rows[..1], 0.95, 500, Keyed::new(1, 0)).is_err());
    }

    #[test]
    fn luck_is_bounded_over_all_pairs_of_strategies() {
        // The first two hardly differ by chance, the second and the third do.
        let rows = [
            [0.0, 0.0, 0.0, 0.0],
            [1.0, 1.0, 1.0, 1.01],
            [5.0, 9.0, 5.0, 9.0],
        ];
        let bias = |order: [usize; 3]| {
            let rows: Vec<Vec<Vec<f64>>> = order.map(|at| vec![rows[at].to_vec()]).to_vec();
            largest_regret(&rows, 0.95, 100, Keyed::new(1, 0)).unwrap()[0].bias
        };
        let first = bias([0, 1, 2]);
        for order in [[1, 0, 2], [2, 1, 0], [1, 2, 0]] {
            assert!((bias(order) - first).abs() < 1e-12, "{order:?}");
        }
        // A spread of 2 over pairs: variance 16 / 3 of four, halved for one mean of two.
        let error = (16.0_f64 / 3.0 / 4.0 / 2.0).sqrt();
        let expected = selection::selection_bias(3, error).unwrap();
        assert!((first / expected - 1.0).abs() < 1e-2, "{first} {expected}");
    }

    #[test]
    fn uneven_tables_are_refused() {
        assert!(regret(&[vec![1.0]]).is_err());
        assert!(regret(&[vec![1.0], vec![1.0, 2.0]]).is_err());
        assert!(regret(&[vec![1.0], vec![f64::NAN]]).is_err());
        assert!(regret(&[vec![], vec![]]).is_err());
    }
}
