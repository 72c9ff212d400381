//! Pattern 17: Fund-dependent projects spend leader time on applications; multi-year partnership frees it.
//!
//! Grants for a year or for five, in a world where nobody else asks for them: both projects live.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 17,
    id: "applications",
    title: words(
        "Wie van kort geld leeft is tijd kwijt aan aanvragen; geld voor jaren maakt die vrij",
        "Who lives on short money spends leader time on applications; money for years frees it",
    ),
    seed: "002 §5.3.4",
    watch: &["grants", "refuses"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let granted = |name, months| {
        Arm::of(world, name)
            .strategy("carousel")
            .with_count("months", months)
            .without(&[Mechanism::Rivals])
    };
    let short = granted(words("geld voor een jaar", "money for a year"), 12);
    let long = granted(words("geld voor vijf jaar", "money for five years"), 60);
    Ok(vec![
        Claim::more(whole("leader.claiming"), short, long).made_by(&[Mechanism::Applications]),
    ])
}
