//! Discovery as text, document and tables.

use super::page::page;
use super::{ADVISED, Bound, Discovery, Found, Step};
use crate::answer::{Finding, Head, aligned, cell, table};
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;

/// Steps of the trade that a terminal shows.
const STEPS: usize = 6;

impl Finding for Discovery {
    const SCHEMA: &'static str = "zalm.discover/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("discover.csv", limits(self)),
            ("discover-trade.csv", trade(self)),
        ]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

fn text(found: &Discovery, voice: &Voice) -> String {
    let mut text = head(found, voice).text();
    let _ = writeln!(text, "\n{}", cases(found, voice));
    let _ = writeln!(text, "{}", pocket(found, voice));
    if let Some(pocket) = &found.found {
        let _ = writeln!(text, "\n{}", voice.text("disc-limits"));
        text.push_str(&aligned(&supported(&pocket.limits, voice)));
    }
    let _ = writeln!(text, "\n{}", voice.text("disc-trade"));
    let every = (found.trade.len().saturating_sub(1) / (STEPS - 1)).max(1);
    let last = found.trade.len().saturating_sub(1);
    let shown = found.trade.iter().enumerate();
    let shown = shown.filter(|(at, _)| at % every == 0 || *at == last);
    let shown: Vec<&Step> = shown.map(|(_, step)| step).collect();
    text.push_str(&aligned(&steps(&shown, voice)));
    let _ = writeln!(text, "\n{}", voice.text("disc-tree"));
    text.push_str(&aligned(&leaves(&found.leaves, voice)));
    text
}

/// The question, and how much was played.
pub(super) fn head(found: &Discovery, voice: &Voice) -> Head {
    let title = [
        ("title", voice.told(&found.title)),
        ("strategy", voice.named(&found.strategy)),
    ];
    let sizes = [
        ("failure", found.failure.to_string()),
        ("replications", voice.count(found.replications)),
        ("stressor", voice.named(&found.stressor)),
        ("draws", voice.count(found.draws)),
        ("parameters", voice.count(found.parameters)),
        ("seed", found.seed.to_string()),
    ];
    let mut lines = vec![voice.with("disc-sizes", &sizes)];
    let draws = found.draws + found.left_out;
    lines.extend(voice.first_look(("first-look-draws", "--draws"), draws, ADVISED));
    lines.extend(voice.left_out("sens-failed", found.left_out));
    Head {
        title: voice.with("disc-title", &title),
        lines,
    }
}

/// Share of the draws in which it fails.
fn share(found: &Discovery) -> f64 {
    found.cases as f64 / found.draws as f64
}

/// How often it fails.
pub(super) fn cases(found: &Discovery, voice: &Voice) -> String {
    let cases = [
        ("cases", voice.count(found.cases)),
        ("draws", voice.count(found.draws)),
        ("share", voice.percent(share(found))),
    ];
    voice.with("disc-cases", &cases)
}

/// When it mostly fails, in one sentence.
pub(super) fn pocket(found: &Discovery, voice: &Voice) -> String {
    let Some(pocket) = &found.found else {
        return voice.text("disc-nothing");
    };
    let all: Vec<String> = pocket.limits.iter().map(|one| said(one, voice)).collect();
    let values = [
        ("strategy", voice.named(&found.strategy)),
        ("limits", voice.list(&all)),
        ("density", voice.percent(pocket.density)),
        ("share", voice.percent(share(found))),
        ("coverage", voice.percent(pocket.coverage)),
        ("mass", voice.percent(pocket.mass)),
    ];
    voice.with("disc-box", &values)
}

/// A limit in words.
fn said(bound: &Bound, voice: &Voice) -> String {
    let amount = |value: f64| voice.amount(value, bound.unit);
    let parameter = ("parameter", bound.parameter.clone());
    match (bound.low, bound.high) {
        (Some(low), Some(high)) => {
            let ends = [("low", amount(low)), ("high", amount(high))];
            voice.with("disc-between", &[&[parameter], &ends[..]].concat())
        }
        (Some(low), None) => voice.with("disc-above", &[parameter, ("value", amount(low))]),
        (None, Some(high)) => voice.with("disc-below", &[parameter, ("value", amount(high))]),
        (None, None) => bound.parameter.clone(),
    }
}

/// The limits with what supports them, under a head.
pub(super) fn supported(limits: &[Bound], voice: &Voice) -> Vec<Vec<String>> {
    let mut lines = vec![vec![
        String::new(),
        voice.text("disc-p"),
        voice.text("disc-returns"),
    ]];
    lines.extend(limits.iter().map(|one| {
        let p = one
            .quasi_p
            .map_or_else(String::new, |p| voice.decimals(p, 3));
        let returns = one
            .returns
            .map_or_else(String::new, |share| voice.percent(share) + "%");
        vec![said(one, voice), p, returns]
    }));
    lines
}

/// Steps of the trade, under a head.
pub(super) fn steps(trade: &[&Step], voice: &Voice) -> Vec<Vec<String>> {
    let heads = ["disc-coverage", "disc-density", "disc-mass", "disc-limited"];
    let mut lines = vec![heads.map(|id| voice.text(id)).to_vec()];
    lines.extend(trade.iter().map(|step| {
        let shares = [step.coverage, step.density, step.mass];
        let mut line: Vec<String> = shares.map(|share| voice.percent(share) + "%").to_vec();
        line.push(voice.count(step.limited));
        line
    }));
    lines
}

/// Leaves of the tree, under a head.
pub(super) fn leaves(leaves: &[Found], voice: &Voice) -> Vec<Vec<String>> {
    let heads = ["disc-limit", "disc-density", "disc-coverage", "disc-mass"];
    let mut lines = vec![heads.map(|id| voice.text(id)).to_vec()];
    lines.extend(leaves.iter().map(|leaf| {
        let limits: Vec<String> = leaf.limits.iter().map(|one| said(one, voice)).collect();
        let limits = if limits.is_empty() {
            voice.text("disc-everywhere")
        } else {
            voice.list(&limits)
        };
        let shares = [leaf.density, leaf.coverage, leaf.mass];
        let shares = shares.map(|share| voice.percent(share) + "%");
        [vec![limits], shares.to_vec()].concat()
    }));
    lines
}

fn limits(found: &Discovery) -> String {
    let head = [
        "method",
        "box",
        "parameter",
        "unit",
        "low",
        "high",
        "quasi_p",
        "returns",
        "coverage",
        "density",
        "mass",
    ];
    let prim = found.found.iter().map(|pocket| ("prim", 1, pocket));
    let cart = found
        .leaves
        .iter()
        .enumerate()
        .map(|(at, leaf)| ("cart", at + 1, leaf));
    let rows = prim.chain(cart).flat_map(|(method, number, pocket)| {
        pocket.limits.iter().map(move |one| {
            let mut row = vec![method.to_owned(), number.to_string(), one.parameter.clone()];
            row.push(one.unit.to_owned());
            row.extend([one.low, one.high, one.quasi_p, one.returns].map(cell));
            row.extend([pocket.coverage, pocket.density, pocket.mass].map(cell));
            row
        })
    });
    table(&head, rows)
}

fn trade(found: &Discovery) -> String {
    let head = ["step", "coverage", "density", "mass", "limited"];
    let rows = found.trade.iter().enumerate().map(|(at, step)| {
        let mut row = vec![at.to_string()];
        row.extend([step.coverage, step.density, step.mass].map(cell));
        row.push(step.limited.to_string());
        row
    });
    table(&head, rows)
}
