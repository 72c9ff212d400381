//! Cost-effectiveness as a page: the plane, how sure the choice is, and what knowing more is worth.

use super::words::{curve_rows, euro, head, percent, plane_rows, reserves, sentences};
use super::{Value, Weighed};
use crate::page::{Page, axis, exact, figure, table};
use crate::voice::Voice;
use zalm_report::{Axis, Bars, Chart, Cloud, Line, Lines, Part, Plane, Row, Table};

/// Bars of a figure; the table has all.
const SHOWN: usize = 15;

pub(super) fn page(found: &Value, voice: &Voice) -> Page {
    let [title, sizes, counts] = head(found, voice);
    let mut parts = vec![
        Part::List(sentences(found, voice)),
        Part::Words(counts),
        plane(found, voice),
        curve(found, voice, "acceptability", |one| &one.best_share),
        curve(found, voice, "loss", |one| &one.expected_loss),
        Part::Table(table(voice.text("value-curve"), curve_rows(found, voice))),
    ];
    parts.extend(knowing(found, voice));
    parts.push(Part::Words(sizes));
    parts.extend(reserves(found, voice).into_iter().map(Part::Words));
    Page {
        title,
        question: voice.text("page-value-question"),
        parts,
    }
}

/// Extra cost against extra effect, a dot for each draw.
fn plane(found: &Value, voice: &Voice) -> Part {
    let others = found.strategies.iter().enumerate();
    let others = others.filter(|(_, one)| one.strategy != found.null_alternative);
    let cloud = |(look, one): (usize, &super::Choice)| {
        let own = found.plane.iter().filter(|dot| dot.strategy == look);
        Cloud {
            name: voice.named(&one.strategy),
            look,
            points: own.map(|dot| (dot.effect, dot.cost)).collect(),
        }
    };
    let clearest = others.clone().max_by(|a, b| {
        let share = |one: &super::Choice| one.quadrants[0] + one.quadrants[1];
        share(a.1).total_cmp(&share(b.1))
    });
    let values = [
        (
            "strategy",
            clearest.map_or_else(String::new, |(_, one)| voice.named(&one.strategy)),
        ),
        (
            "better",
            clearest.map_or_else(String::new, |(_, one)| {
                percent(one.quadrants[0] + one.quadrants[1], voice)
            }),
        ),
        (
            "cheaper",
            clearest.map_or_else(String::new, |(_, one)| percent(one.quadrants[0], voice)),
        ),
        ("null", voice.named(&found.null_alternative)),
        ("metric", voice.measured(&found.spec, true)),
    ];
    let words = [
        voice.with("page-plane", &values),
        voice.with("page-plane-sub", &values),
        voice.text("page-plane-caption"),
    ];
    let corner = |id: &str| voice.text(&format!("value-{id}"));
    let chart = Chart::Plane(Plane {
        across: Axis {
            name: voice.with("page-more-effect", &values),
            ..axis(&found.spec, true, voice)
        },
        up: Axis {
            name: corner("cost"),
            unit: "euro".to_owned(),
            difference: true,
        },
        clouds: others.map(cloud).collect(),
        slope: None,
        quarters: ["loses", "buys", "saves", "dominates"].map(corner),
    });
    let data = table(voice.with("value-plane", &values), plane_rows(found, voice));
    figure("plane", words, chart, data)
}

/// A line for each strategy along what an effect may be worth: shares of draws, or euro lost.
fn curve(found: &Value, voice: &Voice, id: &str, of: fn(&Weighed) -> &Vec<f64>) -> Part {
    let shares = id == "acceptability";
    let course = |(look, one): (usize, &super::Choice)| {
        let points = found
            .curve
            .iter()
            .map(|point| (point.worth, exact(of(point)[look])));
        Line {
            name: voice.named(&one.strategy),
            look,
            points: points.collect(),
        }
    };
    let write = |value: f64| {
        if shares {
            percent(value, voice)
        } else {
            euro(value, voice)
        }
    };
    let last = found.curve.last();
    let values = [
        (
            "strategy",
            last.map_or_else(String::new, |one| {
                voice.named(&found.strategies[one.best].strategy)
            }),
        ),
        (
            "value",
            last.map_or_else(String::new, |one| write(of(one)[one.best])),
        ),
        (
            "worth",
            last.map_or_else(String::new, |one| euro(one.worth, voice)),
        ),
        ("metric", voice.measured(&found.spec, false)),
    ];
    let words = [
        voice.with(&format!("page-{id}"), &values),
        voice.with(&format!("page-{id}-sub"), &values),
        voice.text(&format!("page-{id}-caption")),
    ];
    let names = found
        .strategies
        .iter()
        .map(|one| voice.named(&one.strategy));
    let mut lines = vec![
        std::iter::once(voice.text("value-worth"))
            .chain(names)
            .collect(),
    ];
    lines.extend(found.curve.iter().map(|point| {
        let worth = euro(point.worth, voice);
        std::iter::once(worth)
            .chain(of(point).iter().map(|value| write(*value)))
            .collect()
    }));
    let chart = Chart::Lines(Lines {
        across: Axis {
            name: voice.text("page-worth"),
            unit: "euro".to_owned(),
            difference: false,
        },
        up: Axis {
            name: voice.text(&format!("page-{id}-axis")),
            unit: if shares { "share" } else { "euro" }.to_owned(),
            difference: false,
        },
        courses: found.strategies.iter().enumerate().map(course).collect(),
        mark: None,
    });
    let data: Table = table(voice.text(&format!("page-{id}-axis")), lines);
    figure(id, words, chart, data)
}

/// What each parameter is worth to know, if any is.
fn knowing(found: &Value, voice: &Voice) -> Option<Part> {
    let first = found.knowing.first()?;
    let euro = |value: f64| euro(value, voice);
    let values = [
        ("parameter", first.parameter.to_owned()),
        ("value", euro(first.worth)),
        ("worth", euro(found.knowing_at)),
    ];
    let words = [
        voice.with("page-knowing", &values),
        voice.with("value-knowing", &values),
        voice.text("page-by-other"),
    ];
    let row = |one: &super::Knowing| Row {
        name: one.parameter.to_owned(),
        ends: vec![Some(exact(one.worth))],
        note: euro(one.worth),
    };
    let head = vec![
        voice.text("page-parameter"),
        voice.text("page-worth-knowing"),
    ];
    let lines = found
        .knowing
        .iter()
        .map(|one| vec![one.parameter.to_owned(), euro(one.worth)]);
    let data = table(
        voice.text("page-shares-data"),
        std::iter::once(head).chain(lines).collect(),
    );
    let chart = Chart::Bars(Bars {
        across: Axis {
            name: voice.text("page-worth-knowing"),
            unit: "euro".to_owned(),
            difference: false,
        },
        rows: found.knowing.iter().take(SHOWN).map(row).collect(),
        ..Bars::default()
    });
    Some(figure("knowing", words, chart, data))
}
