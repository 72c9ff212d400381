//! Figures of people and of the project: households, care, neighbourhood, team, coalition.

use super::Page;
use super::comparison;
use super::data::Data;
use super::figures::{Words, framed};
use super::findings::{best_in, longest};
use crate::figure::{Bounds, Course, Width, bounds, fan, survival};
use crate::input::{Fan, FanPoint, Role};
use crate::quantity::is_share;
use maud::{Markup, html};

/// Households in a multi-problem situation over time, by strategy.
pub(super) fn households(page: &Page, stressor: usize) -> Markup {
    let Some(metric) = page.input.metric_with(&Role::MultiProblem) else {
        return html! {};
    };
    let title = match best_in(page.input, stressor, metric) {
        Some(best) => page.with(
            "figure-households",
            &[("strategy", &page.input.strategies[best].name)],
        ),
        None => page.with(
            "figure-households-none",
            &[("null", page.input.null_name())],
        ),
    };
    let words = Words {
        kind: "households",
        title,
        subtitle: page.text("figure-households-sub"),
        caption: page.text("figure-households-caption"),
    };
    courses(page, stressor, &words, &page.input.fans, metric)
}

/// The paired difference in households over time, with single pairs.
pub(super) fn difference(page: &Page, stressor: usize) -> Markup {
    let Some(metric) = page.input.metric_with(&Role::MultiProblem) else {
        return html! {};
    };
    let of = |fan: &&Fan| (fan.stressor, fan.metric) == (stressor, metric);
    let fans = page.input.differences.iter().filter(of);
    let Some(most) = fans.min_by(|a, b| a.end().total_cmp(&b.end())) else {
        return html! {};
    };
    let end = most.end();
    let count = page.writer.numbers.count(end.abs().round() as u32);
    let id = if end < 0.0 {
        "figure-difference"
    } else {
        "figure-difference-none"
    };
    let words = Words {
        kind: "difference",
        title: page.with(
            id,
            &[
                ("strategy", &page.input.strategies[most.strategy].name),
                ("count", &count),
                ("null", page.input.null_name()),
            ],
        ),
        subtitle: page.with("figure-difference-sub", &[("null", page.input.null_name())]),
        caption: page.with(
            "figure-difference-caption",
            &[("strategy", &page.input.strategies[most.strategy].name)],
        ),
    };
    let singles = most.strategy;
    courses_with(
        page,
        stressor,
        &words,
        (&page.input.differences, metric),
        Some(singles),
    )
}

/// Strength of the coalition's ties over time, by strategy.
pub(super) fn coalition(page: &Page, stressor: usize) -> Markup {
    let Some(metric) = page.input.metric_with(&Role::Coalition) else {
        return html! {};
    };
    let fans = page.input.fans.iter();
    let fans = fans.filter(|fan| (fan.stressor, fan.metric) == (stressor, metric));
    let Some(best) = fans.max_by(|a, b| a.end().total_cmp(&b.end())) else {
        return html! {};
    };
    let words = Words {
        kind: "coalition",
        title: page.with(
            "figure-coalition",
            &[
                ("strategy", &page.input.strategies[best.strategy].name),
                ("share", &page.percent(best.end())),
            ],
        ),
        subtitle: page.text("figure-coalition-sub"),
        caption: page.text("figure-coalition-caption"),
    };
    courses(page, stressor, &words, &page.input.fans, metric)
}

fn courses(page: &Page, stressor: usize, words: &Words, fans: &[Fan], metric: usize) -> Markup {
    courses_with(page, stressor, words, (fans, metric), None)
}

/// A line for each strategy; single pairs for one of them.
fn courses_with(
    page: &Page,
    stressor: usize,
    words: &Words,
    (fans, metric): (&[Fan], usize),
    singles: Option<usize>,
) -> Markup {
    let of_metric = || fans.iter().filter(|fan| fan.metric == metric);
    let Some(bounds) = bounds(of_metric()) else {
        return html! {};
    };
    let own = of_metric().filter(|fan| fan.stressor == stressor);
    let lines: Vec<Course> = own
        .filter_map(|fan| {
            Some(Course {
                look: fan.strategy,
                name: &page.input.strategies.get(fan.strategy)?.name,
                fan,
                beside: None,
                paths: singles == Some(fan.strategy),
            })
        })
        .collect();
    let unit = page.input.metrics[metric].unit.as_str();
    drawn(page, stressor, words, &lines, (bounds, unit))
}

/// Courses over time with the data behind them.
fn drawn(
    page: &Page,
    stressor: usize,
    words: &Words,
    lines: &[Course],
    (bounds, unit): (Bounds, &str),
) -> Markup {
    let draw = |id: &str, width, alternative: (&str, &str)| {
        fan(&page.writer, id, lines, (bounds, unit), width, alternative)
    };
    framed(page, stressor, words, draw, &course_data(page, lines, unit))
}

/// The four rungs of the ladder under one strategy, beside those of the null alternative.
pub(super) fn ladder(page: &Page, stressor: usize) -> Markup {
    let rungs: Vec<usize> = (0..4)
        .filter_map(|rung| page.input.metric_with(&Role::Rung(rung)))
        .collect();
    let (Some(strategy), Some(null)) = (page.shown(stressor), page.input.null()) else {
        return html! {};
    };
    let all = || {
        page.input
            .fans
            .iter()
            .filter(|fan| rungs.contains(&fan.metric))
    };
    let Some(((from, to), (low, high))) = bounds(all()) else {
        return html! {};
    };
    let names: Vec<String> = (0..rungs.len())
        .map(|rung| page.text(&format!("rung-{rung}")))
        .collect();
    let line = |(rung, metric): (usize, &usize)| {
        Some(Course {
            look: rung,
            name: &names[rung],
            fan: page.input.fan(stressor, strategy, *metric)?,
            beside: page.input.fan(stressor, null, *metric),
            paths: false,
        })
    };
    let lines: Vec<Course> = rungs.iter().enumerate().filter_map(line).collect();
    let gap = |course: &Course| Some(course.fan.end() - course.beside?.end());
    let most = lines
        .iter()
        .filter_map(|course| Some((course.name, gap(course)?)))
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let name = &page.input.strategies[strategy].name;
    // Less than a point on a ladder of a hundred is no finding.
    let title = match most.filter(|(_, gap)| gap.abs() >= 0.01) {
        Some((rung, gap)) => page.with(
            if gap > 0.0 {
                "figure-ladder-up"
            } else {
                "figure-ladder-down"
            },
            &[
                ("strategy", name),
                ("rung", rung),
                (
                    "points",
                    &page
                        .writer
                        .numbers
                        .count((100.0 * gap.abs()).round() as u32),
                ),
                ("null", page.input.null_name()),
            ],
        ),
        None => page.with(
            "figure-ladder-same",
            &[("strategy", name), ("null", page.input.null_name())],
        ),
    };
    let words = Words {
        kind: "ladder",
        title,
        subtitle: page.with(
            "figure-ladder-sub",
            &[("strategy", name), ("null", page.input.null_name())],
        ),
        caption: page.text("figure-ladder-caption"),
    };
    let bounds = ((from, to), (low.max(0.0), high.min(1.0)));
    drawn(page, stressor, &words, &lines, (bounds, "share"))
}

/// One row a year for each line.
fn course_data(page: &Page, lines: &[Course], unit: &str) -> Data {
    let row = |course: &Course, point: &FanPoint| {
        let scale = if is_share(unit) { 100.0 } else { 1.0 };
        let half = scale * (point.p90 - point.p10) / 2.0;
        let place = crate::Place::of(scale * point.mean, Some(half));
        let write = |value: f64| page.writer.value(value, unit, place);
        let year = format!("{:.0}", point.year.floor());
        let values = [write(point.mean), write(point.p10), write(point.p90)];
        [vec![course.name.to_owned(), year], values.to_vec()].concat()
    };
    let rows = |course| {
        yearly(course)
            .into_iter()
            .map(move |point| row(course, point))
    };
    let head = ["of", "year", "mean", "p10", "p90"];
    Data {
        caption: "course",
        head: head.map(|id| page.text(id)).to_vec(),
        rows: lines.iter().flat_map(rows).collect(),
    }
}

/// The first point of every calendar year.
fn yearly<'a>(course: &Course<'a>) -> Vec<&'a FanPoint> {
    let mut year = f64::MIN;
    let mut is_new = |point: &&FanPoint| {
        let new = point.year.floor() > year;
        year = year.max(point.year.floor());
        new
    };
    let fan: &'a Fan = course.fan;
    fan.points.iter().filter(|point| is_new(point)).collect()
}

/// How long the team stays together.
pub(super) fn team(page: &Page, stressor: usize) -> Markup {
    let title = match longest(page.input, stressor) {
        Some(best) => page.with(
            "figure-team",
            &[
                ("strategy", &page.input.strategies[best.strategy].name),
                (
                    "together",
                    &page.percent(best.arm.outcome.unwrap_or_default().together),
                ),
            ],
        ),
        None => page.with("figure-team-none", &[("null", page.input.null_name())]),
    };
    let words = Words {
        kind: "survival",
        title,
        subtitle: page.with(
            "figure-team-sub",
            &[("project", &page.input.setting.project)],
        ),
        caption: page.text("figure-team-caption"),
    };
    let draw = |id: &str, width: Width, alternative: (&str, &str)| {
        survival(page.input, &page.writer, (id, stressor), width, alternative)
    };
    html! {
        (framed(page, stressor, &words, draw, &comparison::steps(page, stressor)))
        (comparison::outcome_table(page, stressor))
    }
}
