//! Figures of people and of the project: households, care, neighbourhood, team, coalition.

use super::Page;
use super::comparison;
use super::data::{Data, iso_month, told};
use super::figures::{Words, framed};
use super::findings::{best_in, clearest, longest};
use crate::figure::{Bounds, Course, Width, bounds, fan, survival};
use crate::input::{Difference, Direction, Fan, FanPoint, Of, Role};
use crate::numbers::Place;
use crate::quantity::is_share;
use maud::{Markup, html};

/// Households in a multi-problem situation over time, by strategy.
pub(super) fn households(page: &Page, stressor: usize) -> Markup {
    let Some(metric) = page.input.metric_with(&Role::MultiProblem) else {
        return html! {};
    };
    let best = best_in(page.input, stressor, metric);
    let name = best.map_or_else(String::new, |best| page.the(best));
    let variables = [("strategy", name.as_str()), ("null", page.null.as_str())];
    let title = page.finding("figure-households", best.is_some().then_some(&variables));
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
    // Single pairs are those of one strategy: where none is clear, of the one that is farthest.
    let Some(most) = fans.min_by(|a, b| a.end().total_cmp(&b.end())) else {
        return html! {};
    };
    let at_end = |strategy| page.input.further(stressor, strategy, Of::End(metric));
    let found = clearest(page.input, Direction::Lower, at_end);
    let singles = found.map_or(most.strategy, |found| found.0);
    let name = page.the(singles);
    let words = Words {
        kind: "difference",
        title: page.best("figure-difference", found, "households"),
        subtitle: page.with("figure-difference-sub", &[("null", page.null.as_str())]),
        caption: page.with("figure-difference-caption", &[("strategy", &name)]),
    };
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
    let at_end = |strategy| page.input.further(stressor, strategy, Of::End(metric));
    let found = clearest(page.input, Direction::Higher, at_end);
    let words = Words {
        kind: "coalition",
        title: page.best("figure-coalition", found, "share"),
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
    let name = &page.the(strategy);
    let title = ladder_title(page, (stressor, strategy), &rungs);
    let words = Words {
        kind: "ladder",
        title,
        subtitle: page.with(
            "figure-ladder-sub",
            &[("strategy", name), ("null", page.null.as_str())],
        ),
        caption: page.text("figure-ladder-caption"),
    };
    let bounds = ((from, to), (low.max(0.0), high.min(1.0)));
    drawn(page, stressor, &words, &lines, (bounds, "share"))
}

/// The rung that is clearly moved farthest at the end.
fn ladder_title(page: &Page, (stressor, strategy): (usize, usize), rungs: &[usize]) -> String {
    let moved = rungs.iter().enumerate().filter_map(|(rung, metric)| {
        let difference = page.input.further(stressor, strategy, Of::End(*metric))?;
        let clear = difference.verdict(Direction::Neither).is_clear();
        clear.then_some((rung, difference))
    });
    let far = |one: &(usize, &Difference)| one.1.estimate.mean.abs();
    let most = moved.max_by(|a, b| far(a).total_cmp(&far(b)));
    let name = &page.the(strategy);
    let null = page.null.as_str();
    let Some((rung, difference)) = most else {
        return page.with("figure-ladder-same", &[("strategy", name), ("null", null)]);
    };
    let id = if difference.estimate.mean > 0.0 {
        "figure-ladder-up"
    } else {
        "figure-ladder-down"
    };
    page.with(
        id,
        &[
            ("strategy", name),
            ("rung", &page.text(&format!("rung-{rung}"))),
            ("count", &page.size(difference, "share")),
            ("null", null),
        ],
    )
}

/// One row a year for each line, and one of its end.
fn course_data(page: &Page, lines: &[Course], unit: &str) -> Data {
    let row = |course: &Course, point: &FanPoint| {
        let scale = if is_share(unit) { 100.0 } else { 1.0 };
        let half = scale * (point.p90 - point.p10) / 2.0;
        let place = Place::of(scale * point.mean, Some(half)).max(Place::decimals(2));
        let write = |value: f64| page.writer.numbers.write(scale * value, place);
        let FanPoint {
            mean,
            p10,
            p25,
            p50,
            p75,
            p90,
            ..
        } = *point;
        let values = [mean, p10, p25, p50, p75, p90].map(write);
        [
            vec![course.name.to_owned(), iso_month(point.year)],
            values.to_vec(),
        ]
        .concat()
    };
    let rows = |course: &Course| {
        let points = &course.fan.points;
        let years: Vec<f64> = points.iter().map(|point| point.year).collect();
        let rows = told(&years).map(|at| row(course, &points[at]));
        rows.collect::<Vec<_>>()
    };
    let named = ["of", "moment"].map(|id| page.text(id));
    let numbers = ["mean", "p10", "p25", "p50", "p75", "p90"].map(|id| page.in_unit(id, unit));
    Data {
        caption: "course",
        head: named.into_iter().chain(numbers).collect(),
        rows: lines.iter().flat_map(rows).collect(),
    }
}

/// How long the team stays together.
pub(super) fn team(page: &Page, stressor: usize) -> Markup {
    let best = longest(page.input, stressor);
    // Who stays longest of all is not known while another's interval overlaps.
    let alone = best.as_ref().is_none_or(|best| best.rivals.is_empty());
    let id = if alone {
        "figure-team"
    } else {
        "figure-team-longer"
    };
    let together = best.as_ref().map_or_else(String::new, |best| {
        page.percent(best.arm.outcome.unwrap_or_default().together)
    });
    let strategy = best
        .as_ref()
        .map_or_else(String::new, |best| page.begin(best.strategy));
    let variables = [
        ("strategy", strategy.as_str()),
        ("together", together.as_str()),
        ("null", page.null.as_str()),
    ];
    let title = match &best {
        Some(_) => page.finding(id, Some(&variables)),
        None => page.finding("figure-team", None),
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
