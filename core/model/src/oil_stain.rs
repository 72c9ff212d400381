//! Oil stain: residents and professionals take up what they see work next door (seed 004, nr. 8).
//!
//! Neighbourhoods lie in the order of the scenario, as Statistics Netherlands numbers them; the next
//! ones are the one before and the one after. What is copied grows only where the rung below stands.

use crate::ladder::Neighbourhood;
use crate::settings::Settings;
use bevy_ecs::prelude::*;
use zalm_scenario::Mechanism;

/// How far each rung stands in the neighbourhoods next to each one, mean; what a place without
/// such sees is nothing.
pub fn next_door(places: &[Mut<Neighbourhood>], settings: &Settings) -> Vec<[f64; 4]> {
    if !settings.on(Mechanism::OilStain) {
        return vec![[0.0; 4]; places.len()];
    }
    let rungs: Vec<[f64; 4]> = places.iter().map(|place| place.rungs).collect();
    (0..rungs.len()).map(|at| mean_beside(&rungs, at)).collect()
}

fn mean_beside(rungs: &[[f64; 4]], at: usize) -> [f64; 4] {
    let before = at.checked_sub(1).and_then(|before| rungs.get(before));
    let beside: Vec<&[f64; 4]> = before.into_iter().chain(rungs.get(at + 1)).collect();
    [0, 1, 2, 3].map(|rung| {
        let sum: f64 = beside.iter().map(|place| place[rung]).sum();
        sum / beside.len().max(1) as f64
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(rungs: [f64; 4], expected: f64) -> bool {
        rungs.iter().all(|rung| (rung - expected).abs() < 1e-12)
    }

    #[test]
    fn only_the_next_ones_are_seen() {
        let rungs = [[1.0; 4], [0.0; 4], [0.5; 4], [0.0; 4]];
        assert!(near(mean_beside(&rungs, 0), 0.0));
        assert!(near(mean_beside(&rungs, 1), 0.75));
        assert!(near(mean_beside(&rungs, 3), 0.5));
        assert!(near(mean_beside(&rungs[..1], 0), 0.0));
    }
}
