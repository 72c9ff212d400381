//! Break-even points in words, as document and as table.

use super::page::page;
use super::{BreakEven, Turning, TurningPoint};
use crate::answer::{Finding, Head, aligned, cell, ends, lines, table};
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;
use zalm_report::Place;
use zalm_statistics::economics::Throughout;

impl Finding for BreakEven {
    const SCHEMA: &'static str = "zalm.break-even/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("break-even.csv", points(self)),
            ("break-even-gains.csv", gains(self)),
        ]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

fn text(found: &BreakEven, voice: &Voice) -> String {
    let mut text = head(found, voice).text() + "\n";
    for turning in &found.turnings {
        text.push_str(&lines(sentences(found, turning, voice)));
    }
    let _ = writeln!(
        text,
        "\n{}; {}",
        voice.metric(&found.spec),
        voice.text("even-gains")
    );
    for turning in &found.turnings {
        let mut rows = vec![vec![voice.name(&turning.strategy), String::new()]];
        rows.extend(turning.gains.iter().map(|(value, gain)| {
            let gain = voice.difference(gain.mean, gain.interval, found.unit);
            vec![voice.number(*value), gain]
        }));
        text.push_str(&aligned(&rows));
    }
    text
}

/// The question, how much was played, and where it was looked.
pub(super) fn head(found: &BreakEven, voice: &Voice) -> Head {
    let along = &found.parameter;
    let (low, high) = along.range;
    let values = [
        ("title", voice.told(&found.title)),
        ("parameter", along.name.clone()),
        ("metric", found.metric.clone()),
        ("null", voice.named(&found.null_alternative)),
        ("stressor", voice.named(&found.stressor)),
        ("low", voice.number(low)),
        ("high", voice.number(high)),
        ("unit", voice.unit(along.unit)),
        ("replications", voice.count(found.replications)),
        ("seed", found.seed.to_string()),
    ];
    let range = if along.plausible {
        "even-plausible"
    } else {
        "even-range"
    };
    Head {
        title: voice.with("even-title", &values),
        lines: vec![
            voice.with("even-sizes", &values),
            voice.with(range, &values),
        ],
    }
}

/// What was found for a strategy, in words.
pub(super) fn sentences(found: &BreakEven, turning: &Turning, voice: &Voice) -> Vec<String> {
    let along = &found.parameter;
    let values = |point: Option<&TurningPoint>| {
        let number = |value: f64| voice.number(value);
        let at = point.map_or_else(String::new, |point| {
            let (low, high) = point.interval;
            let place = Place::bracket(point.at, (low, high), along.in_use);
            let round = |value: f64| voice.placed(value, place);
            format!("{} [{}; {}]", round(point.at), round(low), round(high))
        });
        vec![
            ("strategy", voice.named(&turning.strategy)),
            ("null", voice.named(&found.null_alternative)),
            ("metric", found.metric.clone()),
            ("parameter", along.name.clone()),
            ("at", at),
            ("unit", voice.unit(along.unit)),
            ("value", number(along.in_use)),
            ("evidence", voice.evidence(along.evidence)),
        ]
    };
    // "Pays for itself" is said of all money together; of another metric, that it does better.
    let verb = if found.metric == "cost.total" {
        "even-pays"
    } else {
        "even-better"
    };
    let say = |id: &str, point: Option<&TurningPoint>| {
        let mut values = values(point);
        values.push(("pays", voice.text(verb)));
        values.push(("not", voice.text(&format!("{verb}-not"))));
        voice.with(id, &values)
    };
    let all = &turning.points;
    let mut sentences = match &all[..] {
        [] => vec![unturned(turning, voice, say)],
        [one] => vec![say(
            if one.rises { "even-least" } else { "even-most" },
            Some(one),
        )],
        many => {
            let turn = |one: &TurningPoint| {
                say(
                    if one.rises {
                        "even-turns-up"
                    } else {
                        "even-turns-down"
                    },
                    Some(one),
                )
            };
            many.iter().map(turn).collect()
        }
    };
    sentences.extend(all.iter().filter(|one| one.found < 0.95).map(|one| {
        let share = voice.percent(one.found);
        voice.with(
            "even-unsure",
            &[("at", voice.number(one.at)), ("share", share)],
        )
    }));
    sentences
}

/// What is said of a strategy that nowhere turns clearly.
fn unturned(
    turning: &Turning,
    voice: &Voice,
    say: impl Fn(&str, Option<&TurningPoint>) -> String,
) -> String {
    let (id, (first, last)) = match turning.throughout {
        Some(Throughout::Nil) => return say("even-same", None),
        Some(Throughout::Above) => return say("even-always", None),
        Some(Throughout::Below) => return say("even-never", None),
        Some(Throughout::PartlyAbove(from, to)) => ("even-partly", (from, to)),
        Some(Throughout::PartlyBelow(from, to)) => ("even-partly-not", (from, to)),
        Some(Throughout::Unclear) | None => return say("even-chance", None),
    };
    let ends = [("from", voice.number(first)), ("to", voice.number(last))];
    let place = voice.with(
        if first < last {
            "even-between"
        } else {
            "even-at"
        },
        &ends,
    );
    format!("{} {place}", say(id, None))
}

fn points(found: &BreakEven) -> String {
    let head = [
        "strategy",
        "null_alternative",
        "stressor",
        "metric",
        "parameter",
        "unit",
        "in_use",
        "range_low",
        "range_high",
        "break_even",
        "low",
        "high",
        "direction",
        "found",
    ];
    let along = &found.parameter;
    let row = |turning: &Turning, point: Option<&TurningPoint>| {
        let mut row = vec![
            turning.strategy.clone(),
            found.null_alternative.clone(),
            found.stressor.clone(),
            found.metric.clone(),
            along.name.clone(),
            along.unit.to_owned(),
            along.in_use.to_string(),
        ];
        row.extend(ends(along.range));
        row.push(cell(point.map(|point| point.at)));
        row.extend(ends(point.map(|point| point.interval)));
        row.push(match point.map(|point| point.rises) {
            Some(true) => "to gain".to_owned(),
            Some(false) => "to loss".to_owned(),
            None => "none".to_owned(),
        });
        row.push(cell(point.map(|point| point.found)));
        row
    };
    let rows = found.turnings.iter().flat_map(|turning| {
        let none = turning.points.is_empty().then(|| row(turning, None));
        let points = turning.points.iter().map(|point| row(turning, Some(point)));
        points.chain(none).collect::<Vec<_>>()
    });
    table(&head, rows)
}

fn gains(found: &BreakEven) -> String {
    let head = [
        "strategy",
        "parameter",
        "value",
        "metric",
        "gain",
        "low",
        "high",
    ];
    let rows = found.turnings.iter().flat_map(|turning| {
        turning.gains.iter().map(|(value, gain)| {
            let mut row = vec![turning.strategy.clone(), found.parameter.name.clone()];
            row.extend([cell(*value), found.metric.clone(), cell(gain.mean)]);
            row.extend(ends(gain.interval));
            row
        })
    });
    table(&head, rows)
}
