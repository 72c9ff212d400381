//! Pattern 9: Strong method, leader and coalition but weak measurement: stops when cuts come, though not
//! before (PAK).
//!
//! In and out counts against a cost-benefit analysis, under cuts; and that difference beyond the same
//! without cuts.

use super::arm::{Arm, cuts, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Measurement, Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 9,
    id: "weak-measurement",
    title: words(
        "Zwak meten kost een sterk project het leven als er bezuinigd wordt, eerder niet",
        "Weak measurement costs a strong project its life when cuts come, though not before",
    ),
    seed: "002 ch. 2",
    watch: &["refuses", "grants"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let measured = |name, measurement| {
        Arm::of(world, name)
            .strategy("carousel")
            .projects(|project| {
                project.measurement = measurement;
                let payers = world.payers.iter().map(|payer| payer.id.clone());
                project.ties = payers.map(|payer| (payer, [0.8; 4])).collect();
            })
    };
    let weak = measured(words("alleen tellen", "counts only"), Measurement::InOut);
    let strong = measured(
        words("met MKBA", "with an analysis"),
        Measurement::CostBenefit,
    );
    let cut = |arm: &Arm, name| arm.named(name).under(cuts(world));
    let weak_cut = cut(&weak, words("tellen bij bezuiniging", "counts, cuts"));
    let strong_cut = cut(&strong, words("MKBA bij bezuiniging", "analysis, cuts"));
    Ok(vec![
        Claim::less(
            whole("project.months"),
            weak_cut.clone(),
            strong_cut.clone(),
        )
        .made_by(&[Mechanism::Evidence]),
        Claim::less(whole("project.months"), weak_cut, strong_cut)
            .beyond(weak, strong)
            .made_by(&[Mechanism::RiskAversion]),
    ])
}
