//! The strip: where a project stands among the others.

use super::CRITERIA;
use super::words::{Sheet, criterion_name, rank};
use crate::svg::{Anchor, COLOURS, GRID, INK, SOFT, drawing, heading, line, text as label};
use crate::voice::Voice;
use maud::{Markup, html};

/// All projects as ticks on a line per criterion, this one marked.
pub fn strip(sheet: &Sheet, voice: &Voice) -> Markup {
    let (left, right, step, top) = (190.0, 760.0, 46.0, 30.0);
    let x = |score: f64| left + (right - left) * score;
    let height = top + step * CRITERIA.len() as f64 + 20.0;
    let scores = sheet.scan.scores();
    let content = html! {
        @for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            (line((x(share), top - 6.0), (x(share), height - 26.0), GRID, 1.0))
            (label((x(share), height - 12.0), Anchor::Middle, SOFT, &voice.percent(share)))
        }
        @for (at, id) in CRITERIA.iter().enumerate() {
            @let y = top + step * (at as f64 + 0.35);
            (heading((8.0, y - 8.0), &criterion_name(voice, id)))
            (label((8.0, y + 10.0), Anchor::Start, SOFT, &rank(voice, sheet, at)))
            @for peer in &sheet.standing.peers {
                (line((x(peer.scores[at]), y - 9.0), (x(peer.scores[at]), y + 9.0), "#9aa3ad", 2.0))
            }
            (line((x(scores[at]), y - 14.0), (x(scores[at]), y + 14.0), COLOURS[3], 5.0))
            (label((x(scores[at]), y - 21.0), Anchor::Middle, INK, &voice.percent(scores[at])))
        }
    };
    let title = voice.text("strip-title");
    drawing(
        "strip",
        (800.0, height),
        (&title, &sheet.finding(voice)),
        &content,
    )
}
