//! Targets of calibration: names, ranges and reasons.

use crate::decode::Decoding;
use crate::nearest::nearest;
use crate::parameters::{SPECS, position};
use crate::problem::Finding;
use crate::targets::{Free, SCENARIO_WORLD, Statistic, Target, Targets};
use crate::tree::{Node, Spot};

/// Reports every problem of targets that were decoded from `root`.
pub(crate) fn check(targets: &Targets, root: &Node, decoding: &Decoding) {
    let root = Spot::new(root);
    let wrong = |spot: Spot<'_>, message: String, expected: &str| {
        if !decoding.spoils(spot.span()) {
            decoding.note(Finding::new(spot.span(), message).expected(expected));
        }
    };
    if targets.months < 24 {
        let message = format!("{} months are watched", targets.months);
        let expected = "24 or more: who leaves a state is followed for a year";
        wrong(root.field("months"), message, expected);
    }
    for (i, target) in targets.targets.iter().enumerate() {
        let spot = root.field("targets").item(i);
        if targets.targets[..i].iter().any(|one| one.id == target.id) {
            let message = format!("there are two targets \"{}\"", target.id);
            wrong(spot.field("id"), message, "a name of its own");
        }
        for (part, message, expected) in complaints(target, targets) {
            wrong(spot.field(part), message, expected);
        }
    }
    for (i, free) in targets.free.iter().enumerate() {
        let spot = root.field("free").item(i);
        match free {
            Free::Parameter { name } if position(name).is_none() => {
                let near = nearest(name, SPECS.iter().map(|spec| spec.name));
                let message = format!("there is no parameter \"{name}\"");
                let finding = Finding::new(spot.field("name").span(), message);
                decoding.note(finding.expected("the name of a parameter").nearest(near));
            }
            Free::CrisisWeight { low, high, .. } if !(0.0 < *low && low < high) => {
                let message = format!("{low} to {high} is no range");
                wrong(spot.field("low"), message, "above 0, and below `high`");
            }
            Free::Parameter { .. } | Free::CrisisWeight { .. } => {}
        }
    }
}

type Complaint = (&'static str, String, &'static str);

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
        let message = format!("this is not watched in the world \"{world}\"");
        let expected = "\"scenario\" for what becomes of projects, else one of `worlds`";
        wrong("world", message, expected);
    }
    if !(0.0 < target.low && target.low <= target.observed && target.observed <= target.high) {
        let message = format!("{} lies outside its range", target.observed);
        wrong("observed", message, "above 0, from `low` to `high`");
    }
    if target.weight < 0.0 || !target.weight.is_finite() {
        wrong(
            "weight",
            format!("a weight of {}", target.weight),
            "0 or more",
        );
    }
    if own && target.weight > 0.0 {
        let message = "what becomes of projects cannot be fitted".to_owned();
        wrong("weight", message, "0: a fit watches quiet worlds only");
    }
    if target.note.trim().is_empty() {
        wrong(
            "note",
            "the note is empty".to_owned(),
            "what is compared, and why it is not fitted",
        );
    }
    match &target.statistic {
        Statistic::Parameter { name } if position(name).is_none() => {
            let message = format!("there is no parameter \"{name}\"");
            wrong("statistic", message, "the name of a parameter");
        }
        Statistic::Severity { from, .. }
        | Statistic::Outflow { from, .. }
        | Statistic::Return { from, .. }
            if !(1..=4).contains(from) =>
        {
            wrong("statistic", format!("a severity of {from}"), "1 to 4");
        }
        _ => {}
    }
    all
}
