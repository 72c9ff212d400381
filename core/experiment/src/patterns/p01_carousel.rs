//! Pattern 1: With no strategy most temporary projects end when the money ends, effective ones too; similar
//! ones start again under new names; knowledge is lost.
//!
//! The carousel asks the next pots; set against the same project whose money does not end. What makes
//! the end is that others ask for the same pots.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 1,
    id: "carousel",
    title: words(
        "Zonder strategie stoppen de meeste projecten als hun geld stopt, ook goede; elders begint hetzelfde opnieuw",
        "Without a strategy most projects end with their money, good ones too; the like starts again elsewhere",
    ),
    seed: "002 intro; 000",
    watch: &["refuses", "grants", "goes on as"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let carousel = Arm::of(world, words("tijdelijk geld", "temporary money")).strategy("carousel");
    let lasting = carousel
        .named(words("geld dat blijft", "lasting money"))
        .lasting_money();
    Ok(vec![
        Claim::less(whole("project.months"), carousel.clone(), lasting.clone())
            .made_by(&[Mechanism::Rivals]),
        Claim::more(whole("knowledge.lost"), carousel.clone(), lasting.clone())
            .made_by(&[Mechanism::Rivals, Mechanism::Founding]),
        Claim::more(whole("projects.founded"), carousel, lasting).made_by(&[Mechanism::Founding]),
    ])
}
