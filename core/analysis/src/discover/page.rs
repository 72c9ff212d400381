//! Discovery as a page: the box in words, and the trade behind it.

use super::Discovery;
use super::words::{cases, head, leaves, pocket, steps, supported};
use crate::answer::Head;
use crate::page::{Page, exact, figure, table};
use crate::voice::Voice;
use zalm_report::{Axis, Chart, Line, Lines, Part};

pub(super) fn page(found: &Discovery, voice: &Voice) -> Page {
    let Head { title, lines } = head(found, voice);
    let mut parts = vec![
        Part::Lead(pocket(found, voice)),
        Part::Words(cases(found, voice)),
    ];
    if let Some(pocket) = &found.found {
        let rows = supported(&pocket.limits, voice);
        parts.push(Part::Table(table(voice.text("disc-limits"), rows)));
    }
    parts.push(trade(found, voice));
    parts.push(Part::Table(table(
        voice.text("disc-tree"),
        leaves(&found.leaves, voice),
    )));
    parts.extend(lines.into_iter().map(Part::Words));
    Page {
        title,
        question: voice.text("page-disc-question"),
        parts,
    }
}

/// Cases caught against cases among what is caught, as the box shrinks.
fn trade(found: &Discovery, voice: &Voice) -> Part {
    let mut points: Vec<(f64, f64)> = found
        .trade
        .iter()
        .map(|step| (step.coverage, step.density))
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let share = |id: &str| Axis {
        name: voice.text(id),
        unit: "share".to_owned(),
        difference: false,
    };
    let words = [
        voice.text("page-trade"),
        voice.text("page-trade-sub"),
        voice.text("page-trade-caption"),
    ];
    let mark = found
        .found
        .as_ref()
        .map(|one| (one.coverage, voice.text("page-trade-told")));
    let chart = Chart::Lines(Lines {
        across: share("page-coverage"),
        up: share("page-density"),
        courses: vec![Line {
            name: "PRIM".to_owned(),
            look: 0,
            points: points.into_iter().map(|(x, y)| (x, exact(y))).collect(),
        }],
        mark,
    });
    figure(
        "trade",
        words,
        chart,
        table(
            voice.text("disc-trade"),
            steps(&found.trade.iter().collect::<Vec<_>>(), voice),
        ),
    )
}
