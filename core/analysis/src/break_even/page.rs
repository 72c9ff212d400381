//! Break-even points as a page: the gain along the parameter.

use super::BreakEven;
use super::words::{head, sentences};
use crate::answer::Head;
use crate::page::{Page, axis, drawn, figure, table};
use crate::voice::Voice;
use zalm_report::{Axis, Chart, Line, Lines, Part};

pub(super) fn page(found: &BreakEven, voice: &Voice) -> Page {
    let Head { title, lines } = head(found, voice);
    let told = found
        .turnings
        .iter()
        .flat_map(|one| sentences(found, one, voice));
    let mut parts = vec![Part::List(told.collect()), gains(found, voice)];
    parts.extend(lines.into_iter().map(Part::Words));
    Page {
        title,
        question: voice.text("page-even-question"),
        parts,
    }
}

fn gains(found: &BreakEven, voice: &Voice) -> Part {
    let along = &found.parameter;
    let turning = found
        .turnings
        .iter()
        .filter(|one| !one.points.is_empty())
        .count();
    let values = [
        ("count", voice.count(turning)),
        ("strategies", voice.count(found.turnings.len())),
        ("parameter", along.name.clone()),
        ("null", voice.named(&found.null_alternative)),
        ("metric", voice.measured(&found.spec, true)),
    ];
    let words = [
        voice.with("page-even", &values),
        voice.with("page-even-sub", &values),
        voice.text("page-even-caption"),
    ];
    let course = |(look, one): (usize, &super::Turning)| Line {
        name: voice.named(&one.strategy),
        look: look + 1,
        points: one
            .gains
            .iter()
            .map(|(value, gain)| (*value, drawn(*gain)))
            .collect(),
    };
    let rows = found.turnings.iter().flat_map(|one| {
        one.gains.iter().map(move |(value, gain)| {
            let gain = voice.difference(gain.mean, gain.interval, found.unit);
            vec![voice.named(&one.strategy), voice.number(*value), gain]
        })
    });
    let names = [
        voice.text("page-strategy"),
        along.name.clone(),
        voice.text("page-gain"),
    ];
    let data = table(
        voice.text("even-gains"),
        std::iter::once(names.to_vec()).chain(rows).collect(),
    );
    let chart = Chart::Lines(Lines {
        across: Axis {
            name: format!("{} ({})", along.name, voice.unit(along.unit)),
            unit: along.unit.to_owned(),
            difference: false,
        },
        up: Axis {
            name: voice.text("page-gain"),
            ..axis(&found.spec, true, voice)
        },
        courses: found.turnings.iter().enumerate().map(course).collect(),
        mark: Some((along.in_use, voice.text("page-in-use"))),
    });
    figure("break-even", words, chart, data)
}
