//! Tables: what the figures are drawn from, and every metric with level and difference.

use super::Page;
use crate::input::{Fan, Role, Survival};
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
        p.sub { (page.with("comparison-sub", &[("null", page.input.null_name())])) }
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
                        td { (page.level_and_difference(level, difference, &info.unit, info.better)) }
                    }
                } }
            }
        },
    )
}

/// What became of the team, and how many runs each point of the curve rests on.
pub(super) fn team_tables(page: &Page, stressor: usize) -> Markup {
    let arms: Vec<&Survival> = page
        .input
        .survival
        .iter()
        .filter(|arm| arm.stressor == stressor)
        .collect();
    if arms.is_empty() {
        return html! {};
    }
    html! {
        (outcome_table(page, &arms))
        (at_risk_table(page, &arms))
        details {
            summary { (page.text("data")) }
            (steps_table(page, &arms))
        }
    }
}

fn outcome_table(page: &Page, arms: &[&Survival]) -> Markup {
    scrolling(
        page,
        "outcome",
        &html! {
            thead { tr {
                th scope="col" { (page.text("strategy")) }
                th scope="col" { (page.text("team-months")) }
                th scope="col" { (page.text("together")) }
                th scope="col" { (page.text("absorbed")) }
                th scope="col" { (page.text("ended")) }
            } }
            tbody { @for arm in arms { tr {
                th scope="row" { (page.input.strategies[arm.strategy].name) }
                td {
                    @let difference =
                        arm.difference.as_ref().filter(|_| Some(arm.strategy) != page.input.null());
                    (page.level_and_difference(
                        arm.team_months.as_ref(), difference, "month", crate::Direction::Higher,
                    ))
                }
                @match arm.outcome {
                    Some(outcome) => {
                        td { (page.percent(outcome.together)) }
                        td { (page.percent(outcome.absorbed)) }
                        td { (page.percent(outcome.ended)) }
                    }
                    None => { @for _ in 0..3 { td { (page.text("missing")) } } }
                }
            } } }
        },
    )
}

fn at_risk_table(page: &Page, arms: &[&Survival]) -> Markup {
    let years: Vec<u32> = arms[0]
        .at_risk
        .iter()
        .map(|(months, _)| months / 12)
        .collect();
    scrolling(
        page,
        "at-risk",
        &html! {
            thead { tr {
                th scope="col" { (page.text("after-years")) }
                @for year in &years { th scope="col" { (year) } }
            } }
            tbody { @for arm in arms { tr {
                th scope="row" { (page.input.strategies[arm.strategy].name) }
                @for (_, runs) in &arm.at_risk { td { (page.writer.numbers.count(*runs)) } }
            } } }
        },
    )
}

fn steps_table(page: &Page, arms: &[&Survival]) -> Markup {
    scrolling(
        page,
        "steps",
        &html! {
            thead { tr {
                th scope="col" { (page.text("strategy")) }
                th scope="col" { (page.text("months-since")) }
                th scope="col" { (page.text("together")) }
                th scope="col" { (page.text("interval")) }
            } }
            tbody { @for arm in arms { @for step in &arm.steps { tr {
                th scope="row" { (page.input.strategies[arm.strategy].name) }
                td { (page.writer.numbers.count(step.months as u32)) }
                td { (page.percent(step.share)) }
                td { @if let Some((low, high)) = step.interval {
                    (page.writer.range(&page.percent(low), &page.percent(high)))
                } }
            } } } }
        },
    )
}

/// The courses behind figure 2, one row a year.
pub(super) fn fan_table(page: &Page, stressor: usize, metric: usize) -> Markup {
    let fans: Vec<&Fan> = page
        .input
        .fans
        .iter()
        .filter(|fan| (fan.stressor, fan.metric) == (stressor, metric))
        .collect();
    if fans.is_empty() {
        return html! {};
    }
    html! { details {
        summary { (page.text("data")) }
        (scrolling(page, "course", &html! {
            thead { tr {
                th scope="col" { (page.text("strategy")) }
                th scope="col" { (page.text("year")) }
                th scope="col" { (page.text("mean")) }
                th scope="col" { (page.text("band")) }
            } }
            tbody { @for fan in fans { @for point in yearly(fan) { tr {
                @let write = |value: f64| page.writer.numbers.write(
                    value, crate::Place::of(point.mean, Some((point.p90 - point.p10) / 2.0)),
                );
                th scope="row" { (page.input.strategies[fan.strategy].name) }
                td { (format!("{:.0}", point.year.floor())) }
                td { (write(point.mean)) }
                td { (page.writer.range(&write(point.p10), &write(point.p90))) }
            } } } }
        }))
    } }
}

/// The first point of every calendar year.
fn yearly(fan: &Fan) -> Vec<&crate::input::FanPoint> {
    let mut year = f64::MIN;
    let mut is_new = |point: &&crate::input::FanPoint| {
        let new = point.year.floor() > year;
        year = year.max(point.year.floor());
        new
    };
    fan.points.iter().filter(|point| is_new(point)).collect()
}

/// Cost per payer: the data of figure 3.
pub(super) fn payer_table(page: &Page, stressor: usize) -> Markup {
    let of_payer = |metric: &usize| matches!(page.input.metrics[*metric].role, Role::PayerCost(_));
    let metrics: Vec<usize> = (0..page.input.metrics.len()).filter(of_payer).collect();
    html! { details {
        summary { (page.text("data")) }
        (metric_table(page, stressor, &metrics))
    } }
}

/// A table that scrolls on a narrow page, also with the keyboard.
fn scrolling(page: &Page, caption: &str, rows: &Markup) -> Markup {
    // Many columns of small numbers may stand close together.
    let tight = caption == "at-risk";
    let text = page.text(&format!("caption-{caption}"));
    html! {
        div.scroll.tight[tight] tabindex="0" role="region" aria-label=(text) {
            table { caption { (text) } (rows) }
        }
    }
}
