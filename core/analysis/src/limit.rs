//! How far the shocks of a stressor can grow.

use zalm_scenario::{Shock, Stressor};

/// Most that a stressor's shocks can be multiplied with: no share may pass 1. `None` without such a
/// share.
pub(crate) fn most(stressor: &Stressor) -> Option<f64> {
    let limit = |shock: &Shock| match shock {
        Shock::Cut { share, .. } => Some(*share),
        Shock::Decentralise { discount, .. } => Some(*discount),
        Shock::Transition { relief, .. } => Some(*relief),
        _ => None,
    };
    let limits = stressor
        .shocks
        .iter()
        .filter_map(limit)
        .filter(|share| *share > 0.0);
    limits.map(|share| 1.0 / share).reduce(f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::tiny;

    #[test]
    fn no_share_passes_one() {
        let scenario = tiny();
        let cut = scenario
            .stressors
            .iter()
            .find(|one| one.name == "cut")
            .unwrap();
        assert_eq!(most(cut), Some(5.0));
        assert_eq!(most(&cut.scaled(0.0)), None);
    }
}
