//! Latin hypercube: few points that cover every dimension evenly.

use rand::Rng;

/// `points` points in the open unit cube of `dimensions` dimensions: in each dimension one point in
/// each of `points` equal strata, at an even place in it, the strata in an order of their own.
///
/// `generator` gives the generator of a dimension; equal generators give equal points.
pub fn latin_hypercube<R: Rng>(
    dimensions: u32,
    points: u32,
    generator: impl Fn(u32) -> R,
) -> Vec<Vec<f64>> {
    let mut cube = vec![Vec::with_capacity(dimensions as usize); points as usize];
    for dimension in 0..dimensions {
        let mut random = generator(dimension);
        let mut strata: Vec<(u64, u32)> = (0..points)
            .map(|stratum| (random.next_u64(), stratum))
            .collect();
        strata.sort_unstable();
        for (point, (_, stratum)) in cube.iter_mut().zip(strata) {
            // Strictly inside the stratum, so never 0 and never 1.
            let within = (f64::from(random.next_u32()) + 0.5) / 4_294_967_296.0;
            point.push((f64::from(stratum) + within) / f64::from(points));
        }
    }
    cube
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keyed;

    fn cube(seed: u64) -> Vec<Vec<f64>> {
        latin_hypercube(3, 50, |dimension| Keyed::new(seed, dimension.into()))
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
