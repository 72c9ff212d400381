//! How sure a choice is: acceptability, expected loss, value of perfect information.
//!
//! Over draws of the uncertain parameters, each strategy has a net benefit λ · effect - cost. λ is
//! what one unit of effect is worth; at 0 only money counts. Average over the replications of a draw
//! first: chance within a draw inflates all of these.

use crate::Refused;
use crate::error::{all_finite, as_long_as, at_least};

/// Net benefits λ E - C, strategies by draws, from costs and effects.
///
/// # Errors
/// Tables of different shape; a value that is no number.
pub fn net_benefits(
    costs: &[Vec<f64>],
    effects: &[Vec<f64>],
    worth: f64,
) -> Result<Vec<Vec<f64>>, Refused> {
    as_long_as(costs.len(), effects.len(), "strategies with effects")?;
    all_finite(&[worth], "the worth of an effect")?;
    let row = |(costs, effects): (&Vec<f64>, &Vec<f64>)| {
        as_long_as(costs.len(), effects.len(), "draws of an effect")?;
        let draws = costs.iter().zip(effects);
        Ok(draws.map(|(cost, effect)| worth * effect - cost).collect())
    };
    costs.iter().zip(effects).map(row).collect()
}

/// How sure the choice between strategies is.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptability {
    /// Share of draws in which each strategy is best (the CEAC); equals share a draw.
    pub best_share: Vec<f64>,
    /// Expected net benefit of each strategy.
    pub expected: Vec<f64>,
    /// E[best of the draw - own]: what is lost by each choice as long as we do not know.
    pub expected_loss: Vec<f64>,
    /// The strategy with the highest expected net benefit; its `best_share` is the CEAF. It need not
    /// be the one that is best most often.
    pub best: usize,
}

impl Acceptability {
    /// Expected value of perfect information, in the unit of the benefits: the smallest expected
    /// loss.
    pub fn perfect_information(&self) -> f64 {
        self.expected_loss[self.best]
    }
}

/// Acceptability from net benefits, strategies by draws.
///
/// # Errors
/// Fewer than two strategies or draws, rows of different length, a value that is no number.
pub fn acceptability(net_benefits: &[Vec<f64>]) -> Result<Acceptability, Refused> {
    at_least(2, net_benefits.len(), "strategies")?;
    let draws = net_benefits[0].len();
    at_least(2, draws, "draws")?;
    for row in net_benefits {
        as_long_as(draws, row.len(), "draws of a strategy")?;
        all_finite(row, "net benefits")?;
    }
    let strategies = net_benefits.len();
    let (mut shares, mut losses) = (vec![0.0; strategies], vec![0.0; strategies]);
    for draw in 0..draws {
        let own: Vec<f64> = net_benefits.iter().map(|row| row[draw]).collect();
        let best = own[highest(&own)];
        let is_best = |value: f64| value.total_cmp(&best).is_eq();
        let equals = own.iter().filter(|value| is_best(**value)).count() as f64;
        for (strategy, &value) in own.iter().enumerate() {
            losses[strategy] += best - value;
            if is_best(value) {
                shares[strategy] += 1.0 / equals;
            }
        }
    }
    let mean = |sum: &f64| sum / draws as f64;
    let expected: Vec<f64> = net_benefits
        .iter()
        .map(|row| mean(&row.iter().sum()))
        .collect();
    Ok(Acceptability {
        best_share: shares.iter().map(mean).collect(),
        expected_loss: losses.iter().map(mean).collect(),
        best: highest(&expected),
        expected,
    })
}

/// Place of the highest value, of equals the first.
pub(super) fn highest(values: &[f64]) -> usize {
    let better = |best: usize, at: usize| if values[at] > values[best] { at } else { best };
    (0..values.len()).reduce(better).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::halton::halton;
    use crate::{normal_below, normal_density, normal_quantile};

    #[test]
    fn the_one_that_is_best_most_often_is_not_the_best() {
        let costs = [
            vec![100.0, 120.0, 90.0, 110.0, 105.0],
            vec![150.0, 140.0, 170.0, 160.0, 155.0],
            vec![200.0, 210.0, 190.0, 220.0, 205.0],
        ];
        let effects = [
            vec![1.0, 1.1, 0.9, 1.0, 1.05],
            vec![1.3, 1.2, 1.4, 1.1, 1.35],
            vec![1.5, 1.3, 1.6, 1.4, 1.2],
        ];
        let found = acceptability(&net_benefits(&costs, &effects, 300.0).unwrap()).unwrap();
        for (found, expected) in found.best_share.iter().zip([0.0, 0.4, 0.6]) {
            assert!((found - expected).abs() < 1e-12);
        }
        for (found, expected) in found.expected_loss.iter().zip([44.0, 16.0, 27.0]) {
            assert!((found - expected).abs() < 1e-9);
        }
        assert_eq!(found.best, 1);
        assert!((found.perfect_information() - 16.0).abs() < 1e-9);
    }

    #[test]
    fn perfect_information_of_a_normal_gain() {
        // m = 1000, s = 4000: s φ(m/s) - |m| Φ(-|m|/s) = 1145.3788.
        let draws = 200_000_u32;
        let stratum = |at: u32| normal_quantile((f64::from(at) + 0.5) / f64::from(draws)).unwrap();
        let gain: Vec<f64> = (0..draws).map(|at| 1000.0 + 4000.0 * stratum(at)).collect();
        let found = acceptability(&[vec![0.0; gain.len()], gain]).unwrap();
        let closed = 4000.0 * normal_density(0.25) - 1000.0 * normal_below(-0.25);
        assert!((closed - 1145.3788).abs() < 1e-3);
        assert!((found.perfect_information() - closed).abs() < 0.05);
    }

    #[test]
    fn golden_curve_over_the_worth_of_an_effect() {
        // ΔC ~ N(2000, 1500²), ΔE ~ N(0.08, 0.05²), correlation 0.3.
        let draws = 1..=40_000;
        let pair = |at: u32| {
            let (u, v) = (
                normal_quantile(halton(at, 2)).unwrap(),
                normal_quantile(halton(at, 3)).unwrap(),
            );
            let effect = 0.08 + 0.05 * (0.3 * u + (1.0_f64 - 0.09).sqrt() * v);
            (2000.0 + 1500.0 * u, effect)
        };
        let (cost, effect): (Vec<f64>, Vec<f64>) = draws.map(pair).unzip();
        let (costs, effects) = (
            [vec![0.0; cost.len()], cost.clone()],
            [vec![0.0; cost.len()], effect],
        );
        for (worth, share, information) in [
            (0.0, 0.091211, 63.59),
            (10_000.0, 0.200983, 160.85),
            (20_000.0, 0.397073, 432.27),
            (25_000.0, 0.5, 654.01),
            (50_000.0, 0.788145, 300.52),
            (80_000.0, 0.874839, 237.91),
        ] {
            let found = acceptability(&net_benefits(&costs, &effects, worth).unwrap()).unwrap();
            assert!(
                (found.best_share[1] - share).abs() < 0.002,
                "{worth} {found:?}"
            );
            assert!(
                (found.perfect_information() / information - 1.0).abs() < 0.01,
                "{worth}"
            );
        }
    }

    #[test]
    fn equals_share_and_bad_tables_are_refused() {
        let found = acceptability(&[vec![1.0, 2.0], vec![1.0, 0.0]]).unwrap();
        assert_eq!(found.best_share, [0.75, 0.25]);
        assert!(acceptability(&[vec![1.0, 2.0]]).is_err());
        assert!(acceptability(&[vec![1.0, 2.0], vec![1.0]]).is_err());
        assert!(net_benefits(&[vec![1.0]], &[vec![]], 1.0).is_err());
    }
}
