//! Sobol' indices: shares of the variance of an output, per input or group.
//!
//! With outputs centred first and V the variance (divisor n) of those of A and B:
//!
//! ```text
//! total (Jansen 1999):            (1 / 2N) Σ (f_A - f_AB)² / V
//! first (Saltelli 2010, eq. b):   (1 / N)  Σ f_B (f_AB - f_A) / V
//! ```
//!
//! Without centring, a mean far from 0 drowns the first-order index in noise. An index may come out
//! below 0; it is shown as it is, with its interval.

use crate::design::Saltelli;
use crate::error::{as_long_as, at_least};
use crate::moments::is_rounding;
use crate::{Bootstrap, Keyed, Refused};

/// Share of blocks that may be left out because a run in them failed.
const MAY_FAIL: f64 = 0.02;
/// Blocks needed at least.
const BLOCKS: usize = 16;
/// Half width, as a share of the largest index, above which an interval is too wide to rank by.
const WIDE: f64 = 0.1;

/// How to estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SobolOptions {
    /// Level of the intervals, such as 0.95.
    pub level: f64,
    /// Resamples of the blocks; 1000 is usual.
    pub resamples: u32,
    /// Key of the resamples.
    pub key: Keyed,
    /// Variance of an output by chance that is its own, divided by its replications: where rows share
    /// their chance, what it does to all of them alike is not in it. `None` when a row is one exact
    /// number.
    pub noise: Option<f64>,
}

/// A share of the variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// Estimate; below 0 only by chance.
    pub value: f64,
    /// Percentile bootstrap interval.
    pub interval: (f64, f64),
    /// Half width z · sd of the bootstrap.
    pub half_width: f64,
}

/// Indices of every group of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolIndices {
    /// First order: what would go if this input were known.
    pub first: Vec<Index>,
    /// Total: what would be left if this input alone were unknown.
    pub total: Vec<Index>,
    /// Mean of all outputs, in their unit.
    pub mean: f64,
    /// Variance of the outputs of A and B, in their unit squared.
    pub variance: f64,
    /// Share of that variance that is chance and no input; above 0.05, take more replications.
    pub noise_share: Option<f64>,
    /// Blocks left out because a run in them failed.
    pub dropped: usize,
}

impl SobolIndices {
    /// Whether some interval is wider than a tenth of the largest index: take more points.
    pub fn is_wide(&self) -> bool {
        let all = || self.first.iter().chain(&self.total);
        let largest = all().map(|index| index.value).fold(0.0, f64::max);
        all().any(|index| index.half_width > WIDE * largest)
    }
}

/// Sobol' indices of the outputs of a design; a block with a failed run is left out whole.
///
/// # Errors
/// Outputs of another length than the design, more than 2 in 100 blocks with a failed run, fewer
/// than 16 blocks, an output that never varies.
pub fn sobol_indices(
    design: &Saltelli,
    outputs: &[Option<f64>],
    options: &SobolOptions,
) -> Result<SobolIndices, Refused> {
    as_long_as(design.rows(), outputs.len(), "outputs")?;
    let whole = |block: &[Option<f64>]| -> Option<Vec<f64>> {
        let finite = |output: &Option<f64>| output.filter(|value| value.is_finite());
        block.iter().map(finite).collect()
    };
    let mut blocks: Vec<Vec<f64>> = outputs.chunks(design.block()).filter_map(whole).collect();
    let dropped = design.points() - blocks.len();
    if dropped as f64 > MAY_FAIL * design.points() as f64 {
        return Err(Refused::TooManyFailed {
            failed: dropped,
            of: design.points(),
        });
    }
    at_least(BLOCKS, blocks.len(), "points without a failed run")?;
    let mean = centre(&mut blocks);
    let all: Vec<usize> = (0..blocks.len()).collect();
    let variance = variance(&blocks, &all);
    if is_rounding(variance, mean) {
        return Err(Refused::NeverVaries { what: "the output" });
    }
    let values = shares(&blocks, &all, variance);
    // The same resamples for every index, so that their intervals belong together.
    let spreads = Bootstrap::many(blocks.len(), options.resamples, options.key, |places| {
        let variance = self::variance(&blocks, places);
        (variance > 0.0).then(|| shares(&blocks, places, variance))
    });
    let index = |(value, spread): (f64, &Bootstrap)| {
        Some(Index {
            value,
            interval: spread.percentile(options.level)?,
            half_width: spread.normal_half_width(options.level)?,
        })
    };
    let mut first: Vec<Index> = values.into_iter().zip(&spreads).filter_map(index).collect();
    let groups = design.groups().count();
    at_least(
        2 * groups,
        first.len(),
        "indices with two resamples or more",
    )?;
    let total = first.split_off(groups);
    Ok(SobolIndices {
        first,
        total,
        mean,
        variance,
        noise_share: options.noise.map(|noise| noise / variance),
        dropped,
    })
}

/// Takes the mean of all outputs away from each, and returns it.
fn centre(blocks: &mut [Vec<f64>]) -> f64 {
    let count: usize = blocks.iter().map(Vec::len).sum();
    let mean = blocks.iter().flatten().sum::<f64>() / count as f64;
    for output in blocks.iter_mut().flatten() {
        *output -= mean;
    }
    mean
}

/// Variance of the outputs of A and B, divisor n.
fn variance(blocks: &[Vec<f64>], places: &[usize]) -> f64 {
    let ends = |&at: &usize| [blocks[at][0], blocks[at][blocks[at].len() - 1]];
    let count = 2.0 * places.len() as f64;
    let mean = places.iter().flat_map(ends).sum::<f64>() / count;
    let square = |value: f64| (value - mean).powi(2);
    places.iter().flat_map(ends).map(square).sum::<f64>() / count
}

/// Over some of the blocks: the first-order index of every group, then the total index of each.
fn shares(blocks: &[Vec<f64>], places: &[usize], variance: f64) -> Vec<f64> {
    let groups = blocks[0].len() - 2;
    let mut sums = vec![0.0; 2 * groups];
    for &at in places {
        let block = &blocks[at];
        let (a, b) = (block[0], block[groups + 1]);
        let (first, total) = sums.split_at_mut(groups);
        for ((first, total), ab) in first.iter_mut().zip(total).zip(&block[1..=groups]) {
            *first += b * (ab - a);
            *total += (a - ab).powi(2) / 2.0;
        }
    }
    let scale = places.len() as f64 * variance;
    sums.into_iter().map(|sum| sum / scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Groups;
    use crate::ishigami::{FIRST, TOTAL, ishigami};

    fn options() -> SobolOptions {
        SobolOptions {
            level: 0.95,
            resamples: 200,
            key: Keyed::new(11, 0),
            noise: None,
        }
    }

    fn play(
        columns: usize,
        points: usize,
        f: impl Fn(&[f64]) -> f64,
    ) -> (Saltelli, Vec<Option<f64>>) {
        let design = Saltelli::new(Groups::each(columns), points, Keyed::new(5, 0)).unwrap();
        let outputs = (0..design.rows())
            .map(|row| Some(f(&design.row(row))))
            .collect();
        (design, outputs)
    }

    #[test]
    fn ishigami_at_4096_points() {
        let (design, outputs) = play(3, 4096, ishigami);
        let found = sobol_indices(&design, &outputs, &options()).unwrap();
        for (index, expected) in found
            .first
            .iter()
            .chain(&found.total)
            .zip(FIRST.iter().chain(&TOTAL))
        {
            assert!(
                (index.value - expected).abs() < 0.015,
                "{index:?} {expected}"
            );
            assert!(index.interval.0 < index.value && index.value < index.interval.1);
        }
        assert!((found.mean - 3.5).abs() < 0.05 && (found.variance - 13.844588).abs() < 0.2);
    }

    #[test]
    fn the_g_function_with_eight_inputs() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let g = |x: &[f64]| {
            let factors = x
                .iter()
                .zip(a)
                .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a));
            factors.product()
        };
        let (design, outputs) = play(8, 4096, g);
        let found = sobol_indices(&design, &outputs, &options()).unwrap();
        let first = [0.716192, 0.179048, 0.023676, 0.007162];
        let total = [0.787144, 0.242198, 0.034317, 0.010460];
        for at in 0..4 {
            assert!(
                (found.first[at].value - first[at]).abs() < 0.02,
                "{:?}",
                found.first[at]
            );
            assert!(
                (found.total[at].value - total[at]).abs() < 0.02,
                "{:?}",
                found.total[at]
            );
        }
    }

    #[test]
    fn a_far_offset_changes_nothing() {
        let (design, outputs) = play(3, 1024, ishigami);
        let (_, moved) = play(3, 1024, |x| ishigami(x) + 10_000.0);
        let near = sobol_indices(&design, &outputs, &options()).unwrap();
        let far = sobol_indices(&design, &moved, &options()).unwrap();
        for (one, two) in near.first.iter().zip(&far.first) {
            assert!((one.value - two.value).abs() < 1e-8);
        }
    }

    #[test]
    fn a_group_takes_the_share_of_its_members_together() {
        let groups = Groups::new(vec![0, 1, 0]).unwrap();
        let design = Saltelli::new(groups, 4096, Keyed::new(5, 0)).unwrap();
        let outputs: Vec<_> = (0..design.rows())
            .map(|row| Some(ishigami(&design.row(row))))
            .collect();
        let found = sobol_indices(&design, &outputs, &options()).unwrap();
        assert!((found.first[0].value - 0.557589).abs() < 0.02, "{found:?}");
        assert!((found.total[0].value - 0.557589).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn failed_rows_are_dropped_to_two_in_a_hundred() {
        let (design, mut outputs) = play(3, 128, ishigami);
        outputs[7] = None;
        outputs[9] = Some(f64::NAN);
        let found = sobol_indices(&design, &outputs, &options()).unwrap();
        assert_eq!(found.dropped, 1);
        assert!(found.is_wide());
        for at in [50, 100] {
            outputs[at] = None;
        }
        let refused = sobol_indices(&design, &outputs, &options()).unwrap_err();
        assert_eq!(refused, Refused::TooManyFailed { failed: 3, of: 128 });
    }

    #[test]
    fn noise_is_a_share_and_a_constant_is_refused() {
        let (design, outputs) = play(3, 128, ishigami);
        let noisy = SobolOptions {
            noise: Some(1.4),
            ..options()
        };
        let share = sobol_indices(&design, &outputs, &noisy)
            .unwrap()
            .noise_share;
        assert!((share.unwrap() - 0.1).abs() < 0.02);
        let flat = vec![Some(0.1); outputs.len()];
        let refused = sobol_indices(&design, &flat, &options()).unwrap_err();
        assert!(matches!(refused, Refused::NeverVaries { .. }));
        assert!(sobol_indices(&design, &outputs[1..], &options()).is_err());
    }
}
