//! Pattern 7: Social enterprise works only with an economic component, and suffers when re-integration money
//! shrinks until own turnover replaces it.
//!
//! The same strategy with nothing to sell and with much; and with much under the years of cuts.

use super::arm::{Arm, cuts, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, PayerKind, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 7,
    id: "social-enterprise",
    title: words(
        "Een sociale onderneming werkt alleen met een economische component",
        "Social enterprise works only with an economic component",
    ),
    seed: "002 §5.2.3",
    watch: &["refuses", "grants", "goes on as"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    super::asked::payer(world, PayerKind::Market)?;
    let selling = |name, economic| {
        Arm::of(world, name)
            .strategy("social-enterprise")
            .projects(|project| set(&mut project.economic, economic))
            .parameter("leader.business", 0.9)
            .change(|world| world.policy_date = world.start)
    };
    let nothing = selling(words("niets te verkopen", "nothing to sell"), 0.0);
    let much = selling(words("alles te verkopen", "all of it for sale"), 1.0);
    // Who earns half still needs support for wages.
    let half = selling(words("de helft te verkopen", "half of it for sale"), 0.5);
    let cut = half
        .named(words("bij bezuiniging", "under cuts"))
        .under(cuts(world));
    Ok(vec![
        Claim::less(whole("project.months"), nothing, much).made_by(&[Mechanism::Market]),
        Claim::less(whole("project.workers"), cut, half).made_by(&[Mechanism::Market]),
    ])
}
