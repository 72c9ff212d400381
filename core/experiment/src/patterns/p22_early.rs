//! Pattern 22: Deciding at the start how it will continue raises the odds at the end.
//!
//! The same strategy from the first month, or from a year before the money ends.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 22,
    id: "early",
    title: words(
        "Wie bij de start al bedenkt hoe het verder moet staat er aan het eind beter voor",
        "Deciding at the start how it will continue raises the odds at the end",
    ),
    seed: "002 §5.1",
    watch: &["grants", "refuses"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let ends = world.projects.iter().flat_map(|project| {
        let months = project
            .grants
            .iter()
            .map(|grant| grant.months.cast_signed());
        months.map(|months| project.start.plus(months))
    });
    let end = ends.min().ok_or(words(
        "geen project heeft tijdelijk geld",
        "no project has temporary money",
    ))?;
    let starts = world.projects.iter().map(|project| project.start);
    let start = starts.min().unwrap_or(world.start).max(world.start);
    let acting = |name, from| {
        Arm::of(world, name)
            .strategy("stakeholder-model")
            .with_count("before", 11)
            .change(|world| world.policy_date = from)
    };
    let late = acting(
        words("een jaar voor het eind", "a year before the end"),
        end.plus(-12).max(start),
    );
    let early = acting(words("vanaf de start", "from the start"), start);
    Ok(vec![
        Claim::more(whole("project.alive"), early, late)
            .made_by(&[Mechanism::Ties, Mechanism::Evidence]),
    ])
}
