//! Latin hypercube: few points that cover every dimension evenly.

use crate::Keyed;

/// `points` points in the open unit cube of `dimensions` dimensions: in each dimension one point in
/// each of `points` equal strata, at an even place in it, the strata in an order of their own.
///
/// A dimension is a function of `key` and its number, so that one more leaves the others as they
/// are.
pub fn latin_hypercube(dimensions: u32, points: u32, key: Keyed) -> Vec<Vec<f64>> {
    let mut cube = vec![Vec::with_capacity(dimensions as usize); points as usize];
    for dimension in 0..dimensions {
        let mut random = key.part(dimension);
        let strata = random.order(points as usize);
        for (point, stratum) in cube.iter_mut().zip(strata) {
            // Strictly inside the stratum, so never 0 and never 1.
            let within = (f64::from((random.next() >> 32) as u32) + 0.5) / 4_294_967_296.0;
            point.push((stratum as f64 + within) / f64::from(points));
        }
    }
    cube
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cube(seed: u64) -> Vec<Vec<f64>> {
        latin_hypercube(3, 50, Keyed::new(seed, 0))
    }

    #[test]
    fn every_stratum_of_every_dimension_has_one_point() {
        for dimension in 0..3 {
            let mut strata: Vec<u32> = cube(7)
                .iter()
                .map(|point| (point[dimension] * 50.0) as u32)
                .collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..50).collect::<Vec<_>>());
        }
    }

    #[test]
    fn dimensions_are_not_each_others_copy_and_seeds_matter() {
        let (one, two) = (cube(7), cube(8));
        assert_eq!(one, cube(7));
        assert_ne!(one, two);
        let same = one
            .iter()
            .filter(|point| (point[0] * 50.0) as u32 == (point[1] * 50.0) as u32);
        assert!(same.count() < 10);
    }
}
