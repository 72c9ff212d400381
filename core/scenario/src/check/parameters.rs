//! Parameters: their allowed range, their plausible range, and the parts that make a whole.

use super::Checker;
use crate::distribution::{Distribution, Opinion};
use crate::parameters::{PARTS, Parameter, ParameterSpec};
use crate::text::both;
use crate::tree::Spot;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let section = root.field("parameters");
    for (spec, parameter) in checker.scenario.parameters.iter() {
        let spot = section.entry(spec.name);
        let unit = match spec.unit {
            "1" | "share" => both!(" voor {}", " for {}", spec.name),
            unit => both!(" {unit} voor {}", " {unit} for {}", spec.name),
        };
        let parts = [
            ("value", parameter.value),
            ("low", parameter.low),
            ("high", parameter.high),
        ];
        for (name, value) in parts {
            checker.within(spot.field(name), value, spec.min, spec.max, unit.clone());
        }
        if parameter.low > parameter.high {
            let (low, high) = (parameter.low, parameter.high);
            let message = both!(
                "het aannemelijke bereik begint bij {low} en eindigt bij {high}",
                "the plausible range begins at {low} and ends at {high}"
            );
            checker.wrong(
                spot.field("low"),
                message,
                both!(
                    "low onder high; verwissel ze",
                    "low below high; exchange them"
                ),
            );
        } else if !(parameter.low <= parameter.value && parameter.value <= parameter.high) {
            let message = both!(
                "{} valt buiten het eigen aannemelijke bereik",
                "{} lies outside its own plausible range",
                parameter.value
            );
            let expected = both!("{} tot {}", "{} to {}", parameter.low, parameter.high);
            checker.wrong(spot.field("value"), message, expected);
        }
        distribution(checker, spot, parameter);
        if let Distribution::Experts { opinions } = &parameter.distribution {
            experts(
                checker,
                spot.field("distribution"),
                opinions,
                spec,
                parameter,
            );
        }
        checker.filled(
            spot.field("source"),
            &parameter.source,
            both!("waar de waarde vandaan komt", "where the value comes from"),
        );
    }
    parts_make_a_whole(checker, section);
}

/// A distribution that can be.
fn distribution(checker: &Checker<'_>, spot: Spot<'_>, parameter: &Parameter) {
    let Parameter { low, high, .. } = *parameter;
    let spot = spot.field("distribution");
    if parameter.distribution == Distribution::LogNormal && low <= 0.0 {
        let message = both!(
            "vanaf {low} bestaat er geen logaritme",
            "from {low} on there is no logarithm"
        );
        checker.wrong(
            spot,
            message,
            both!(
                "een aannemelijk bereik boven 0, of een andere verdeling",
                "a plausible range above 0, or another distribution"
            ),
        );
    }
    if !parameter.distribution.is_usual() && low >= high {
        let message = both!(
            "tussen {low} en {high} valt niets te trekken",
            "nothing can be drawn between {low} and {high}"
        );
        checker.wrong(
            spot,
            message,
            both!(
                "een aannemelijk bereik, low onder high",
                "a plausible range, low below high"
            ),
        );
    }
}

/// Opinions that can be pooled, and in which the plausible range lies.
fn experts(
    checker: &Checker<'_>,
    spot: Spot<'_>,
    opinions: &[Opinion],
    spec: &ParameterSpec,
    parameter: &Parameter,
) {
    if opinions.len() < 2 {
        let message = both!(
            "{} deskundigen zijn niet samen te voegen",
            "{} experts cannot be pooled",
            opinions.len()
        );
        checker.wrong(
            spot,
            message,
            both!(
                "twee deskundigen of meer, of een andere verdeling",
                "two experts or more, or another distribution"
            ),
        );
        return;
    }
    for (number, one) in (1..).zip(opinions) {
        let Opinion { low, likely, high } = *one;
        if !(low < high && (low..=high).contains(&likely)) {
            let message = both!(
                "deskundige {number} zegt {low}, {likely}, {high}",
                "expert {number} says {low}, {likely}, {high}"
            );
            checker.wrong(
                spot,
                message,
                both!(
                    "low, likely en high in deze volgorde, low onder high",
                    "low, likely and high in this order, low below high"
                ),
            );
        } else if low < spec.min || high > spec.max {
            let message = both!(
                "deskundige {number} zegt {low} tot {high}, en dat valt buiten het bereik",
                "expert {number} says {low} to {high}, which is out of range"
            );
            checker.wrong(
                spot,
                message,
                both!("{} tot {}", "{} to {}", spec.min, spec.max),
            );
        }
    }
    let ends = |end: fn(&Opinion) -> f64| opinions.iter().map(end);
    let low = ends(|one| one.low).fold(f64::INFINITY, f64::min);
    let high = ends(|one| one.high).fold(f64::NEG_INFINITY, f64::max);
    if parameter.low < low || parameter.high > high {
        let (from, to) = (parameter.low, parameter.high);
        let message = both!(
            "het aannemelijke bereik {from} tot {to} is ruimer dan enige deskundige zegt",
            "the plausible range {from} to {to} is wider than any expert says"
        );
        checker.wrong(
            spot,
            message,
            both!(
                "een bereik binnen {low} tot {high}",
                "a range within {low} to {high}"
            ),
        );
    }
}

fn parts_make_a_whole(checker: &Checker<'_>, section: Spot<'_>) {
    let values = PARTS.map(|name| checker.scenario.parameters.get(name).map(|p| p.value));
    let readable = PARTS
        .iter()
        .all(|name| checker.readable(section.entry(name)));
    let sum: f64 = values.into_iter().flatten().sum();
    if readable && (sum - 1.0).abs() > 1e-6 {
        let message = both!(
            "de vier delen van het effect van het team zijn samen {sum:.4}, niet 1",
            "the four parts of the team's effect make {sum:.4}, not 1"
        );
        let spot = section.entry(PARTS[0]).field("value");
        checker.wrong(
            spot,
            message,
            both!("{} samen 1", "{} to sum to 1", PARTS.join(", ")),
        );
    }
}
