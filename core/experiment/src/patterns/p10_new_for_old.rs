//! Pattern 10: Prevention pays only when new replaces old; added on top it costs.
//!
//! The team is paid by closing old capacity, or kept on top of it. What stands against prevention
//! is money "in curative approaches" (5.4.4), and "the analysis shows that it pays provided that new
//! replaces old" (ch. 5, Amsterdam): that proviso is about care that somebody must close. So the
//! second claim measures what care costs, old and new. Benefits, arrears and damages fall with the
//! problems whether or not anybody closes anything; they are in the first claim.

use super::arm::{Arm, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 10,
    id: "new-for-old",
    title: words(
        "Preventie loont alleen als nieuw oud vervangt; erbovenop kost zij geld",
        "Prevention pays only when new replaces old; on top of it, it costs",
    ),
    seed: "002 ch. 5, §5.4.4",
    watch: &["close", "refuses", "grants"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let directed =
        |name| Arm::of(world, name).change(|world| set(&mut world.municipality.direction, 0.9));
    let replacing = directed(words("nieuw voor oud", "new for old")).strategy("new-for-old");
    let on_top = directed(words("erbovenop", "on top")).lasting_money();
    let none = directed(words("geen team", "no team")).change(|world| world.projects.clear());
    Ok(vec![
        Claim::less(whole("cost.total"), replacing, on_top.clone()).made_by(&[Mechanism::Closing]),
        Claim::more(whole("cost.care"), on_top, none).made_by(&[Mechanism::Capacity]),
    ])
}
