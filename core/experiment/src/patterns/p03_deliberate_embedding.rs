//! Pattern 3: Deliberate embedding that keeps the context can raise the base quality of institutions.
//!
//! The same parts to the same institutions, prepared with contact and measurement or not.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario, StrategyValue};

pub(super) const PATTERN: Pattern = Pattern {
    number: 3,
    id: "deliberate-embedding",
    title: words(
        "Bewust inbedden met behoud van de context kan de basiskwaliteit van instellingen verhogen",
        "Deliberate embedding that keeps the context can raise the base quality of institutions",
    ),
    seed: "002 §5.2.1",
    watch: &["grants", "refuses", "goes on as"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let embedded = |name, deliberate| {
        Arm::of(world, name)
            .strategy("institutional-embedding")
            .with("deliberate", StrategyValue::Bool(deliberate))
    };
    let deliberate = embedded(words("bewust", "deliberately"), true);
    let careless = embedded(words("achteloos", "carelessly"), false);
    Ok(vec![
        Claim::more(whole("care.quality"), deliberate, careless).made_by(&[Mechanism::Learning]),
    ])
}
