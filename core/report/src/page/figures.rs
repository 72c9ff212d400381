//! One stressor: four figures, each with its data, and the comparison table.

use super::findings::{best_in, longest, metric_with, payers_moved, score};
use super::{Page, comparison};
use crate::figure::{Width, fan, forest, payers, survival};
use crate::input::Role;
use maud::{Markup, PreEscaped, html};

pub(super) fn section(page: &Page, stressor: usize) -> Markup {
    let info = &page.input.stressors[stressor];
    html! {
        section {
            h2 id={ "stressor-" (stressor) } { (page.with("under", &[("stressor", &info.name)])) }
            p { (info.narrative) }
            @if !info.source.is_empty() {
                p.meta { (page.with("source", &[("source", &info.source)])) }
            }
            (team(page, stressor))
            (households(page, stressor))
            (money(page, stressor))
            (differences(page, stressor))
            (comparison::table(page, stressor))
        }
    }
}

/// Title, subtitle and caption of a figure.
struct Words {
    title: String,
    subtitle: String,
    caption: String,
}

/// A figure from its two drawings; a sentence where there is nothing to draw.
fn framed(
    page: &Page,
    words: &Words,
    draw: impl Fn(Width, (&str, &str)) -> Option<String>,
    data: &Markup,
) -> Markup {
    let alternative = (words.title.as_str(), words.subtitle.as_str());
    let drawings = (
        draw(Width::Wide, alternative),
        draw(Width::Narrow, alternative),
    );
    html! {
        figure {
            h3 { (words.title) }
            p.sub { (words.subtitle) }
            @if let (Some(wide), Some(narrow)) = drawings {
                div.plot {
                    div."wide-plot" { (PreEscaped(wide)) }
                    div.narrow { (PreEscaped(narrow)) }
                }
            } @else {
                p { (page.text("nothing-to-draw")) }
            }
            figcaption { (words.caption) }
            (data)
        }
    }
}

fn team(page: &Page, stressor: usize) -> Markup {
    let null = page.input.null_name();
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
        None => page.with("figure-team-none", &[("null", null)]),
    };
    let words = Words {
        title,
        subtitle: page.with(
            "figure-team-sub",
            &[("project", &page.input.setting.project)],
        ),
        caption: page.text("figure-team-caption"),
    };
    let draw = |width, alternative: (&str, &str)| {
        survival(page.input, &page.writer, stressor, width, alternative)
    };
    framed(page, &words, draw, &comparison::team_tables(page, stressor))
}

fn households(page: &Page, stressor: usize) -> Markup {
    let Some(metric) = metric_with(page.input, &Role::MultiProblem) else {
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
        title,
        subtitle: page.text("figure-households-sub"),
        caption: page.text("figure-households-caption"),
    };
    let draw = |width, alternative: (&str, &str)| {
        fan(
            page.input,
            &page.writer,
            (stressor, metric),
            width,
            alternative,
        )
    };
    framed(
        page,
        &words,
        draw,
        &comparison::fan_table(page, stressor, metric),
    )
}

fn money(page: &Page, stressor: usize) -> Markup {
    if !page
        .input
        .metrics
        .iter()
        .any(|metric| matches!(metric.role, Role::PayerCost(_)))
    {
        return html! {};
    }
    let words = Words {
        title: money_title(page, stressor),
        subtitle: page.with(
            "figure-payers-sub",
            &[
                (
                    "months",
                    &page.writer.numbers.count(page.input.setting.horizon),
                ),
                ("null", page.input.null_name()),
            ],
        ),
        caption: page.text("figure-payers-caption"),
    };
    let draw = |width, alternative: (&str, &str)| {
        payers(page.input, &page.writer, stressor, width, alternative)
    };
    framed(page, &words, draw, &comparison::payer_table(page, stressor))
}

fn money_title(page: &Page, stressor: usize) -> String {
    let null = page.input.null_name();
    let Some(best) = longest(page.input, stressor) else {
        return page.with("figure-payers-neutral", &[("null", null)]);
    };
    let (pay, gain) = payers_moved(page.input, stressor, best.strategy);
    let names = |moved: &[super::findings::Moved]| {
        page.list(moved.iter().map(|moved| page.payer(moved.payer)).collect())
    };
    let (payers, gainers) = (names(&pay), names(&gain));
    let id = match (pay.is_empty(), gain.is_empty()) {
        (true, true) => "figure-payers-none",
        (false, true) => "figure-payers-pay",
        (true, false) => "figure-payers-gain",
        (false, false) => "figure-payers-both",
    };
    let strategy = &page.input.strategies[best.strategy].name;
    page.with(
        id,
        &[
            ("strategy", strategy),
            ("payers", &payers),
            ("gainers", &gainers),
        ],
    )
}

fn differences(page: &Page, stressor: usize) -> Markup {
    let others = (0..page.input.strategies.len()).filter(|s| Some(*s) != page.input.null());
    let best = others
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
                ("strategy", &page.input.strategies[strategy].name),
                ("better", &count(better)),
                ("worse", &count(worse)),
                ("all", &count(all)),
            ],
        ),
        _ => page.with("figure-forest-none", &[("null", page.input.null_name())]),
    };
    let words = Words {
        title,
        subtitle: page.with("figure-forest-sub", &[("null", page.input.null_name())]),
        caption: page.text("figure-forest-caption"),
    };
    let draw = |width, alternative: (&str, &str)| {
        forest(page.input, &page.writer, stressor, width, alternative)
    };
    framed(page, &words, draw, &html! {})
}
