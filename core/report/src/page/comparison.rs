//! Tables: what the figures are drawn from, and every metric with level and difference.

use super::Page;
use super::data::Data;
use super::figures::{Words, framed};
use super::findings::score;
use crate::figure::forest;
use crate::input::{ENDS, Survival, SurvivalStep};
use crate::numbers::Place;
use maud::{Markup, html};

/// The comparison under one stressor: key metrics open, the others folded.
pub(super) fn table(page: &Page, stressor: usize) -> Markup {
    let key = page.input.key_metrics();
    let others: Vec<usize> = page
        .input
        .all_metrics()
        .into_iter()
        .filter(|metric| !key.contains(metric))
        .collect();
    html! {
        h3 { (page.text("comparison")) }
        p.sub { (page.with("comparison-sub", &[("null", page.null.as_str())])) }
        (metric_table(page, stressor, &key))
        @if !others.is_empty() {
            details {
                summary { (page.text("other-metrics")) }
                (metric_table(page, stressor, &others))
            }
        }
    }
}

fn metric_table(page: &Page, stressor: usize, metrics: &[usize]) -> Markup {
    if metrics.is_empty() {
        return html! { p { (page.text("no-metrics")) } };
    }
    let strategies = 0..page.input.strategies.len();
    scrolling(
        page,
        "comparison",
        &html! {
            thead { tr {
                th scope="col" { (page.text("metric")) }
                @for info in &page.input.strategies { th scope="col" { (info.name) } }
            } }
            tbody {
                @for &metric in metrics { tr {
                    @let info = &page.input.metrics[metric];
                    th scope="row" {
                        (page.writer.metric(info, &page.input.payers))
                        " " small { "(" (page.writer.unit(&info.unit)) ")" }
                    }
                    @for strategy in strategies.clone() {
                        @let cell = page.input.cell(stressor, strategy, metric);
                        @let difference = cell.and_then(|cell| cell.difference.as_ref());
                        @let difference = difference.filter(|_| Some(strategy) != page.input.null());
                        @let level = cell.and_then(|cell| cell.level.as_ref());
                        @let same = cell.map_or(0, |cell| cell.same);
                        td {
                            (page.level_and_difference((level, same), difference, &info.unit, info.better))
                        }
                    }
                } }
            }
        },
    )
}

/// What became of the team at the end.
pub(super) fn outcome_table(page: &Page, stressor: usize) -> Markup {
    let arms: Vec<&Survival> = arms(page, stressor);
    if arms.is_empty() {
        return html! {};
    }
    scrolling(
        page,
        "outcome",
        &html! {
            thead { tr {
                th scope="col" { (page.text("strategy")) }
                th scope="col" { (page.text("team-months")) }
                th scope="col" { (page.text("together")) }
                th scope="col" { (page.text("absorbed")) }
                @for end in ENDS { th scope="col" { (page.text(&format!("end-{end}"))) } }
            } }
            tbody { @for arm in &arms { tr {
                th scope="row" { (page.input.strategies[arm.strategy].name) }
                td {
                    @let difference =
                        arm.difference.as_ref().filter(|_| Some(arm.strategy) != page.input.null());
                    (page.level_and_difference(
                        (arm.team_months.as_ref(), arm.same_months), difference, "month",
                        crate::Direction::Higher,
                    ))
                }
                @match arm.outcome {
                    Some(outcome) => {
                        td { (page.percent(outcome.together)) }
                        td { (page.percent(outcome.absorbed)) }
                        @for share in outcome.ended_by { td { (page.percent(share)) } }
                    }
                    None => { @for _ in 0..2 + ENDS.len() { td { (page.text("missing")) } } }
                }
            } } }
        },
    )
}

fn arms<'a>(page: &'a Page, stressor: usize) -> Vec<&'a Survival> {
    let arms = page.input.survival.iter();
    arms.filter(|arm| arm.stressor == stressor).collect()
}

/// The steps of the curves, with the runs that they rest on.
pub(super) fn steps(page: &Page, stressor: usize) -> Data {
    let row = |arm: &Survival, step: &SurvivalStep| {
        let percent = |share: f64| page.writer.numbers.write(100.0 * share, Place::UNITS);
        let end = |pick: fn((f64, f64)) -> f64| {
            step.interval
                .map_or_else(String::new, |interval| percent(pick(interval)))
        };
        vec![
            page.input.strategies[arm.strategy].name.clone(),
            page.writer.numbers.count(step.months as u32),
            page.writer.numbers.count(step.at_risk),
            percent(step.share),
            end(|interval| interval.0),
            end(|interval| interval.1),
        ]
    };
    let rows = |arm: &'_ &Survival| {
        let arm = *arm;
        arm.steps
            .iter()
            .map(|step| row(arm, step))
            .collect::<Vec<_>>()
    };
    let named = ["strategy", "months-since", "at-risk-before"].map(|id| page.text(id));
    let shares = ["together-after", "low", "high"].map(|id| page.in_unit(id, "share"));
    Data {
        caption: "steps",
        head: named.into_iter().chain(shares).collect(),
        rows: arms(page, stressor).iter().flat_map(rows).collect(),
    }
}

/// Differences in the key metrics, as a forest.
pub(super) fn differences(page: &Page, stressor: usize) -> Markup {
    let best = page
        .input
        .others()
        .map(|s| (s, score(page.input, stressor, s)))
        .max_by_key(|(s, score)| {
            // The first declared wins a tie.
            (
                i64::from(score.0) - i64::from(score.1),
                std::cmp::Reverse(*s),
            )
        });
    let count = |n: u32| page.writer.numbers.count(n);
    let title = match best {
        Some((strategy, (better, worse, all))) if better > 0 => page.with(
            "figure-forest",
            &[
                ("strategy", &page.begin(strategy)),
                ("better", &count(better)),
                ("worse", &count(worse)),
                ("all", &count(all)),
            ],
        ),
        _ => page.with("figure-forest-none", &[("null", page.null.as_str())]),
    };
    let words = Words {
        kind: "forest",
        title,
        subtitle: page.with("figure-forest-sub", &[("null", page.null.as_str())]),
        caption: page.text("figure-forest-caption"),
    };
    let draw = |id: &str, width, alternative: (&str, &str)| {
        forest(page.input, &page.writer, (id, stressor), width, alternative)
    };
    framed(page, stressor, &words, draw, &forest_data(page, stressor))
}

/// Every difference with the ends of its interval.
fn forest_data(page: &Page, stressor: usize) -> Data {
    let mut rows = Vec::new();
    for metric in page.input.key_metrics() {
        let info = &page.input.metrics[metric];
        for (strategy, named) in page.input.strategies.iter().enumerate() {
            let cell = page.input.cell(stressor, strategy, metric);
            let difference = cell.and_then(|cell| cell.difference.as_ref());
            let Some(difference) = difference.filter(|_| Some(strategy) != page.input.null())
            else {
                continue;
            };
            let (value, ends) = page.writer.difference_ends(difference, &info.unit);
            let (low, high) = ends.unwrap_or_default();
            let name = page.writer.metric(info, &page.input.payers);
            let unit = page.writer.unit_of_difference(&info.unit);
            let (boot_low, boot_high) = page.writer.bootstrap_ends(difference, &info.unit);
            let times = difference.variance_reduction;
            let times = times.map_or_else(String::new, |times| page.writer.times(times));
            let named = named.name.clone();
            rows.push(vec![
                name, unit, named, value, low, high, boot_low, boot_high, times,
            ]);
        }
    }
    let head = [
        "metric",
        "unit",
        "strategy",
        "difference",
        "low",
        "high",
        "bootstrap-low",
        "bootstrap-high",
        "times-runs",
    ];
    Data {
        caption: "differences",
        head: head.map(|id| page.text(id)).to_vec(),
        rows,
    }
}

/// A table that scrolls on a narrow page, also with the keyboard.
fn scrolling(page: &Page, caption: &str, rows: &Markup) -> Markup {
    let text = page.text(&format!("caption-{caption}"));
    html! {
        div.scroll tabindex="0" role="region" aria-label=(text) {
            table { caption { (text) } (rows) }
        }
    }
}
