//! Plausible parameter space: worlds in which every parameter lies somewhere in its range.

use zalm_scenario::{Parameter, Scenario};
use zalm_statistics::Keyed;
use zalm_statistics::design::latin_hypercube;
use zalm_statistics::judgement::Law;

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
            let Parameter {
                low, value, high, ..
            } = *parameter;
            // A parameter without a range stays as it is.
            parameter.value = Law::split(low, value, high).map_or(value, |law| law.quantile(u));
        }
        world
    }
}
