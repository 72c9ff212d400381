//! Pattern 6: The stakeholder model keeps quality but fails without strong municipal direction; resistance
//! grows with people, money and power lost.
//!
//! What is lost is people: the stakeholder model lifts them out of the institutions for good, joint
//! adoption lends them. So resistance should take more life from a team whose people closed
//! institutions give up than from one to which they lend them: beyond what divides the two without it.

use super::arm::{Arm, set, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 6,
    id: "stakeholder-model",
    title: words(
        "Het stakeholdersmodel houdt kwaliteit, maar mislukt zonder sterke regie; weerstand groeit met wat men verliest",
        "The stakeholder model keeps quality but fails without strong direction; resistance grows with what is lost",
    ),
    seed: "002 §5.2.2, §5.4.4",
    watch: &["refuses", "ends its contribution", "grants"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let directed = |name, direction| {
        Arm::of(world, name)
            .strategy("stakeholder-model")
            .change(|world| set(&mut world.municipality.direction, direction))
    };
    let weak = directed(words("zwakke regie", "weak direction"), 0.1);
    let strong = directed(words("sterke regie", "strong direction"), 0.9);
    let closed = strong
        .named(words("gesloten instellingen", "closed institutions"))
        .payers(|payer| set(&mut payer.openness, 0.1));
    let open = strong
        .named(words("open instellingen", "open institutions"))
        .payers(|payer| set(&mut payer.openness, 0.9));
    let lent = closed
        .named(words("gesloten, uitgeleend", "closed, lent"))
        .strategy("joint-adoption");
    let unresisted = |arm: &Arm, name| arm.named(name).parameter("payer.resistance", 0.0);
    let willing = unresisted(&closed, words("zonder weerstand", "without resistance"));
    let willing_lent = unresisted(
        &lent,
        words("zonder weerstand, uitgeleend", "without resistance, lent"),
    );
    Ok(vec![
        Claim::less(whole("project.months"), weak, strong).made_by(&[Mechanism::Direction]),
        Claim::less(whole("project.months"), closed.clone(), open)
            .made_by(&[Mechanism::Resistance]),
        Claim::less(whole("project.months"), closed, lent)
            .beyond(willing, willing_lent)
            .made_by(&[Mechanism::Resistance]),
    ])
}
