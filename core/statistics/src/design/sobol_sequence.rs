//! Sobol' sequence with the directions of Joe and Kuo (2008), scrambled as Owen does (1995).
//!
//! Unscrambled, the first points are poor (they start in a corner) and there is no chance in them
//! to tell the error from. Scrambling keeps every even stratum filled and makes each point uniform.

use crate::{Keyed, Refused};
use sobol::Sobol;
use sobol::params::JoeKuoD6;

/// Columns for which there are directions.
pub const SOBOL_COLUMNS: usize = 1000;

/// The first `points` points in the open unit cube of `columns` dimensions.
///
/// Take a power of two for `points`: only then is every stratum filled evenly. A column is a
/// function of `key` and its number. Each bit of a coordinate is turned by a bit that is keyed by
/// the bits before it (nested uniform scrambling).
///
/// # Errors
/// More than [`SOBOL_COLUMNS`] columns.
pub fn sobol_sequence(columns: usize, points: usize, key: Keyed) -> Result<Vec<Vec<f64>>, Refused> {
    if columns > SOBOL_COLUMNS {
        return Err(Refused::TooMany {
            what: "columns of a Sobol' sequence",
            asked: columns,
            at_most: SOBOL_COLUMNS,
            instead: "screen with Morris first, group inputs, or take a Latin hypercube",
        });
    }
    if columns == 0 {
        return Ok(vec![Vec::new(); points]);
    }
    let keys: Vec<Keyed> = (0..columns as u32).map(|at| key.part(at)).collect();
    let sequence = Sobol::<u32>::new(columns, &JoeKuoD6::standard());
    let point = |bits: Vec<u32>| {
        let places = bits.into_iter().zip(&keys);
        places
            .map(|(bits, key)| place(scrambled(bits, *key)))
            .collect()
    };
    Ok(sequence.take(points).map(point).collect())
}

/// Turns each bit by one that is keyed by the bits above it.
fn scrambled(bits: u32, key: Keyed) -> u32 {
    let mut turned = 0;
    for place in 0..u32::BITS {
        // The bits above, with a leading one so that prefixes of different length differ.
        let prefix = (1_u64 << place) | (u64::from(bits) >> (u32::BITS - place));
        let turn = (key.at(prefix) >> 63) as u32;
        turned |= turn << (u32::BITS - 1 - place);
    }
    bits ^ turned
}

/// The middle of the cell of 2^-32, so never 0 and never 1.
fn place(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) / 4_294_967_296.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_joe_and_kuo() {
        // scipy.stats.qmc.Sobol(1000, scramble=False): points 1 to 4, dimensions 1, 2, 3 and 1000.
        let expected: [[u32; 4]; 4] = [
            [1 << 31, 1 << 31, 1 << 31, 1 << 31],
            [3 << 30, 1 << 30, 1 << 30, 3 << 30],
            [1 << 30, 3 << 30, 3 << 30, 1 << 30],
            [3 << 29, 3 << 29, 5 << 29, 1 << 29],
        ];
        let plain = Sobol::<u32>::new(1000, &JoeKuoD6::standard()).skip(1);
        for (found, expected) in plain.zip(expected) {
            assert_eq!([found[0], found[1], found[2], found[999]], expected);
        }
    }

    #[test]
    fn every_stratum_has_one_point_in_every_column() {
        let points = sobol_sequence(40, 64, Keyed::new(1, 0)).unwrap();
        for column in 0..40 {
            let mut strata: Vec<u32> = points
                .iter()
                .map(|point| (point[column] * 64.0) as u32)
                .collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..64).collect::<Vec<_>>(), "column {column}");
        }
    }

    #[test]
    fn squares_of_two_columns_are_filled_evenly() {
        // A (0, m, 2)-net: each of 8 x 8 squares has one of 64 points in the first two columns.
        let points = sobol_sequence(2, 64, Keyed::new(2, 0)).unwrap();
        let mut cells: Vec<u32> = points
            .iter()
            .map(|point| (point[0] * 8.0) as u32 * 8 + (point[1] * 8.0) as u32)
            .collect();
        cells.sort_unstable();
        assert_eq!(cells, (0..64).collect::<Vec<_>>());
    }

    #[test]
    fn a_mean_is_far_closer_than_chance_would_bring_it() {
        // Mean of the product of 12 x^2 / 4 ... over [0, 1]^5 is 1; plain chance errs by 0.06.
        let points = sobol_sequence(5, 1024, Keyed::new(3, 0)).unwrap();
        let product = |point: &Vec<f64>| point.iter().map(|x| 3.0 * x * x).product::<f64>();
        let mean = points.iter().map(product).sum::<f64>() / 1024.0;
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
    }

    #[test]
    fn seeds_matter_and_too_many_columns_are_refused() {
        let points = |seed| sobol_sequence(3, 8, Keyed::new(seed, 0)).unwrap();
        assert_eq!(points(1), points(1));
        assert_ne!(points(1), points(2));
        let many = sobol_sequence(1001, 8, Keyed::new(1, 0)).unwrap_err();
        assert!(many.to_string().contains("Morris"), "{many}");
    }
}
