//! Robustness as a page: a heat map of regret.

use super::Robust;
use super::words::{head, luck, ranks, sentence};
use crate::answer::Head;
use crate::page::{Page, figure, table};
use crate::voice::Voice;
use zalm_report::{Chart, Heat, Part};

pub(super) fn page(robust: &Robust, voice: &Voice) -> Page {
    let Head { title, lines } = head(robust, voice);
    let mut parts = vec![Part::Lead(sentence(robust, voice))];
    parts.extend(lines.into_iter().map(Part::Words));
    parts.push(regret(robust, voice));
    parts.push(Part::Words(luck(robust, voice)));
    parts.push(Part::Table(table(
        voice.text("robust-measures"),
        ranks(robust, voice),
    )));
    Page {
        title,
        question: voice.text("page-robust-question"),
        parts,
    }
}

/// What each strategy loses against the best under each stressor, and at most.
fn regret(robust: &Robust, voice: &Voice) -> Part {
    let least = &robust.standings[robust.minimax];
    let values = [
        ("strategy", voice.named(&least.strategy)),
        (
            "regret",
            voice.level(least.largest_regret, None, robust.unit),
        ),
        ("metric", voice.measured(&robust.spec, false)),
    ];
    let words = [
        voice.with("page-regret", &values),
        voice.with("page-regret-sub", &values),
        voice.text("page-regret-caption"),
    ];
    let largest = voice.text("largest-regret");
    let stressors = robust.stressors.iter().map(|one| voice.named(one));
    let columns: Vec<String> = stressors.chain([largest]).collect();
    let shades = |one: &super::Standing| {
        let all = one.regret.iter().copied().chain([one.largest_regret]);
        (voice.named(&one.strategy), all.map(Some).collect())
    };
    let cells = |one: &super::Standing| {
        let level = |value: &f64| voice.level(*value, None, robust.unit);
        let mut row = vec![voice.named(&one.strategy)];
        row.extend(one.regret.iter().map(level));
        row.push(voice.level(one.largest_regret, Some(one.interval), robust.unit));
        row
    };
    let head = std::iter::once(String::new())
        .chain(columns.clone())
        .collect();
    let rows = std::iter::once(head).chain(robust.standings.iter().map(cells));
    let data = table(voice.text("robust-regret"), rows.collect());
    let chart = Chart::Heat(Heat {
        unit: robust.unit.to_owned(),
        columns,
        rows: robust.standings.iter().map(shades).collect(),
    });
    figure("regret", words, chart, data)
}
