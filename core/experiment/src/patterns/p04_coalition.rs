//! Pattern 4: Without a strategic coalition few survive, prize or not.
//!
//! The same project with its ties, and alone: it begins without ties and nobody works on any. Its money,
//! leader, method and evidence are the same.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 4,
    id: "coalition",
    title: words(
        "Zonder strategische coalitie overleven er weinig, prijs of niet",
        "Without a strategic coalition few survive, prize or not",
    ),
    seed: "002 §3.1",
    watch: &["refuses", "grants"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let tied =
        Arm::of(world, words("met coalitie", "with a coalition")).strategy("stakeholder-model");
    let alone = tied
        .alone(words("alleen", "alone"))
        .parameter("tie.contact", 0.0);
    Ok(vec![
        Claim::less(whole("project.months"), alone, tied)
            .made_by(&[Mechanism::Ties, Mechanism::Veto]),
    ])
}
