//! Pattern 13: Investing in cohesion before clean-whole-safe gives nothing.
//!
//! The same money for cohesion where the basis is worn and where it is new.

use super::arm::{Arm, invested, words};
use super::claim::{Claim, whole};
use super::{Pattern, Words};
use zalm_scenario::{AreaWork, Mechanism, PayerKind, Scenario};

pub(super) const PATTERN: Pattern = Pattern {
    number: 13,
    id: "ladder",
    title: words(
        "Investeren in samenhang voordat het schoon, heel en veilig is geeft niets",
        "Investing in cohesion before clean, whole and safe gives nothing",
    ),
    seed: "003 law 2",
    watch: &[],
    claims,
};

fn claims(world: &Scenario) -> Result<Vec<Claim>, Words> {
    let bears = super::asked::payer(world, PayerKind::Corporation)?
        .id
        .clone();
    let aged = |name, years: f64| Arm::of(world, name).parameter("ladder.age", years);
    let paid = |arm: &Arm, name| {
        arm.named(name).change(|world| {
            world.area_investments = vec![invested(world, AreaWork::Cohesion, &bears, 100.0)];
        })
    };
    let low = aged(words("niets, versleten", "nothing, worn"), 60.0);
    let low_paid = paid(&low, words("geld, versleten", "money, worn"));
    let high = aged(words("niets, net gebouwd", "nothing, new"), 0.0);
    let high_paid = paid(&high, words("geld, net gebouwd", "money, new"));
    Ok(vec![
        Claim::less(whole("neighbourhood.cohesion"), low_paid, low)
            .beyond(high_paid, high)
            .made_by(&[Mechanism::Ladder]),
    ])
}
