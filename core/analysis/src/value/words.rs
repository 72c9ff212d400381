//! Cost-effectiveness as text, document and tables.

use super::page::page;
use super::{ADVISED, Choice, Range, Standing, Value};
use crate::answer::{Finding, aligned, cell, lines, table};
use crate::page::Page;
use crate::voice::Voice;
use std::fmt::Write as _;

/// Share of chance above which expected losses are too high to be used.
const NOISE: f64 = 0.05;
/// Share of draws from which the best is said without reserve.
const SURE: f64 = 0.95;

impl Finding for Value {
    const SCHEMA: &'static str = "zalm.value/1";

    fn text(&self, voice: &Voice) -> String {
        text(self, voice)
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("value.csv", curve(self)),
            ("value-strategies.csv", choices(self)),
            ("value-plane.csv", plane(self)),
        ]
    }

    fn page(&self, voice: &Voice) -> Option<Page> {
        Some(page(self, voice))
    }
}

/// What the texts about the whole answer are filled with.
fn values(found: &Value, voice: &Voice) -> Vec<(&'static str, String)> {
    let payers = match &found.payer {
        Some(payer) => voice.with("value-payer", &[("payer", payer.clone())]),
        None => voice.text("value-payers"),
    };
    vec![
        ("title", voice.told(&found.title)),
        ("draws", voice.count(found.draws)),
        ("parameters", voice.count(found.parameters)),
        ("replications", voice.count(found.replications)),
        ("stressor", voice.named(&found.stressor)),
        ("seed", found.seed.to_string()),
        ("payers", payers),
        ("rate", voice.decimals(100.0 * found.rate, 2)),
        ("from", found.rate_from.clone()),
        ("effect", voice.metric(&found.spec)),
        ("null", voice.named(&found.null_alternative)),
    ]
}

/// The question, how much was played, and what counts.
pub(super) fn head(found: &Value, voice: &Voice) -> [String; 3] {
    let values = values(found, voice);
    ["value-title", "value-sizes", "value-counts"].map(|id| voice.with(id, &values))
}

/// Whether the draws are few, and how many of them do not count.
pub(super) fn reserves(found: &Value, voice: &Voice) -> Vec<String> {
    let draws = found.draws + found.left_out;
    let few = voice.first_look(("first-look-draws", "--draws"), draws, ADVISED);
    let out = voice.left_out("value-left-out", found.left_out);
    few.into_iter().chain(out).collect()
}

fn text(found: &Value, voice: &Voice) -> String {
    let mut text = lines(head(found, voice));
    text.push_str(&lines(reserves(found, voice)));
    text.push('\n');
    text.push_str(&lines(sentences(found, voice)));
    let _ = writeln!(
        text,
        "\n{}",
        voice.with("value-plane", &values(found, voice))
    );
    text.push_str(&aligned(&plane_rows(found, voice)));
    let _ = writeln!(text, "\n{}", voice.text("value-curve"));
    text.push_str(&aligned(&curve_rows(found, voice)));
    text.push_str(&knowing(found, voice));
    text
}

/// What to choose at which worth, and how sure that is.
pub(super) fn sentences(found: &Value, voice: &Voice) -> Vec<String> {
    let frontier = |one: &&Choice| one.standing == Standing::Frontier;
    let mut steps: Vec<&Choice> = found.strategies.iter().filter(frontier).collect();
    // Along the frontier each costs more for an effect than the one before; the first has no price.
    steps.sort_by(|a, b| {
        let price = |one: &Choice| one.per_effect.unwrap_or(f64::NEG_INFINITY);
        price(a).total_cmp(&price(b))
    });
    // What another beats at every worth above nil is never chosen.
    let from = |one: &Choice| one.per_effect.unwrap_or(0.0).max(0.0);
    let chosen: Vec<&Choice> = steps
        .iter()
        .enumerate()
        .filter(|(at, _)| steps.get(at + 1).is_none_or(|next| from(next) > 0.0))
        .map(|(_, one)| *one)
        .collect();
    let mut sentences = Vec::new();
    for (at, one) in chosen.iter().enumerate() {
        let euro = |one: &Choice| euro(from(one), voice);
        let (low, high) = best_in(found, one);
        let values = [
            ("share", shares(low, high, voice)),
            ("strategy", voice.named(&one.strategy)),
            ("from", euro(one)),
            (
                "to",
                chosen
                    .get(at + 1)
                    .map_or_else(String::new, |next| euro(next)),
            ),
        ];
        let id = match (at, chosen.len()) {
            (_, 1) if low >= SURE => "value-always-sure",
            (_, 1) => "value-always",
            (0, _) => "value-first",
            (at, all) if at + 1 == all => "value-last",
            _ => "value-between",
        };
        sentences.push(voice.with(id, &values));
    }
    let losses = found.curve.iter().map(|one| one.perfect_information);
    let sure = [("loss", euro(losses.fold(0.0, f64::max), voice))];
    sentences.push(voice.with("value-sure", &sure));
    if let Some(chance) = found.chance {
        let values = [("share", voice.decimals(100.0 * chance, 0))];
        let id = if chance > NOISE {
            "value-noisy"
        } else {
            "value-quiet"
        };
        sentences.push(voice.with(id, &values));
    }
    sentences
}

/// In which shares of the draws a strategy is the best, at the worths at which it is to be chosen; at
/// all that were asked when it is so between them only.
fn best_in(found: &Value, choice: &Choice) -> (f64, f64) {
    let mut places = found.strategies.iter();
    let place = places.position(|one| one.strategy == choice.strategy);
    let shares = |chosen: bool| -> Vec<f64> {
        let points = found.curve.iter();
        let points = points.filter(|one| !chosen || Some(one.best) == place);
        points
            .filter_map(|one| one.best_share.get(place?).copied())
            .collect()
    };
    let mut all = shares(true);
    if all.is_empty() {
        all = shares(false);
    }
    let low = all.iter().copied().fold(1.0, f64::min);
    (low, all.into_iter().fold(0.0, f64::max))
}

fn shares(low: f64, high: f64, voice: &Voice) -> String {
    let whole = |share: f64| voice.decimals(100.0 * share, 0);
    let (low, high) = (whole(low), whole(high));
    if low == high {
        return high + "%";
    }
    voice.with("value-share", &[("low", low), ("high", high)])
}

fn ranged(range: &Range, unit: &str, voice: &Voice) -> String {
    voice.difference(range.mean, Some(range.range), unit)
}

/// Euro to three digits: draws tell no more.
pub(super) fn euro(value: f64, voice: &Voice) -> String {
    let rounded = format!("{value:.2e}").parse().unwrap_or(value);
    voice.level(rounded, None, "euro")
}

pub(super) fn percent(share: f64, voice: &Voice) -> String {
    voice.decimals(100.0 * share, 0) + "%"
}

pub(super) fn plane_rows(found: &Value, voice: &Voice) -> Vec<Vec<String>> {
    let head = [
        "cost",
        "effect",
        "dominates",
        "buys",
        "saves",
        "loses",
        "price",
    ];
    let head = head.map(|id| voice.text(&format!("value-{id}")));
    let mut rows = vec![std::iter::once(String::new()).chain(head).collect()];
    for one in &found.strategies {
        let mut row = vec![voice.name(&one.strategy)];
        if one.strategy == found.null_alternative {
            row.push(voice.text("value-null"));
            row.extend(vec![String::new(); 5]);
        } else {
            row.push(ranged(&one.extra_cost, "euro", voice));
            row.push(ranged(&one.extra_effect, found.unit, voice));
            row.extend(one.quadrants.map(|share| percent(share, voice)));
        }
        row.push(match (one.standing, one.per_effect) {
            (Standing::Frontier, Some(price)) => euro(price, voice),
            (Standing::Frontier, None) => voice.text("value-cheapest"),
            (Standing::Dominated, _) => voice.text("value-dominated"),
            (Standing::ExtendedlyDominated, _) => voice.text("value-extended"),
        });
        rows.push(row);
    }
    rows
}

/// Worths down; acceptability and expected loss of each strategy across, the best marked.
pub(super) fn curve_rows(found: &Value, voice: &Voice) -> Vec<Vec<String>> {
    let mut head = vec![voice.text("value-worth")];
    head.extend(found.strategies.iter().map(|one| voice.name(&one.strategy)));
    head.push(voice.text("value-information"));
    let mut rows = vec![head];
    for point in &found.curve {
        let mut row = vec![voice.level(point.worth, None, "euro")];
        let cells = point
            .best_share
            .iter()
            .zip(&point.expected_loss)
            .enumerate();
        row.extend(cells.map(|(at, (share, loss))| {
            let mark = if at == point.best { "●" } else { " " };
            format!("{mark} {} {}", percent(*share, voice), euro(*loss, voice))
        }));
        row.push(euro(point.perfect_information, voice));
        rows.push(row);
    }
    rows
}

fn knowing(found: &Value, voice: &Voice) -> String {
    let worth = [("worth", voice.level(found.knowing_at, None, "euro"))];
    if found.knowing.is_empty() {
        return format!("\n{}\n", voice.with("value-knows-nothing", &worth));
    }
    let mut text = format!("\n{}\n", voice.with("value-knowing", &worth));
    let row = |one: &super::Knowing| vec![one.parameter.to_owned(), euro(one.worth, voice)];
    text.push_str(&aligned(&found.knowing.iter().map(row).collect::<Vec<_>>()));
    text
}

fn curve(found: &Value) -> String {
    let head = [
        "effect",
        "unit",
        "worth_euro",
        "strategy",
        "best_share",
        "expected_loss_euro",
        "chosen",
        "perfect_information_euro",
    ];
    let rows = found.curve.iter().flat_map(|point| {
        found.strategies.iter().enumerate().map(|(at, one)| {
            vec![
                found.effect.clone(),
                found.unit.to_owned(),
                cell(point.worth),
                one.strategy.clone(),
                cell(point.best_share[at]),
                cell(point.expected_loss[at]),
                (at == point.best).to_string(),
                cell(point.perfect_information),
            ]
        })
    });
    table(&head, rows)
}

fn choices(found: &Value) -> String {
    let head = [
        "strategy",
        "extra_cost_euro",
        "extra_cost_p025",
        "extra_cost_p975",
        "extra_effect",
        "extra_effect_p025",
        "extra_effect_p975",
        "better_cheaper",
        "better_dearer",
        "worse_cheaper",
        "worse_dearer",
        "standing",
        "euro_per_effect",
    ];
    let rows = found.strategies.iter().map(|one| {
        let mut row = vec![one.strategy.clone()];
        for range in [&one.extra_cost, &one.extra_effect] {
            row.extend([range.mean, range.range.0, range.range.1].map(cell));
        }
        row.extend(one.quadrants.map(cell));
        let standing = match one.standing {
            Standing::Frontier => "frontier",
            Standing::Dominated => "dominated",
            Standing::ExtendedlyDominated => "extendedly dominated",
        };
        row.extend([standing.to_owned(), cell(one.per_effect)]);
        row
    });
    table(&head, rows)
}

fn plane(found: &Value) -> String {
    let head = ["draw", "strategy", "extra_cost_euro", "extra_effect"];
    let rows = found.plane.iter().map(|dot| {
        vec![
            dot.draw.to_string(),
            found.strategies[dot.strategy].strategy.clone(),
            cell(dot.cost),
            cell(dot.effect),
        ]
    });
    table(&head, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zalm_report::Lang;

    #[test]
    fn shares_are_a_range_or_one() {
        let (dutch, english) = (Voice::new(Lang::Nl), Voice::new(Lang::En));
        assert_eq!(shares(0.49, 0.61, &english), "49 to 61%");
        assert_eq!(shares(0.49, 0.61, &dutch), "49 tot 61%");
        assert_eq!(shares(0.5, 0.5, &english), "50%");
    }
}
