//! Pattern 18: Volunteers asked out of appreciation come, asked out of thrift stay away; reciprocity lowers
//! professional hours.

use super::arm::{Arm, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 18,
    id: "volunteers",
    title: words(
        "Wie uit waardering gevraagd wordt komt helpen, wie uit zuinigheid gevraagd wordt niet; wederkerigheid scheelt beroepskrachten",
        "Asked out of appreciation people come to help, asked out of thrift they stay away; reciprocity spares professionals",
    ),
    seed: "002 §1.3, §5.3.2",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let asked = |name, appreciation| {
        Arm::of(world, name)
            .lasting_money()
            .parameter("volunteer.appreciation", appreciation)
    };
    let thrift = asked(words("uit zuinigheid gevraagd", "asked out of thrift"), 0.1);
    let valued = asked(
        words("uit waardering gevraagd", "asked out of appreciation"),
        0.9,
    );
    let taking = valued
        .named(words("zonder wederkerigheid", "without reciprocity"))
        .parameter("volunteer.reciprocity", 0.0);
    Ok(vec![
        Claim::less(whole("project.volunteers"), thrift, valued.clone())
            .made_by(&[Mechanism::Volunteers]),
        Claim::less(whole("households.in_team"), taking, valued).made_by(&[Mechanism::Volunteers]),
    ])
}
