//! Morris screening: elementary effects (Morris 1991; μ* by Campolongo and others 2007).
//!
//! An effect is `[f(x + Δ e) - f(x)] / Δ` on the unit cube, so in the output's unit per whole range
//! of the input. It ranks; it is never a share of variance. With a stochastic model both runs of an
//! effect must meet the same chance.

use crate::design::Trajectories;
use crate::error::{as_long_as, at_least};
use crate::{Bootstrap, Keyed, Moments, Refused};

/// Resamples of trajectories for the interval.
const RESAMPLES: u32 = 1000;
/// Trajectories without a failed run that are needed at least.
const TRAJECTORIES: usize = 4;

/// The elementary effects of one input, or of one group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// μ, the mean effect; `None` for a group of several inputs, whose steps have no one direction.
    pub mean: Option<f64>,
    /// μ*, the mean size of an effect: the strength of the input.
    pub strength: f64,
    /// σ, standard deviation of the effects: bends and interactions; `None` as the mean.
    pub sd: Option<f64>,
    /// Half width z · sd of the bootstrap interval of μ*.
    pub half_width: f64,
}

/// What screening finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Morris {
    /// Each group of the design.
    pub groups: Vec<ElementaryEffects>,
    /// Trajectories used.
    pub used: usize,
    /// Trajectories left out because a run in them failed.
    pub dropped: usize,
}

/// Elementary effects of the outputs of a design, with intervals at `level`.
///
/// # Errors
/// Outputs of another length than the design; fewer than four trajectories without a failed run;
/// an output that never varies.
pub fn morris(
    design: &Trajectories,
    outputs: &[Option<f64>],
    level: f64,
    key: Keyed,
) -> Result<Morris, Refused> {
    as_long_as(design.rows(), outputs.len(), "outputs")?;
    let groups = design.groups();
    let finite = |row: usize| outputs[row].filter(|output| output.is_finite());
    // One row per trajectory: the effect of each group.
    let mut effects: Vec<Vec<f64>> = Vec::new();
    let mut dropped = 0;
    for steps in design.steps() {
        let mut row = vec![None; groups.count()];
        for step in steps {
            let pair = finite(step.before).zip(finite(step.before + 1));
            row[step.group] = pair.map(|(before, after)| (after - before) / step.size);
        }
        match row.into_iter().collect() {
            Some(row) => effects.push(row),
            None => dropped += 1,
        }
    }
    at_least(
        TRAJECTORIES,
        effects.len(),
        "trajectories without a failed run",
    )?;
    if effects.iter().flatten().all(|effect| *effect == 0.0) {
        return Err(Refused::NeverVaries { what: "the output" });
    }
    let used = effects.len();
    let of = |group: usize| {
        let list: Vec<f64> = effects.iter().map(|row| row[group]).collect();
        let alone = groups.members(group).nth(1).is_none();
        summary(&list, alone, level, key.part(group as u32))
    };
    let groups = (0..groups.count()).map(of).collect();
    Ok(Morris {
        groups,
        used,
        dropped,
    })
}

fn summary(effects: &[f64], alone: bool, level: f64, key: Keyed) -> ElementaryEffects {
    let moments: Moments = effects.iter().copied().collect();
    let strength = |places: &[usize]| {
        let sum: f64 = places.iter().map(|&at| effects[at].abs()).sum();
        Some(sum / places.len() as f64)
    };
    let all: Vec<usize> = (0..effects.len()).collect();
    let spread = Bootstrap::new(effects.len(), RESAMPLES, key, strength);
    ElementaryEffects {
        mean: moments.mean().filter(|_| alone),
        strength: strength(&all).unwrap_or_default(),
        sd: moments.variance().map(f64::sqrt).filter(|_| alone),
        half_width: spread.normal_half_width(level).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Groups;
    use crate::ishigami::ishigami;

    fn play(
        groups: Groups,
        count: u32,
        f: impl Fn(&[f64]) -> f64,
    ) -> (Trajectories, Vec<Option<f64>>) {
        let design = Trajectories::new(groups, count, 4, Keyed::new(7, 0)).unwrap();
        let outputs = (0..design.rows())
            .map(|row| Some(f(&design.row(row))))
            .collect();
        (design, outputs)
    }

    #[test]
    fn a_linear_output_gives_its_coefficients_exactly() {
        let weights = [3.0, -2.0, 0.0];
        let f = |x: &[f64]| x.iter().zip(weights).map(|(x, a)| a * x).sum();
        let (design, outputs) = play(Groups::each(3), 10, f);
        let found = morris(&design, &outputs, 0.95, Keyed::new(1, 0)).unwrap();
        for (effects, a) in found.groups.iter().zip(weights) {
            assert!((effects.mean.unwrap() - a).abs() < 1e-9);
            assert!((effects.strength - a.abs()).abs() < 1e-9);
            assert!(effects.sd.unwrap() < 1e-9 && effects.half_width < 1e-9);
        }
    }

    #[test]
    fn ishigami_has_the_effects_of_its_whole_grid() {
        // All 32 base points: strengths 7.704054, 7.875, 6.248796; means 7.704054, 0, 0;
        // sd (divisor n) 6.248796, 7.875, 8.837132.
        let (design, outputs) = play(Groups::each(3), 4000, ishigami);
        let found = morris(&design, &outputs, 0.95, Keyed::new(1, 0)).unwrap();
        let expected = [
            (7.704054, 7.704054, 6.248796),
            (0.0, 7.875, 7.875),
            (0.0, 6.248796, 8.837132),
        ];
        for (effects, (mean, strength, sd)) in found.groups.iter().zip(expected) {
            assert!((effects.mean.unwrap() - mean).abs() < 0.45, "{effects:?}");
            assert!((effects.strength - strength).abs() < 0.3, "{effects:?}");
            assert!((effects.sd.unwrap() - sd).abs() < 0.3, "{effects:?}");
            assert!((effects.strength - strength).abs() < 2.0 * effects.half_width + 1e-9);
        }
    }

    #[test]
    fn a_group_has_only_a_strength() {
        let groups = Groups::new(vec![0, 0, 1]).unwrap();
        let (design, outputs) = play(groups, 20, |x| x[0] + x[1] + 5.0 * x[2]);
        let found = morris(&design, &outputs, 0.95, Keyed::new(1, 0)).unwrap();
        assert_eq!((found.groups[0].mean, found.groups[0].sd), (None, None));
        // Both step up, both down, or against each other: size 2 or 0.
        assert!((0.5..1.5).contains(&found.groups[0].strength));
        assert!((found.groups[1].strength - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_failed_run_costs_its_trajectory_and_no_more() {
        let (design, mut outputs) = play(Groups::each(3), 10, |x| x[0]);
        outputs[5] = None;
        let found = morris(&design, &outputs, 0.95, Keyed::new(1, 0)).unwrap();
        assert_eq!((found.used, found.dropped), (9, 1));
        assert!((found.groups[0].strength - 1.0).abs() < 1e-9);
        assert!(morris(&design, &outputs[1..], 0.95, Keyed::new(1, 0)).is_err());
        let failed = vec![None; outputs.len()];
        assert!(morris(&design, &failed, 0.95, Keyed::new(1, 0)).is_err());
        let flat = vec![Some(1.0); outputs.len()];
        let flat = morris(&design, &flat, 0.95, Keyed::new(1, 0)).unwrap_err();
        assert!(matches!(flat, Refused::NeverVaries { .. }));
    }
}
