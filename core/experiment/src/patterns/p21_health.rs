//! Pattern 21: Insurers gain from health gains in a neighbourhood; health spills over to work.
//!
//! Fewer health problems arise; nothing says that work follows. And money for the neighbourhood itself;
//! nothing says that health follows.

use super::arm::{Arm, invested, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{AreaWork, Domain, Mechanism, PayerKind, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 21,
    id: "health",
    title: words(
        "Een zorgverzekeraar wint bij een gezondere wijk; gezondheid werkt door in werk",
        "An insurer gains from a healthier neighbourhood; health spills over to work",
    ),
    seed: "003 law 6",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    let insurer = super::asked::payer(world, PayerKind::Insurer)?.id.clone();
    let work = world
        .use_costs
        .iter()
        .find(|cost| cost.domain == Domain::Work)
        .ok_or(words(
            "niemand draagt de kosten van werkloosheid",
            "nobody bears the cost of being without work",
        ))?;
    let bears = super::asked::payer(world, PayerKind::Corporation)?
        .id
        .clone();
    let usual = Arm::of(world, words("zoals nu", "as it is"));
    let mut healthy = usual.named(words(
        "half zoveel gezondheidsproblemen",
        "half the health problems",
    ));
    for onset in ["onset.physical_health", "onset.mental_health"] {
        let value = world.parameters.get(onset).map_or(0.0, |one| one.value);
        healthy = healthy.parameter(onset, value / 2.0);
    }
    let rungs = [
        AreaWork::Basis,
        AreaWork::Cohesion,
        AreaWork::Control,
        AreaWork::SelfReliance,
    ];
    let tended = usual
        .named(words("geld voor de wijk", "money for the neighbourhood"))
        .change(|world| {
            world.area_investments = rungs
                .map(|rung| invested(world, rung, &bears, 100.0))
                .to_vec();
        });
    let cost = |payer: &str| whole(format!("cost.{payer}"));
    Ok(vec![
        Claim::less(cost(&work.payer), healthy, usual.clone())
            .made_by(&[Mechanism::Interaction, Mechanism::Crises]),
        Claim::less(cost(&insurer), tended, usual).made_by(&[Mechanism::Ladder]),
    ])
}
