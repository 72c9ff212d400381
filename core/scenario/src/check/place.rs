//! The place and its households.

use super::Checker;
use crate::place::Neighbourhood;
use crate::text::both;
use crate::tree::Spot;

/// Rounded percentages may miss a whole by this much.
const ROUNDING: f64 = 0.02;

/// Neighbourhoods and households in one of them that a household's number has room for.
const NEIGHBOURHOODS: usize = 1 << 12;
const HOUSEHOLDS: f64 = (1 << 20) as f64;

pub(super) fn check(checker: &Checker<'_>, spot: Spot<'_>) {
    let place = &checker.scenario.place;
    checker.filled(
        spot.field("name"),
        &place.name,
        both!("de naam van de plaats", "the name of the place"),
    );
    checker.filled(
        spot.field("citation"),
        &place.citation,
        both!(
            "de bronvermelding waar de gegevens om vragen",
            "the citation that the data asks for"
        ),
    );
    let list = spot.field("neighbourhoods");
    if place.neighbourhoods.is_empty() {
        checker.wrong(
            list,
            both!(
                "een plaats zonder buurten",
                "a place without neighbourhoods"
            ),
            both!("minstens één buurt", "at least one neighbourhood"),
        );
    }
    if place.neighbourhoods.len() > NEIGHBOURHOODS {
        let message = both!(
            "{} buurten",
            "{} neighbourhoods",
            place.neighbourhoods.len()
        );
        checker.wrong(
            list,
            message,
            both!("hooguit {NEIGHBOURHOODS}", "at most {NEIGHBOURHOODS}"),
        );
    }
    let codes = place.neighbourhoods.iter().map(|n| &*n.code);
    checker.unique_in(list, "code", both!("buurt", "neighbourhood"), codes);
    for (i, neighbourhood) in place.neighbourhoods.iter().enumerate() {
        check_one(checker, list.item(i), neighbourhood);
    }
}

fn check_one(checker: &Checker<'_>, spot: Spot<'_>, neighbourhood: &Neighbourhood) {
    let n = neighbourhood;
    checker.count_figure(
        spot.field("households"),
        &n.households,
        1.0,
        both!("huishoudens", "households"),
    );
    checker.count_figure(
        spot.field("inhabitants"),
        &n.inhabitants,
        1.0,
        both!("inwoners", "inhabitants"),
    );
    checker.share_figure(spot.field("one_person"), &n.one_person);
    checker.share_figure(spot.field("with_children"), &n.with_children);
    checker.share_figure(spot.field("danger_zone"), &n.danger_zone);
    checker.share_figure(spot.field("corporation_rent"), &n.corporation_rent);
    if n.households.value >= HOUSEHOLDS {
        let message = both!(
            "{} huishoudens in één buurt",
            "{} households in one neighbourhood",
            n.households.value
        );
        let expected = both!(
            "minder dan {HOUSEHOLDS}: deel haar op",
            "fewer than {HOUSEHOLDS}: divide it"
        );
        checker.wrong(spot.field("households").field("value"), message, expected);
    }
    if n.inhabitants.value < n.households.value && checker.readable(spot) {
        let message = both!(
            "{} inwoners in {} huishoudens",
            "{} inhabitants in {} households",
            n.inhabitants.value,
            n.households.value
        );
        checker.wrong(
            spot.field("inhabitants").field("value"),
            message,
            both!("minstens één in elk", "at least one in each"),
        );
    }
    let sum = n.one_person.value + n.with_children.value;
    if sum > 1.0 + ROUNDING && checker.readable(spot) {
        let message = both!(
            "eenpersoonshuishoudens en huishoudens met kinderen zijn samen {sum:.2}",
            "one-person households and households with children make {sum:.2}"
        );
        checker.wrong(
            spot.field("with_children").field("value"),
            message,
            both!("samen hooguit 1", "at most 1 together"),
        );
    }
}
