//! The municipality, and the mechanisms that are switched off.

use super::Checker;
use crate::text::both;
use crate::tree::Spot;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let municipality = &checker.scenario.municipality;
    let spot = root.field("municipality");
    checker.share_figure(spot.field("direction"), &municipality.direction);
    checker.share_figure(spot.field("alderman_spread"), &municipality.alderman_spread);
    for (i, pair) in municipality.elections.windows(2).enumerate() {
        if pair[1] <= pair[0] {
            let message = both!(
                "de verkiezing van {} staat na die van {}",
                "the election of {} stands after that of {}",
                pair[1],
                pair[0]
            );
            let at = spot.field("elections").item(i + 1);
            checker.wrong(
                at,
                message,
                both!(
                    "verkiezingen op volgorde van tijd, elk één keer",
                    "elections in order of time, each once"
                ),
            );
        }
    }
    let off = &checker.scenario.switched_off;
    let names: Vec<_> = off
        .iter()
        .map(|mechanism| format!("{mechanism:?}"))
        .collect();
    let spots = names.iter().enumerate();
    let list = root.field("switched_off");
    checker.unique(
        both!("mechanisme", "mechanism"),
        spots.map(|(i, name)| (list.item(i), name.as_str())),
    );
}
