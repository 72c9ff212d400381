//! The reverse stress test as a page: how severe it must get, and the frontier of two threats.

use super::words::{head, name, sentence, threat_told};
use super::{Breaking, Pair, Reverse};
use crate::page::{Page, exact, figure, plain, table};
use crate::voice::Voice;
use zalm_report::{Axis, Bars, Chart, Line, Lines, Part, Row};

/// Bars of a figure; the table has all.
const SHOWN: usize = 12;

pub(super) fn page(reverse: &Reverse, voice: &Voice) -> Page {
    let [title, sizes, scale] = head(reverse, voice);
    let mut parts = vec![Part::Words(scale)];
    parts.extend(frontier(reverse, voice));
    for breaking in &reverse.strategies {
        parts.push(Part::Heading(voice.named(&breaking.strategy)));
        if breaking.fails_anyway {
            let values = [
                ("strategy", voice.named(&breaking.strategy)),
                ("calm", voice.number(breaking.calm)),
            ];
            parts.push(Part::Lead(voice.with("reverse-anyway", &values)));
            continue;
        }
        let stories = breaking
            .stories
            .iter()
            .map(|one| sentence(reverse, one, voice));
        parts.push(Part::List(stories.collect()));
        parts.push(severities(reverse, breaking, voice));
    }
    parts.push(Part::Heading(voice.text("reverse-threats")));
    let threats = reverse.threats.iter().map(|one| threat_told(one, voice));
    parts.push(Part::List(threats.collect()));
    parts.push(Part::Words(sizes));
    Page {
        title,
        question: voice.text("page-reverse-question"),
        parts,
    }
}

/// Names of both threats of a pair.
fn both(reverse: &Reverse, pair: &Pair, voice: &Voice) -> [String; 2] {
    [pair.first, pair.second].map(|at| name(&reverse.threats[at].name, voice))
}

/// Every threat alone and every pair, the smallest severity that breaks first.
fn severities(reverse: &Reverse, breaking: &Breaking, voice: &Voice) -> Part {
    let alone = breaking.alone.iter().zip(&reverse.threats);
    let alone = alone.map(|(severity, threat)| (name(&threat.name, voice), *severity));
    let pairs = breaking.pairs.iter();
    let pairs = pairs.map(|pair| (both(reverse, pair, voice).join(" + "), pair.severity));
    let mut rows: Vec<(String, Option<f64>)> = alone.chain(pairs).collect();
    let size = |severity: Option<f64>| severity.unwrap_or(f64::MAX);
    rows.sort_by(|a, b| size(a.1).total_cmp(&size(b.1)));
    let written = |severity: Option<f64>| {
        severity.map_or_else(|| voice.text("holds"), |one| voice.decimals(one, 2))
    };
    let values = [
        ("strategy", voice.named(&breaking.strategy)),
        ("failure", reverse.failure.to_string()),
        ("most", voice.number(reverse.most)),
        (
            "threat",
            rows.first().map_or_else(String::new, |row| row.0.clone()),
        ),
        (
            "severity",
            rows.first().map_or_else(String::new, |row| written(row.1)),
        ),
    ];
    let breaks = rows.first().is_some_and(|row| row.1.is_some());
    let words = [
        voice.with(if breaks { "page-breaks" } else { "page-holds" }, &values),
        voice.with("page-breaks-sub", &values),
        voice.with("page-breaks-caption", &values),
    ];
    let head = ["page-threat", "page-severity"]
        .map(|id| voice.text(id))
        .to_vec();
    let lines = rows
        .iter()
        .map(|(name, severity)| vec![name.clone(), written(*severity)]);
    let data = table(
        voice.text("page-breaks-data"),
        std::iter::once(head).chain(lines).collect(),
    );
    let bar = |(name, severity): (String, Option<f64>)| Row {
        name,
        ends: vec![severity.map(exact)],
        note: written(severity),
    };
    let chart = Chart::Bars(Bars {
        across: Axis {
            name: voice.text("page-severity"),
            ..Axis::default()
        },
        rows: rows.into_iter().take(SHOWN).map(bar).collect(),
        ..Bars::default()
    });
    figure(
        &format!("breaks-{}", plain(&breaking.strategy)),
        words,
        chart,
        data,
    )
}

/// Where two threats together break the strategies: the pair that does so soonest.
fn frontier(reverse: &Reverse, voice: &Voice) -> Option<Part> {
    let broken = reverse.strategies.iter().filter(|one| !one.fails_anyway);
    let pairs = broken
        .clone()
        .flat_map(|one| one.pairs.iter().map(move |pair| (one, pair)));
    let pairs = pairs.filter_map(|(one, pair)| Some((one, pair, pair.severity?)));
    let (soonest, pair, severity) = pairs.min_by(|a, b| a.2.total_cmp(&b.2))?;
    let [first, second] = both(reverse, pair, voice);
    let course = |(look, one): (usize, &Breaking)| {
        let same = |other: &&Pair| (other.first, other.second) == (pair.first, pair.second);
        let together = one.pairs.iter().find(same).and_then(|pair| pair.severity);
        // Of what fails anyway nothing was looked for.
        let alone = |threat: usize| one.alone.get(threat).copied().flatten();
        let points = [
            together.map(|both| (both, both)),
            alone(pair.first).map(|alone| (alone, 0.0)),
            alone(pair.second).map(|alone| (0.0, alone)),
        ];
        let mut points: Vec<(f64, f64)> = points.into_iter().flatten().collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        Line {
            name: voice.named(&one.strategy),
            look,
            points: points.into_iter().map(|(x, y)| (x, exact(y))).collect(),
        }
    };
    let courses: Vec<Line> = reverse.strategies.iter().enumerate().map(course).collect();
    if courses.iter().all(|one| one.points.len() < 2) {
        return None;
    }
    let values = [
        ("strategy", voice.named(&soonest.strategy)),
        ("first", first.clone()),
        ("second", second.clone()),
        ("severity", voice.decimals(severity, 2)),
        ("most", voice.number(reverse.most)),
        ("failure", reverse.failure.to_string()),
    ];
    let words = [
        voice.with("page-frontier", &values),
        voice.with("page-frontier-sub", &values),
        voice.with("page-frontier-caption", &values),
    ];
    let head = vec![voice.text("page-strategy"), first.clone(), second.clone()];
    let rows = courses.iter().flat_map(|one| {
        let write = |value: f64| voice.decimals(value, 2);
        one.points
            .iter()
            .map(move |(x, y)| vec![one.name.clone(), write(*x), write(y.mean)])
    });
    let data = table(
        voice.text("page-frontier-data"),
        std::iter::once(head).chain(rows).collect(),
    );
    let along = |name: &str| Axis {
        name: voice.with("page-severity-of", &[("threat", name.to_owned())]),
        ..Axis::default()
    };
    let chart = Chart::Lines(Lines {
        across: along(&first),
        up: along(&second),
        courses,
        mark: None,
    });
    Some(figure("frontier", words, chart, data))
}
