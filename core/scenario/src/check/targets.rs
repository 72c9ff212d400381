//! Targets of calibration: names, ranges and reasons.

use crate::decode::Decoding;
use crate::nearest::no_parameter;
use crate::parameters::position;
use crate::problem::Finding;
use crate::targets::{Free, SCENARIO_WORLD, Statistic, Target, Targets};
use crate::text::{Text, both};
use crate::tree::{Node, Spot};

/// Reports every problem of targets that were decoded from `root`.
pub(crate) fn check(targets: &Targets, root: &Node, decoding: &Decoding) {
    let root = Spot::new(root);
    let wrong = |spot: Spot<'_>, message: Text, expected: Text| {
        if !decoding.spoils(spot.span()) {
            decoding.note(Finding::new(spot.span(), message).expected(expected));
        }
    };
    if targets.months < 24 {
        let message = both!(
            "er worden {} maanden bekeken",
            "{} months are watched",
            targets.months
        );
        let expected = both!(
            "24 of meer: wie een toestand verlaat, wordt een jaar gevolgd",
            "24 or more: who leaves a state is followed for a year"
        );
        wrong(root.field("months"), message, expected);
    }
    for (i, target) in targets.targets.iter().enumerate() {
        let spot = root.field("targets").item(i);
        if targets.targets[..i].iter().any(|one| one.id == target.id) {
            let message = both!(
                "er zijn twee doelen \"{}\"",
                "there are two targets \"{}\"",
                target.id
            );
            wrong(
                spot.field("id"),
                message,
                both!("een eigen naam", "a name of its own"),
            );
        }
        for (part, message, expected) in complaints(target, targets) {
            wrong(spot.field(part), message, expected);
        }
        if let Statistic::Parameter { name } = &target.statistic
            && position(name).is_none()
        {
            decoding.note(no_parameter(spot.field("statistic").span(), name));
        }
    }
    for (i, free) in targets.free.iter().enumerate() {
        let spot = root.field("free").item(i);
        match free {
            Free::Parameter { name } if position(name).is_none() => {
                decoding.note(no_parameter(spot.field("name").span(), name));
            }
            Free::CrisisWeight { low, high, .. } if !(0.0 < *low && low < high) => {
                let message = both!(
                    "{low} tot {high} is geen bereik",
                    "{low} to {high} is no range"
                );
                wrong(
                    spot.field("low"),
                    message,
                    both!("boven 0, en onder `high`", "above 0, and below `high`"),
                );
            }
            Free::Parameter { .. } | Free::CrisisWeight { .. } => {}
        }
    }
}

type Complaint = (&'static str, Text, Text);

fn complaints(target: &Target, targets: &Targets) -> Vec<Complaint> {
    let mut all = Vec::new();
    let mut wrong = |part, message, expected| all.push((part, message, expected));
    let own = matches!(
        target.statistic,
        Statistic::Continued { .. } | Statistic::FirmSurvival
    );
    let world = target.world.as_str();
    let quiet = targets.worlds.iter().any(|one| one.name == world);
    if own != (world == SCENARIO_WORLD) || !(own || quiet) {
        let message = both!(
            "dit wordt in de wereld \"{world}\" niet bekeken",
            "this is not watched in the world \"{world}\""
        );
        let expected = both!(
            "\"scenario\" voor wat er van projecten wordt, anders een van `worlds`",
            "\"scenario\" for what becomes of projects, else one of `worlds`"
        );
        wrong("world", message, expected);
    }
    if !(0.0 < target.low && target.low <= target.observed && target.observed <= target.high) {
        let message = both!(
            "{} valt buiten het eigen bereik",
            "{} lies outside its range",
            target.observed
        );
        wrong(
            "observed",
            message,
            both!(
                "boven 0, van `low` tot `high`",
                "above 0, from `low` to `high`"
            ),
        );
    }
    if target.weight < 0.0 || !target.weight.is_finite() {
        wrong(
            "weight",
            both!("een gewicht van {}", "a weight of {}", target.weight),
            both!("0 of meer", "0 or more"),
        );
    }
    if own && target.weight > 0.0 {
        let message = both!(
            "wat er van projecten wordt, kan in de fit niet meedoen",
            "what becomes of projects cannot be fitted"
        );
        wrong(
            "weight",
            message,
            both!(
                "0: een fit kijkt alleen naar stille werelden",
                "0: a fit watches quiet worlds only"
            ),
        );
    }
    if target.note.trim().is_empty() {
        wrong(
            "note",
            both!("de toelichting is leeg", "the note is empty"),
            both!(
                "wat er vergeleken wordt, en waarom het in de fit niet meedoet",
                "what is compared, and why it is not fitted"
            ),
        );
    }
    match &target.statistic {
        Statistic::Severity { from, .. }
        | Statistic::Outflow { from, .. }
        | Statistic::Return { from, .. }
            if !(1..=4).contains(from) =>
        {
            wrong(
                "statistic",
                both!("een zwaarte van {from}", "a severity of {from}"),
                both!("1 tot 4", "1 to 4"),
            );
        }
        _ => {}
    }
    all
}
