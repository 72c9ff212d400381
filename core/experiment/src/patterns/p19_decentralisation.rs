//! Pattern 19: Decentralisation puts benefits and costs in one hand (wrong-pocket index falls) while the discount
//! takes money away: the net effect depends on direction.
//!
//! A team that the municipality pays, before and after tasks move to it; and the stakeholder model
//! under the move with its discount, with weak and strong direction.

use super::arm::{Arm, set, words};
use super::claim::{Claim, during};
use super::{Pattern, Words};
use zalm_scenario::{Mechanism, PayerKind, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 19,
    id: "decentralisation",
    title: words(
        "Decentralisatie legt baten en kosten in één hand; of het werk blijft hangt af van de regie",
        "Decentralisation puts benefits and costs in one hand; whether the work stays depends on direction",
    ),
    seed: "002 §5.4.2",
    watch: &["tasks move", "refuses", "grants"],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    super::asked::project(world)?;
    let town = super::asked::payer(world, PayerKind::Municipal)?.id.clone();
    let moves = super::asked::decentralisation(world)?;
    let from = moves
        .iter()
        .map(|shock| shock.at().since(world.policy_date))
        .min();
    let from = from.unwrap_or(0).max(0).cast_unsigned();
    let after = |metric: &str| during(metric, from..world.months);
    let staying = Arm::of(world, words("taken blijven", "tasks stay"))
        .lasting_money()
        .projects(|project| {
            for grant in &mut project.grants {
                grant.payer.clone_from(&town);
            }
        });
    let moving = staying
        .named(words("taken gaan over", "tasks move"))
        .under(moves.clone());
    let directed = |name, direction| {
        Arm::of(world, name)
            .strategy("stakeholder-model")
            .under(moves.clone())
            .change(|world| set(&mut world.municipality.direction, direction))
    };
    let weak = directed(words("zwakke regie", "weak direction"), 0.1);
    let strong = directed(words("sterke regie", "strong direction"), 0.9);
    Ok(vec![
        Claim::less(after("money.wrong_pocket"), moving, staying).made_by(&[Mechanism::Evidence]),
        Claim::less(after("project.months"), weak, strong).made_by(&[Mechanism::Direction]),
    ])
}
