//! Pattern 5: Without an entrepreneur none grows; drive has an inverse-U effect; burn-out.
//!
//! The same leader with no drive, some, and all there is. Nothing says that the middle is best.

use super::arm::{Arm, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 5,
    id: "entrepreneur",
    title: words(
        "Zonder ondernemer groeit er niets; te veel zalmgedrag werkt tegen",
        "Without an entrepreneur nothing grows; too much drive works against itself",
    ),
    seed: "002 ch. 4",
    watch: &["grants", "refuses"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let driven = |name, drive| {
        Arm::of(world, name)
            .strategy("stakeholder-model")
            .projects(|project| set(&mut project.drive, drive))
    };
    let none = driven(words("geen zalmgedrag", "no drive"), 0.0);
    let some = driven(words("zalmgedrag 0,5", "drive 0.5"), 0.5);
    // What drive does to ties and people, in teams that live.
    let lasting = |name, drive| driven(name, drive).lasting_money();
    let half = lasting(
        words(
            "zalmgedrag 0,5, geld dat blijft",
            "drive 0.5, lasting money",
        ),
        0.5,
    );
    let all = lasting(
        words("zalmgedrag 1, geld dat blijft", "drive 1, lasting money"),
        1.0,
    );
    // Growth, where money comes from all who gain.
    let business = |name, skill| {
        Arm::of(world, name)
            .strategy("stakeholder-model")
            .change(|world| set(&mut world.municipality.direction, 0.9))
            .parameter("leader.business", skill)
    };
    let lone = business(
        words("zonder zakelijke tegenhanger", "no business counterpart"),
        0.0,
    );
    let paired = business(
        words("met zakelijke tegenhanger", "with a business counterpart"),
        0.9,
    );
    Ok(vec![
        Claim::less(whole("project.months"), none, some)
            .made_by(&[Mechanism::Ties, Mechanism::Veto]),
        Claim::less(whole("project.coalition"), all.clone(), half.clone())
            .made_by(&[Mechanism::Conflict]),
        Claim::less(whole("project.energy"), all, half).made_by(&[Mechanism::BurnOut]),
        Claim::less(whole("project.size"), lone, paired).made_by(&[Mechanism::Growth]),
    ])
}
