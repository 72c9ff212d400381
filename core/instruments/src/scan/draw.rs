//! The strip: where a project stands among the others.

use super::CRITERIA;
use super::words::{Sheet, criterion_name, rank};
use crate::svg::{Anchor, COLOURS, GRID, INK, SOFT, drawing, heading, line, text as label};
use crate::voice::Voice;
use maud::{Markup, html};

/// Where things stand in a strip.
struct Layout {
    id: &'static str,
    width: f64,
    /// Ends of the axis.
    axis: (f64, f64),
    /// Height of a criterion.
    step: f64,
    /// Its name and its rank, and the own score, seen from its line.
    name: (f64, Anchor, f64),
    score: f64,
}

/// All projects as ticks on a line per criterion, this one marked.
pub fn strip(sheet: &Sheet, voice: &Voice) -> Markup {
    let layout = Layout {
        id: "strip",
        width: 800.0,
        axis: (190.0, 760.0),
        step: 46.0,
        name: (8.0, Anchor::Start, 10.0),
        score: -21.0,
    };
    drawn(sheet, &layout, voice)
}

/// The same for a telephone: names above the lines.
pub(super) fn narrow_strip(sheet: &Sheet, voice: &Voice) -> Markup {
    let layout = Layout {
        id: "strip-narrow",
        width: 340.0,
        axis: (20.0, 316.0),
        step: 76.0,
        name: (332.0, Anchor::End, -25.0),
        score: 23.0,
    };
    drawn(sheet, &layout, voice)
}

fn drawn(sheet: &Sheet, layout: &Layout, voice: &Voice) -> Markup {
    let ((left, right), step, top) = (layout.axis, layout.step, 30.0);
    let x = |score: f64| left + (right - left) * score;
    let height = top + step * CRITERIA.len() as f64 + 20.0;
    let scores = sheet.scan.scores();
    let (rank_at, anchor, below) = layout.name;
    let content = html! {
        @for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            (line((x(share), top - 6.0), (x(share), height - 26.0), GRID, 1.0))
            (label((x(share), height - 12.0), Anchor::Middle, SOFT, &voice.percent(share)))
        }
        @for (at, id) in CRITERIA.iter().enumerate() {
            @let y = top + step * (at as f64 + 0.35);
            (heading((8.0, y + below.min(-8.0)), &criterion_name(voice, id)))
            (label((rank_at, y + below), anchor, SOFT, &rank(voice, sheet, at)))
            @for peer in &sheet.standing.peers {
                (line((x(peer.scores[at]), y - 9.0), (x(peer.scores[at]), y + 9.0), "#9aa3ad", 2.0))
            }
            (line((x(scores[at]), y - 14.0), (x(scores[at]), y + 14.0), COLOURS[3], 5.0))
            (label((x(scores[at]), y + layout.score), Anchor::Middle, INK, &voice.percent(scores[at])))
        }
    };
    drawing(
        layout.id,
        (layout.width, height),
        (&sheet.ranked(voice), &sheet.finding(voice)),
        &content,
    )
}
