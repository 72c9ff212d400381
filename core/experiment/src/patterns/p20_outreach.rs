//! Pattern 20: Outreach first raises demand and cost (hidden need), savings come later.
//!
//! What rises at once is need that is known and what it uses; what falls is crises. They are two
//! claims: a cost that is less crises from the first month on would set one against the other. First
//! is the first year: help takes half a year to win trust.

use super::arm::{Arm, set, words};
use super::claim::{Claim, during};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 20,
    id: "outreach",
    title: words(
        "Erop af gaan verhoogt eerst de vraag en de kosten; de besparing komt later",
        "Outreach first raises demand and cost; savings come later",
    ),
    seed: "001; 003 law 4",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let team = |name, outreach| {
        Arm::of(world, name)
            .lasting_money()
            .projects(|project| set(&mut project.outreach, outreach))
            .change(|world| world.policy_date = world.start)
    };
    let waiting = team(words("wachten aan de balie", "waiting at the counter"), 0.0);
    let going = team(words("erop af", "outreach"), 0.3);
    Ok(vec![
        Claim::more(
            during("households.in_team", 0..24),
            going.clone(),
            waiting.clone(),
        )
        .made_by(&[Mechanism::Outreach]),
        Claim::more(during("cost.use", 0..12), going.clone(), waiting.clone())
            .made_by(&[Mechanism::Outreach]),
        Claim::less(
            during("households.crises", 48..world.months),
            going,
            waiting,
        )
        .made_by(&[Mechanism::Outreach]),
    ])
}
