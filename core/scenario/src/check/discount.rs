//! Discount rates: at least one, in order of time.

use super::Checker;
use crate::text::both;
use crate::tree::Spot;

/// No government has asked for more in real terms.
const MOST: f64 = 0.2;

pub(super) fn check(checker: &Checker<'_>, list: Spot<'_>) {
    let rates = &checker.scenario.discount_rates;
    if rates.is_empty() {
        checker.wrong(
            list,
            both!("geen discontovoet", "no discount rate"),
            both!("minstens één, zoals 0.0225", "at least one, such as 0.0225"),
        );
    }
    for (i, rate) in rates.iter().enumerate() {
        let unit = || both!(" per jaar", " a year");
        let spot = list.item(i);
        checker.figure(spot.field("rate"), &rate.rate, 0.0, MOST, unit());
        for (j, exception) in rate.exceptions.iter().enumerate() {
            let at = spot.field("exceptions").item(j);
            checker.figure(at, exception, 0.0, MOST, unit());
        }
    }
    for (i, pair) in rates.windows(2).enumerate() {
        if pair[1].from <= pair[0].from {
            let (later, earlier) = (pair[1].from, pair[0].from);
            let message = both!(
                "de discontovoet van {later} staat na die van {earlier}",
                "the discount rate of {later} stands after that of {earlier}"
            );
            let at = list.item(i + 1).field("from");
            checker.wrong(
                at,
                message,
                both!(
                    "discontovoeten op volgorde van tijd, elke maand één keer",
                    "rates in order of time, each month once"
                ),
            );
        }
    }
}
