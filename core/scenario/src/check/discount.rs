//! Discount rates: at least one, in order of time.

use super::Checker;
use crate::tree::Spot;

/// No government has asked for more in real terms.
const MOST: f64 = 0.2;

pub(super) fn check(checker: &Checker<'_>, list: Spot<'_>) {
    let rates = &checker.scenario.discount_rates;
    if rates.is_empty() {
        checker.wrong(list, "no discount rate", "at least one, such as 0.0225");
    }
    for (i, rate) in rates.iter().enumerate() {
        checker.figure(list.item(i).field("rate"), &rate.rate, 0.0, MOST, " a year");
        for (j, exception) in rate.exceptions.iter().enumerate() {
            let at = list.item(i).field("exceptions").item(j);
            checker.figure(at, exception, 0.0, MOST, " a year");
        }
    }
    for (i, pair) in rates.windows(2).enumerate() {
        if pair[1].from <= pair[0].from {
            let (later, earlier) = (pair[1].from, pair[0].from);
            let message = format!("the discount rate of {later} stands after that of {earlier}");
            let at = list.item(i + 1).field("from");
            checker.wrong(at, message, "rates in order of time, each month once");
        }
    }
}
