//! Parameters: their allowed range, their plausible range, and the parts that make a whole.

use super::Checker;
use crate::parameters::{Distribution, PARTS, Parameter};
use crate::tree::Spot;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let section = root.field("parameters");
    for (spec, parameter) in checker.scenario.parameters.iter() {
        let spot = section.entry(spec.name);
        let unit = match spec.unit {
            "1" | "share" => format!(" for {}", spec.name),
            unit => format!(" {unit} for {}", spec.name),
        };
        let parts = [
            ("value", parameter.value),
            ("low", parameter.low),
            ("high", parameter.high),
        ];
        for (name, value) in parts {
            checker.within(spot.field(name), value, spec.min, spec.max, &unit);
        }
        if !(parameter.low <= parameter.value && parameter.value <= parameter.high) {
            let message = format!("{} lies outside its own plausible range", parameter.value);
            let expected = format!("{} to {}", parameter.low, parameter.high);
            checker.wrong(spot.field("value"), message, expected);
        }
        distribution(checker, spot, parameter);
        checker.filled(
            spot.field("source"),
            &parameter.source,
            "where the value comes from",
        );
    }
    parts_make_a_whole(checker, section);
}

/// A distribution that can be.
fn distribution(checker: &Checker<'_>, spot: Spot<'_>, parameter: &Parameter) {
    let Parameter { low, high, .. } = *parameter;
    let spot = spot.field("distribution");
    if parameter.distribution == Distribution::LogNormal && low <= 0.0 {
        let message = format!("from {low} on there is no logarithm");
        checker.wrong(
            spot,
            message,
            "a plausible range above 0, or another distribution",
        );
    }
    if !parameter.distribution.is_usual() && low >= high {
        let message = format!("nothing can be drawn between {low} and {high}");
        checker.wrong(spot, message, "a plausible range, low below high");
    }
}

fn parts_make_a_whole(checker: &Checker<'_>, section: Spot<'_>) {
    let values = PARTS.map(|name| checker.scenario.parameters.get(name).map(|p| p.value));
    let readable = PARTS
        .iter()
        .all(|name| checker.readable(section.entry(name)));
    let sum: f64 = values.into_iter().flatten().sum();
    if readable && (sum - 1.0).abs() > 1e-6 {
        let message = format!("the four parts of the team's effect make {sum:.4}, not 1");
        let spot = section.entry(PARTS[0]).field("value");
        checker.wrong(spot, message, format!("{} to sum to 1", PARTS.join(", ")));
    }
}
