//! Who gains and who loses, as text and document.

use super::{Estimate, Group, Groups};
use crate::answer::{Finding, aligned, lines};
use crate::voice::Voice;

impl Finding for Groups {
    const SCHEMA: &'static str = "zalm.groups/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }
}

fn text(found: &Groups, voice: &Voice) -> String {
    let level = |one: Estimate| voice.level(one.mean, one.interval, "1");
    let moves = |one: Estimate| voice.difference(one.mean, one.interval, "1");
    let values = [
        ("title", voice.told(&found.title)),
        ("strategy", voice.named(&found.strategy)),
        ("null", voice.named(&found.null_alternative)),
        ("stressor", voice.named(&found.stressor)),
        ("replications", voice.count(found.replications)),
        ("seed", found.seed.to_string()),
        ("gini", level(found.gini.without)),
        ("gini-moves", moves(found.gini.moves)),
        ("theil", level(found.theil.without)),
        ("theil-moves", moves(found.theil.moves)),
    ];
    let line = |id: &str| voice.with(id, &values) + "\n";
    let head = ["group", "dwellings", "problems", "fewer", "gain", "lose"];
    let head = head.map(|id| voice.text(&format!("groups-{id}")));
    let row = |one: &Group| {
        vec![
            voice.text(&format!("groups-of-{}", one.group)),
            voice.decimals(one.dwellings, 0),
            voice.level(one.problems.mean, one.problems.interval, "1"),
            voice.difference(one.fewer.mean, one.fewer.interval, "1"),
            voice.level(one.gain.mean, one.gain.interval, "share"),
            voice.level(one.lose.mean, one.lose.interval, "share"),
        ]
    };
    let body = found.groups.iter().map(row);
    let table = aligned(
        &std::iter::once(head.to_vec())
            .chain(body)
            .collect::<Vec<_>>(),
    );
    format!(
        "{}{}{}{}\n{table}\n{}{}",
        line("groups-title"),
        line("groups-sizes"),
        line("groups-what"),
        lines(voice.left_out("left-out", found.left_out)),
        line("groups-gini"),
        line("groups-theil")
    )
}
