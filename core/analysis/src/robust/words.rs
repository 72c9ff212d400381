//! Robustness as text, document and table.

use super::Robust;
use super::page::page;
use crate::answer::{Finding, Head, aligned, cell, ends, table};
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;

impl Finding for Robust {
    const SCHEMA: &'static str = "zalm.robust/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("robust.csv", regrets(self)),
            ("robust-measures.csv", measures(self)),
        ]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

fn text(robust: &Robust, voice: &Voice) -> String {
    let mut text = head(robust, voice).text();
    let _ = writeln!(text, "\n{}\n", sentence(robust, voice));
    let names: Vec<String> = robust.stressors.iter().map(|one| voice.name(one)).collect();
    let rows = |last: Option<&str>, write: &dyn Fn(usize, usize) -> String| {
        let mut head = vec![String::new()];
        head.extend(names.clone());
        head.extend(last.map(|id| voice.text(id)));
        let row = |(at, standing): (usize, &super::Standing)| {
            let mut row = vec![voice.name(&standing.strategy)];
            row.extend((0..names.len()).map(|stressor| write(at, stressor)));
            if last.is_some() {
                let interval = Some(standing.interval);
                row.push(voice.level(standing.largest_regret, interval, robust.unit));
            }
            row
        };
        let body = robust.standings.iter().enumerate().map(row);
        aligned(&std::iter::once(head).chain(body).collect::<Vec<_>>())
    };
    let performance = |at: usize, stressor: usize| {
        let estimate = robust.standings[at].performance[stressor];
        voice.level(estimate.mean, estimate.interval, robust.unit)
    };
    let _ = writeln!(text, "{}", voice.metric(&robust.spec));
    text.push_str(&rows(None, &performance));
    let _ = writeln!(text, "\n{}", voice.text("robust-regret"));
    let regret = |at: usize, stressor: usize| {
        voice.level(robust.standings[at].regret[stressor], None, robust.unit)
    };
    text.push_str(&rows(Some("largest-regret"), &regret));
    let _ = writeln!(text, "{}", luck(robust, voice));
    let _ = writeln!(text, "\n{}", voice.text("robust-measures"));
    text.push_str(&aligned(&ranks(robust, voice)));
    text
}

/// The question, and how much was played.
pub(super) fn head(robust: &Robust, voice: &Voice) -> Head {
    let sizes = [
        ("replications", voice.count(robust.replications)),
        ("seed", robust.seed.to_string()),
        ("stressors", voice.count(robust.stressors.len())),
    ];
    let mut lines = vec![voice.with("robust-sizes", &sizes)];
    lines.extend(voice.left_out("left-out", robust.left_out));
    Head {
        title: voice.with("robust-title", &[("title", voice.told(&robust.title))]),
        lines,
    }
}

/// How much of a regret may be luck.
pub(super) fn luck(robust: &Robust, voice: &Voice) -> String {
    let biases = robust.standings.iter().map(|one| one.bias);
    let bias = voice.level(biases.fold(0.0, f64::max), None, robust.unit);
    voice.with("robust-bias", &[("bias", bias)])
}

/// Value and rank of each strategy under each measure.
pub(super) fn ranks(robust: &Robust, voice: &Voice) -> Vec<Vec<String>> {
    let mut head = vec![String::new()];
    head.extend(robust.standings.iter().map(|one| voice.name(&one.strategy)));
    let row = |measure: &super::Measure| {
        let mut row = vec![voice.text(&format!("measure-{}", measure.measure))];
        let cells = measure.values.iter().zip(&measure.ranks);
        row.extend(cells.map(|(value, rank)| match (value, rank) {
            (Some(value), Some(rank)) => format!("{} ({rank})", voice.number(*value)),
            (Some(value), None) => voice.number(*value),
            (None, _) => "–".to_owned(),
        }));
        row
    };
    let body = robust.measures.iter().map(row);
    std::iter::once(head).chain(body).collect()
}

/// Whether different measures pick different strategies.
pub(super) fn sentence(robust: &Robust, voice: &Voice) -> String {
    let count = robust.deciding().count();
    let picks = robust.picks();
    if picks.is_empty() {
        return voice.text("robust-none");
    }
    let name = |strategy: usize| voice.named(&robust.standings[strategy].strategy);
    if let Some((strategy, _)) = picks.iter().find(|(_, measures)| measures.len() == count) {
        let values = [("strategy", name(*strategy)), ("count", voice.count(count))];
        let first = voice.with("robust-one", &values);
        // The measures are of means; what chance makes of the lead, the regret of the others says.
        let others = robust.standings.iter().enumerate();
        let near = others.filter(|(at, one)| at != strategy && one.interval.0 <= 0.0);
        let near: Vec<String> = near.map(|(at, _)| name(at)).collect();
        return match near.is_empty() {
            true => first,
            false => {
                let values = [("strategies", voice.list(&near))];
                format!("{first} {}", voice.with("robust-near", &values))
            }
        };
    }
    let pick = |(strategy, measures): &(usize, Vec<&'static str>)| {
        let measures: Vec<String> = measures
            .iter()
            .map(|measure| voice.text(&format!("measure-{measure}")))
            .collect();
        let values = [
            ("strategy", name(*strategy)),
            ("measures", voice.list(&measures)),
        ];
        voice.with("robust-pick", &values)
    };
    let all: Vec<String> = picks.iter().map(pick).collect();
    voice.with("robust-many", &[("picks", all.join("; "))])
}

fn regrets(robust: &Robust) -> String {
    let head = [
        "strategy",
        "stressor",
        "metric",
        "unit",
        "replications",
        "mean",
        "low",
        "high",
        "regret",
        "acceptable",
        "largest_regret",
        "largest_regret_low",
        "largest_regret_high",
        "bias",
    ];
    let rows = robust.standings.iter().flat_map(|one| {
        let stressors = robust.stressors.iter().enumerate();
        stressors.map(move |(at, stressor)| {
            let estimate = one.performance[at];
            let mut row = vec![one.strategy.clone(), stressor.clone()];
            row.extend([robust.metric.clone(), robust.unit.to_owned()]);
            row.extend([robust.replications.to_string(), cell(estimate.mean)]);
            row.extend(ends(estimate.interval));
            row.push(cell(one.regret[at]));
            row.push(
                one.acceptable
                    .get(at)
                    .map_or_else(String::new, bool::to_string),
            );
            row.push(cell(one.largest_regret));
            row.extend(ends(one.interval));
            row.push(cell(one.bias));
            row
        })
    });
    table(&head, rows)
}

fn measures(robust: &Robust) -> String {
    let head = ["measure", "lower_is_better", "strategy", "value", "rank"];
    let rows = robust.measures.iter().flat_map(|one| {
        let strategies = robust.standings.iter().enumerate();
        strategies.map(move |(at, standing)| {
            vec![
                one.measure.to_owned(),
                one.lower_is_better.to_string(),
                standing.strategy.clone(),
                cell(one.values[at]),
                cell(one.ranks[at].map(|rank| rank as f64)),
            ]
        })
    });
    table(&head, rows)
}
