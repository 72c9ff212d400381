//! First-order indices from runs that were made for something else.
//!
//! Rows sorted by the input are cut into m bins of equal size: S = variance of the bin means over
//! the variance of the output. Under no influence at all that has mean (m - 1) / (n - 1), so
//! (m - 1) / (n - m) · (1 - S) is taken off. Nothing is asked of the design: it works on any sample,
//! with dependent inputs too (an index then also holds what the input shares with others).

use crate::error::{all_finite, as_long_as, at_least};
use crate::moments::is_rounding;
use crate::{Bootstrap, Keyed, Refused};

/// Bins that are usual.
const BINS: usize = 20;
/// Rows needed per bin.
const PER_BIN: usize = 5;
const RESAMPLES: u32 = 500;

/// A first-order index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GivenData {
    /// Share of the variance, corrected for its bias; below 0 only by chance.
    pub index: f64,
    /// Share before the correction.
    pub raw: f64,
    /// Bins used: fewer than 20 with few rows, or where the input has few values.
    pub bins: usize,
    /// Half width z · sd of the bootstrap.
    pub half_width: f64,
}

/// The index of an input from its values and the outputs, row by row, with an interval at `level`.
///
/// # Errors
/// Lists of different length, fewer than 10 rows, a value that is no number, an input or output that
/// never varies.
pub fn given_data_index(
    inputs: &[f64],
    outputs: &[f64],
    level: f64,
    key: Keyed,
) -> Result<GivenData, Refused> {
    as_long_as(inputs.len(), outputs.len(), "outputs")?;
    at_least(2 * PER_BIN, inputs.len(), "rows")?;
    all_finite(inputs, "the input")?;
    all_finite(outputs, "the output")?;
    let mut rows: Vec<(f64, f64)> = inputs
        .iter()
        .copied()
        .zip(outputs.iter().copied())
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bin_of = bins(&rows);
    let last = bin_of[bin_of.len() - 1];
    if last == 0 {
        return Err(Refused::NeverVaries { what: "the input" });
    }
    let all: Vec<usize> = (0..rows.len()).collect();
    let (raw, index) =
        shares(&rows, &bin_of, &all).ok_or(Refused::NeverVaries { what: "the output" })?;
    let spread = Bootstrap::new(rows.len(), RESAMPLES, key, |places| {
        Some(shares(&rows, &bin_of, places)?.1)
    });
    Ok(GivenData {
        index,
        raw,
        bins: last + 1,
        half_width: spread.normal_half_width(level).unwrap_or_default(),
    })
}

/// The bin of each sorted row; equal inputs are never parted.
fn bins(rows: &[(f64, f64)]) -> Vec<usize> {
    let wanted = BINS.min(rows.len() / PER_BIN);
    let mut bin_of = Vec::with_capacity(rows.len());
    let mut bin = 0;
    let mut begun = 0;
    for (at, row) in rows.iter().enumerate() {
        let parted = at > 0 && rows[at - 1].0 < row.0;
        let full = (at - begun) * wanted >= rows.len();
        if parted && full && bin + 1 < wanted {
            bin += 1;
            begun = at;
        }
        bin_of.push(bin);
    }
    bin_of
}

/// Raw and corrected share over some of the rows; `None` when they do not vary.
fn shares(rows: &[(f64, f64)], bin_of: &[usize], places: &[usize]) -> Option<(f64, f64)> {
    let count = places.len() as f64;
    let mean = places.iter().map(|&at| rows[at].1).sum::<f64>() / count;
    let mut sums = vec![(0.0, 0.0); bin_of[bin_of.len() - 1] + 1];
    let mut total = 0.0;
    for &at in places {
        let off = rows[at].1 - mean;
        total += off * off;
        let bin = &mut sums[bin_of[at]];
        *bin = (bin.0 + 1.0, bin.1 + off);
    }
    if is_rounding(total / count, mean) {
        return None;
    }
    let filled = || sums.iter().filter(|bin| bin.0 > 0.0);
    let between: f64 = filled().map(|(n, sum)| sum * sum / n).sum();
    let raw = between / total;
    let used = filled().count() as f64;
    Some((raw, raw - (used - 1.0) / (count - used) * (1.0 - raw)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::latin_hypercube;
    use crate::ishigami::{FIRST, ishigami};

    fn column(cube: &[Vec<f64>], at: usize) -> Vec<f64> {
        cube.iter().map(|point| point[at]).collect()
    }

    #[test]
    fn ishigami_from_a_latin_hypercube() {
        let cube = latin_hypercube(3, 4000, Keyed::new(1, 0));
        let outputs: Vec<f64> = cube.iter().map(|point| ishigami(point)).collect();
        for (at, expected) in FIRST.into_iter().enumerate() {
            let found =
                given_data_index(&column(&cube, at), &outputs, 0.95, Keyed::new(2, 0)).unwrap();
            assert!(
                (found.index - expected).abs() < 0.03,
                "{found:?} {expected}"
            );
        }
    }

    #[test]
    fn the_bias_of_no_influence_is_taken_off() {
        let mut raw = 0.0;
        let mut corrected = 0.0;
        for seed in 0..200 {
            let cube = latin_hypercube(2, 1000, Keyed::new(seed, 3));
            let found = given_data_index(
                &column(&cube, 0),
                &column(&cube, 1),
                0.95,
                Keyed::new(seed, 4),
            )
            .unwrap();
            raw += found.raw / 200.0;
            corrected += found.index / 200.0;
        }
        assert!(
            (raw - 0.019).abs() < 0.002 && corrected.abs() < 0.002,
            "{raw} {corrected}"
        );
    }

    #[test]
    fn a_switch_has_two_bins() {
        let inputs: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        let found = given_data_index(&inputs, &inputs, 0.95, Keyed::new(1, 0)).unwrap();
        assert_eq!(found.bins, 2);
        assert!((found.index - 1.0).abs() < 1e-12);
        let flat = [0.1; 100];
        assert!(given_data_index(&flat, &inputs, 0.95, Keyed::new(1, 0)).is_err());
        assert!(given_data_index(&inputs, &flat, 0.95, Keyed::new(1, 0)).is_err());
        assert!(given_data_index(&inputs[..5], &inputs[..5], 0.95, Keyed::new(1, 0)).is_err());
    }
}
