//! Pattern 11: Elections and turnover break ties; a stable core group keeps a project through them.
//!
//! A team with lasting money, among people who change or stay; with a core group or without.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 11,
    id: "turnover",
    title: words(
        "Verkiezingen en verloop breken banden; een vaste kerngroep houdt ze vast",
        "Elections and turnover break ties; a stable core group holds on to them",
    ),
    seed: "002 §3.2, §4.2",
    watch: &["alderman", "grants", "refuses"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let changing = Arm::of(world, words("mensen wisselen", "people change")).lasting_money();
    let staying = changing
        .named(words("iedereen blijft", "everybody stays"))
        .parameter("tie.official_leaves", 0.0)
        .parameter("tie.reorganisation", 0.0)
        .parameter("alderman.exit", 0.0)
        .parameter("alderman.reelected", 1.0);
    let core = |name, people: f64| {
        changing
            .named(name)
            .parameter("coalition.core_group", people)
            .parameter("coalition.size", people.max(1.0))
            .parameter("coalition.build", if people > 0.0 { 2.0 } else { 0.0 })
    };
    let alone = core(words("zonder kerngroep", "no core group"), 0.0);
    let held = core(words("kerngroep van tien", "core group of ten"), 10.0);
    Ok(vec![
        Claim::less(whole("project.coalition"), changing.clone(), staying)
            .made_by(&[Mechanism::StakeholderCarousel]),
        Claim::more(whole("project.coalition"), held, alone).made_by(&[Mechanism::CoreGroup]),
    ])
}
