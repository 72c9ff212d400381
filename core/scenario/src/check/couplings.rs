//! Couplings between life domains.

use super::Checker;
use crate::text::both;
use crate::tree::Spot;

/// A coupling stronger than this many usual ones is a typing error.
const STRONGEST: f64 = 10.0;

pub(super) fn check(checker: &Checker<'_>, list: Spot<'_>) {
    let couplings = &checker.scenario.couplings;
    let names: Vec<String> = couplings
        .iter()
        .map(|coupling| format!("{} to {}", coupling.from.name(), coupling.to.name()))
        .collect();
    let spots = names.iter().enumerate();
    checker.unique(
        both!("koppeling", "coupling"),
        spots.map(|(i, name)| (list.item(i), &**name)),
    );
    for (i, coupling) in couplings.iter().enumerate() {
        let spot = list.item(i);
        if coupling.from == coupling.to {
            let message = both!(
                "{} is aan zichzelf gekoppeld",
                "{} is coupled to itself",
                coupling.from.name()
            );
            checker.wrong(
                spot.field("to"),
                message,
                both!(
                    "een ander leefgebied dan `from`",
                    "another domain than `from`"
                ),
            );
        }
        let strength = &coupling.strength;
        checker.figure(spot.field("strength"), strength, 0.0, STRONGEST, "");
    }
}
