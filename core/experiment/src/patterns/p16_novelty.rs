//! Pattern 16: Novelty demands raise the number of near-identical projects and lower accumulated knowledge.

use super::arm::{Arm, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 16,
    id: "novelty",
    title: words(
        "Wie om vernieuwing vraagt krijgt meer bijna gelijke projecten en minder kennis",
        "Demands for novelty bring more near-identical projects and less knowledge",
    ),
    seed: "002 §1.4",
    watch: &["newcomer", "grants", "refuses"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let tasting = |name, taste| {
        Arm::of(world, name)
            .strategy("carousel")
            .payers(|payer| set(&mut payer.novelty_taste, taste))
    };
    let new = tasting(
        words("geld voor wat nieuw is", "money for what is new"),
        0.8,
    );
    let any = tasting(words("geld voor wat werkt", "money for what works"), 0.0);
    Ok(vec![
        Claim::more(whole("projects.founded"), new.clone(), any.clone())
            .made_by(&[Mechanism::Novelty]),
        Claim::more(whole("knowledge.lost"), new, any).made_by(&[Mechanism::Novelty]),
    ])
}
