//! The place and its households.

use super::Checker;
use crate::place::Neighbourhood;
use crate::tree::Spot;

/// Rounded percentages may miss a whole by this much.
const ROUNDING: f64 = 0.02;

/// Neighbourhoods and households in one of them that a household's number has room for.
const NEIGHBOURHOODS: usize = 1 << 12;
const HOUSEHOLDS: f64 = (1 << 20) as f64;

pub(super) fn check(checker: &Checker<'_>, spot: Spot<'_>) {
    let place = &checker.scenario.place;
    checker.filled(spot.field("name"), &place.name, "the name of the place");
    checker.filled(
        spot.field("citation"),
        &place.citation,
        "the citation that the data asks for",
    );
    let list = spot.field("neighbourhoods");
    if place.neighbourhoods.is_empty() {
        checker.wrong(
            list,
            "a place without neighbourhoods",
            "at least one neighbourhood",
        );
    }
    if place.neighbourhoods.len() > NEIGHBOURHOODS {
        let message = format!("{} neighbourhoods", place.neighbourhoods.len());
        checker.wrong(list, message, format!("at most {NEIGHBOURHOODS}"));
    }
    let codes = place.neighbourhoods.iter().enumerate();
    checker.unique(
        "neighbourhood",
        codes.map(|(i, n)| (list.item(i).field("code"), &*n.code)),
    );
    for (i, neighbourhood) in place.neighbourhoods.iter().enumerate() {
        check_one(checker, list.item(i), neighbourhood);
    }
}

fn check_one(checker: &Checker<'_>, spot: Spot<'_>, neighbourhood: &Neighbourhood) {
    let n = neighbourhood;
    checker.count_figure(spot.field("households"), &n.households, 1.0, "households");
    checker.count_figure(
        spot.field("inhabitants"),
        &n.inhabitants,
        1.0,
        "inhabitants",
    );
    checker.share_figure(spot.field("one_person"), &n.one_person);
    checker.share_figure(spot.field("with_children"), &n.with_children);
    checker.share_figure(spot.field("danger_zone"), &n.danger_zone);
    checker.share_figure(spot.field("corporation_rent"), &n.corporation_rent);
    if n.households.value >= HOUSEHOLDS {
        let message = format!("{} households in one neighbourhood", n.households.value);
        let expected = format!("fewer than {HOUSEHOLDS}: divide it");
        checker.wrong(spot.field("households").field("value"), message, expected);
    }
    if n.inhabitants.value < n.households.value && checker.readable(spot) {
        let message = format!(
            "{} inhabitants in {} households",
            n.inhabitants.value, n.households.value
        );
        checker.wrong(
            spot.field("inhabitants").field("value"),
            message,
            "at least one in each",
        );
    }
    let sum = n.one_person.value + n.with_children.value;
    if sum > 1.0 + ROUNDING && checker.readable(spot) {
        let message = format!("one-person households and households with children make {sum:.2}");
        checker.wrong(
            spot.field("with_children").field("value"),
            message,
            "at most 1 together",
        );
    }
}
