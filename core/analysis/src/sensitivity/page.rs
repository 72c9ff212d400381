//! Sensitivity as a page: a tornado, or bars of strength or of shares.

use super::words::{assumed, flips, group, head, level, method, ranged, swings};
use super::{By, Found, Sensitivity, Swing};
use crate::answer::Head;
use crate::page::{Page, axis, exact, figure, table};
use crate::voice::Voice;
use zalm_report::{Axis, Bars, Chart, Estimate, Part, Row};

/// Bars of a figure; the table has all.
const SHOWN: usize = 15;

pub(super) fn page(found: &Sensitivity, voice: &Voice) -> Page {
    let Head { title, lines } = head(found, voice);
    let mut parts: Vec<Part> = Vec::new();
    match &found.found {
        Found::Tornado { bars, .. } => {
            parts.push(Part::Lead(flips(found, bars, voice).trim().to_owned()));
            parts.push(tornado(found, bars, voice));
        }
        _ => parts.push(strengths(found, voice)),
    }
    parts.extend(assumed(found, voice).map(Part::Words));
    parts.extend(lines.into_iter().map(Part::Words));
    Page {
        title,
        question: voice.text("page-sens-question"),
        parts,
    }
}

fn tornado(found: &Sensitivity, bars: &[Swing], voice: &Voice) -> Part {
    let row = |bar: &Swing| {
        let mut note = voice.evidence(bar.evidence);
        for (id, shown) in [("sens-turns", bar.turns), ("sens-wavers", bar.wavers)] {
            if shown {
                note = format!("{note}; {}", voice.text(id));
            }
        }
        let ends = [bar.ends.0, bar.ends.1];
        Row {
            name: bar.name.clone(),
            ends: ends.map(|end| Some(exact(end))).to_vec(),
            note,
        }
    };
    let title = bars.first().map_or_else(String::new, |first| {
        let (from, to) = (
            level(first.ends.0, found, voice),
            level(first.ends.1, found, voice),
        );
        if from == to {
            return voice.text("page-tornado-none");
        }
        let values = [
            ("parameter", first.name.clone()),
            ("from", from),
            ("to", to),
        ];
        voice.with("page-tornado", &values)
    });
    let difference = voice.measured(&found.spec, true);
    let values = [
        ("metric", difference),
        ("strategy", voice.named(&found.strategy)),
        ("null", voice.named(&found.null_alternative)),
        (
            "base",
            voice.difference(found.base.mean, found.base.interval, found.unit),
        ),
    ];
    let words = [
        title,
        voice.with("page-tornado-sub", &values),
        voice.with("page-tornado-caption", &values),
    ];
    let chart = Chart::Bars(Bars {
        across: axis(&found.spec, true, voice),
        origin: found.base.mean,
        keys: ["page-at-low", "page-at-high"]
            .map(|id| voice.text(id))
            .to_vec(),
        in_line: true,
        rows: bars.iter().take(SHOWN).map(row).collect(),
    });
    figure(
        "tornado",
        words,
        chart,
        table(voice.text("page-tornado-data"), swings(found, bars, voice)),
    )
}

/// A number or group with its bars.
type Named = (String, Vec<Estimate>);

/// What each number or group is worth, strongest first.
fn worths(found: &Sensitivity, voice: &Voice) -> Vec<Named> {
    let within = |mean: f64, ends: (f64, f64)| Estimate {
        mean,
        interval: Some(ends),
    };
    let around = |mean: f64, half: f64| within(mean, (mean - half, mean + half));
    let name = |name: &str, members| group(name, members, found, voice);
    match &found.found {
        Found::Tornado { .. } => Vec::new(),
        Found::Morris { effects, .. } => effects
            .iter()
            .map(|one| {
                let bar = around(one.strength, one.half_width);
                (name(&one.name, one.members), vec![bar])
            })
            .collect(),
        Found::Sobol { shares, .. } => shares
            .iter()
            .map(|one| {
                let alone = within(one.first, one.first_interval);
                let all = within(one.total, one.total_interval);
                (name(&one.name, one.members), vec![alone, all])
            })
            .collect(),
        Found::Given { shares } => shares
            .iter()
            .map(|one| (one.name.clone(), vec![around(one.share, one.half_width)]))
            .collect(),
    }
}

/// Bars of what each number or group is worth, with their intervals.
fn strengths(found: &Sensitivity, voice: &Voice) -> Part {
    let id = method(&found.found);
    let shares = !matches!(found.found, Found::Morris { .. });
    let keys: &[&str] = match found.found {
        Found::Morris { .. } => &["sens-strength"],
        Found::Sobol { .. } => &["sens-first", "sens-total"],
        Found::Given { .. } | Found::Tornado { .. } => &["sens-first"],
    };
    let write = |one: &Estimate| match one.interval {
        Some(ends) if shares => ranged(one.mean, ends, voice),
        interval => voice.level(one.mean, interval, found.unit),
    };
    let rows = worths(found, voice);
    let keys: Vec<String> = keys.iter().map(|key| voice.text(key)).collect();
    let mut lines = vec![[vec![String::new()], keys.clone()].concat()];
    let line =
        |(name, bars): &Named| [vec![name.clone()], bars.iter().map(write).collect()].concat();
    lines.extend(rows.iter().map(line));
    let last = |bars: &[Estimate]| bars.last().map(write).unwrap_or_default();
    let (name, value) = rows
        .first()
        .map_or_else(Default::default, |(name, bars)| (name.clone(), last(bars)));
    let values = [
        ("name", name),
        ("value", value),
        ("strategy", voice.named(&found.strategy)),
        ("null", voice.named(&found.null_alternative)),
    ];
    let title = if matches!(found.found, Found::Sobol { wide: true, .. }) {
        voice.text("sens-wide")
    } else {
        voice.with(&format!("page-{id}"), &values)
    };
    let by = if found.by == By::Evidence {
        "page-by-evidence"
    } else {
        "page-by-other"
    };
    let words = [
        title,
        voice.with(&format!("page-{id}-sub"), &values),
        voice.text(by),
    ];
    let across = if shares {
        Axis {
            name: voice.text("page-share"),
            unit: "share".to_owned(),
            difference: false,
        }
    } else {
        axis(&found.spec, false, voice)
    };
    let bars = rows.into_iter().take(SHOWN).map(|(name, bars)| Row {
        name,
        note: last(&bars),
        ends: bars.into_iter().map(Some).collect(),
    });
    let chart = Chart::Bars(Bars {
        across,
        origin: 0.0,
        keys,
        in_line: false,
        rows: bars.collect(),
    });
    figure(
        id,
        words,
        chart,
        table(voice.text("page-shares-data"), lines),
    )
}
