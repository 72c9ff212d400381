//! Pattern 2: Careless embedding splits an integral method: effect falls, coordination grows, people who know
//! leave.
//!
//! The parts go to the institutions, who pay for them out of their own budgets, or the team stays
//! whole on money that does not end. The household's problems feed each other: what makes a whole
//! method worth more than its parts.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario, StrategyValue};

pub(super) const PATTERN: Pattern = Pattern {
    number: 2,
    id: "careless-embedding",
    title: words(
        "Achteloos inbedden knipt een integrale methode op: minder effect, meer huishoudens met problemen op alle fronten",
        "Careless embedding splits an integral method: less effect, more households with problems on all fronts",
    ),
    seed: "002 §5.2.1",
    watch: &["goes on as", "refuses"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let split = Arm::of(
        world,
        words("verdeeld over instellingen", "divided over institutions"),
    )
    .strategy("institutional-embedding")
    .with("deliberate", StrategyValue::Bool(false));
    let kept = Arm::of(world, words("bijeen", "kept whole")).lasting_money();
    let made_by = [Mechanism::Interaction, Mechanism::Coordination];
    Ok(vec![
        Claim::more(whole("households.crises"), split.clone(), kept.clone()).made_by(&made_by),
        Claim::more(whole("households.multi_problem"), split, kept).made_by(&made_by),
    ])
}
