//! Plausible parameter space: worlds in which every parameter lies somewhere in its range.

use zalm_scenario::{Parameter, Scenario};
use zalm_statistics::Keyed;
use zalm_statistics::design::latin_hypercube;

/// Number of the draws among the works of a seed.
const DRAWS: u64 = 0x5041_5454;

/// Worlds like this one, with parameters from a Latin hypercube over their plausible ranges; equal
/// seeds give equal worlds.
pub(super) struct Space<'a> {
    world: &'a Scenario,
    points: Vec<Vec<f64>>,
}

impl<'a> Space<'a> {
    /// `draws` worlds.
    pub fn new(world: &'a Scenario, draws: u32, seed: u64) -> Self {
        let dimensions = world.parameters.0.len() as u32;
        let key = Keyed::new(seed, DRAWS);
        Self {
            world,
            points: latin_hypercube(dimensions, draws, key),
        }
    }

    /// The world of a draw.
    pub fn world(&self, draw: usize) -> Scenario {
        let mut world = self.world.clone();
        for (parameter, &u) in world.parameters.0.iter_mut().zip(&self.points[draw]) {
            parameter.value = at(parameter, u);
        }
        world
    }
}

/// The value at a share of the plausible range: as often below the value in use as above it, and
/// even on both sides.
fn at(parameter: &Parameter, u: f64) -> f64 {
    let Parameter {
        low, value, high, ..
    } = *parameter;
    if u < 0.5 {
        low + (value - low) * 2.0 * u
    } else {
        value + (high - value) * (2.0 * u - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_scenario::Evidence;

    #[test]
    fn the_value_in_use_is_the_median() {
        let parameter = Parameter {
            value: 2.0,
            low: 1.0,
            high: 6.0,
            evidence: Evidence::Assumption,
            source: String::new(),
        };
        let places = [0.0, 0.25, 0.5, 0.75, 1.0].map(|u| at(&parameter, u));
        assert!(
            places
                .iter()
                .zip([1.0, 1.5, 2.0, 4.0, 6.0])
                .all(|(found, expected)| (found - expected).abs() < 1e-12),
            "{places:?}"
        );
    }
}
