//! Pattern 12: One plan, one contact lowers the number of professionals and helps more households with three
//! or more problem domains; for the single-problem 90 % the regular system does as well.
//!
//! The same team with one plan and one generalist, and with a specialist for each problem; what
//! hand-overs cost is what should make the difference in households. The number of professionals is
//! nearly what the method itself says: one for each problem, or one for all of them.

use super::arm::{Arm, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 12,
    id: "one-plan",
    title: words(
        "Eén plan en één hulpverlener helpt meer huishoudens met problemen op drie of meer gebieden",
        "One plan, one contact helps more households with problems in three or more domains",
    ),
    seed: "002 ch. 1",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let method = |name, share: f64| {
        Arm::of(world, name)
            .lasting_money()
            .change(|world| {
                set(&mut world.method.one_plan, share);
                set(&mut world.method.generalist, share);
            })
            .projects(|project| {
                project.method.remove("one_plan");
                project.method.remove("generalist");
            })
    };
    let one = method(words("één plan, één contact", "one plan, one contact"), 1.0);
    let many = method(
        words("voor elk probleem een ander", "another for each problem"),
        0.0,
    );
    Ok(vec![
        Claim::less(whole("households.multi_problem"), one.clone(), many.clone())
            .made_by(&[Mechanism::Coordination]),
        Claim::less(whole("care.professionals"), one, many).made_by(&[Mechanism::Specialists]),
    ])
}
