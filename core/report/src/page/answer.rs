//! The answer in words and three key numbers, every stressor with equal place.

use super::Page;
use super::findings::{Longest, Moved, best_in, judged, longest, metric_with, payers_moved};
use crate::input::{Difference, Direction, Role};
use crate::verdict::Verdict;
use maud::{Markup, html};

pub(super) fn section(page: &Page) -> Markup {
    html! {
        section {
            h2 #answer { (page.text("answer")) }
            div.answer {
                @for (index, stressor) in page.input.stressors.iter().enumerate() {
                    section {
                        h3 { (page.with("under", &[("stressor", &stressor.name)])) }
                        ul { @for sentence in sentences(page, index) { li { (sentence) } } }
                    }
                }
            }
            p.meta { (page.text("answer-rule")) }
        }
        (key_numbers(page))
    }
}

/// The answer under one stressor, by the fixed rule.
fn sentences(page: &Page, stressor: usize) -> Vec<String> {
    let Some(best) = longest(page.input, stressor) else {
        return without_winner(page, stressor);
    };
    let mut sentences = vec![together(page, &best)];
    if !best.rivals.is_empty() {
        let names = best
            .rivals
            .iter()
            .map(|rival| page.input.strategies[*rival].name.clone());
        sentences.push(page.with("answer-rivals", &[("names", &page.list(names.collect()))]));
    }
    sentences.extend(households(page, stressor, best.strategy));
    sentences.push(costs(page, stressor, best.strategy));
    sentences
}

/// What can still be said when no strategy keeps the team together clearly longer.
fn without_winner(page: &Page, stressor: usize) -> Vec<String> {
    let differences: Vec<Verdict> = page
        .input
        .survival
        .iter()
        .filter(|arm| arm.stressor == stressor && Some(arm.strategy) != page.input.null())
        .filter_map(|arm| Some(arm.difference.as_ref()?.verdict(Direction::Higher)))
        .collect();
    let id = match differences.as_slice() {
        _ if page.input.strategies.len() < 2 => "answer-alone",
        [] => "answer-no-difference",
        all if all.iter().all(|verdict| *verdict == Verdict::Same) => "answer-same",
        _ => "answer-none",
    };
    let mut sentences = vec![page.with(id, &[("null", page.input.null_name())])];
    let helps = metric_with(page.input, &Role::MultiProblem)
        .and_then(|metric| best_in(page.input, stressor, metric));
    if let Some(strategy) = helps {
        let name = &page.input.strategies[strategy].name;
        sentences.push(page.with("answer-still", &[("strategy", name)]));
        sentences.extend(households(page, stressor, strategy));
        sentences.push(costs(page, stressor, strategy));
    }
    sentences
}

fn together(page: &Page, best: &Longest) -> String {
    let (months, range) = page.writer.difference(best.difference, "month");
    let outcome = best.arm.outcome.unwrap_or_default();
    let share = |share: f64| page.percent(share);
    page.with(
        "answer-longest",
        &[
            ("strategy", &page.input.strategies[best.strategy].name),
            ("null", page.input.null_name()),
            ("months", months.trim_start_matches('+')),
            ("range", &range.replace('+', "")),
            ("together", &share(outcome.together)),
        ],
    )
}

fn households(page: &Page, stressor: usize, strategy: usize) -> Option<String> {
    let metric = metric_with(page.input, &Role::MultiProblem)?;
    let (difference, verdict) = judged(page.input, stressor, strategy, metric)?;
    let id = match verdict {
        Verdict::Better => "answer-households-fewer",
        Verdict::Worse => "answer-households-more",
        Verdict::Different | Verdict::Same | Verdict::Unclear => "answer-households-unclear",
    };
    // "48 fewer (38 to 58)": the words carry the sign, except where there is no clear direction.
    let said = if verdict == Verdict::Better {
        turned(difference)
    } else {
        *difference
    };
    let (count, range) = page
        .writer
        .difference(&said, &page.input.metrics[metric].unit);
    let plain = if id == "answer-households-unclear" {
        range
    } else {
        range.replace('+', "")
    };
    Some(page.with(
        id,
        &[("count", count.trim_start_matches('+')), ("range", &plain)],
    ))
}

/// The same difference seen from the other side.
fn turned(difference: &Difference) -> Difference {
    let mut turned = *difference;
    turned.estimate.mean = -difference.estimate.mean;
    turned.estimate.interval = difference
        .estimate
        .interval
        .map(|(low, high)| (-high, -low));
    turned
}

fn costs(page: &Page, stressor: usize, strategy: usize) -> String {
    let (pay, gain) = payers_moved(page.input, stressor, strategy);
    let names = |moved: &[Moved]| page.list(moved.iter().map(|m| with_amount(page, m)).collect());
    let (payers, gainers) = (names(&pay), names(&gain));
    let id = match (pay.is_empty(), gain.is_empty()) {
        (true, true) => "answer-costs-unclear",
        (false, true) => "answer-costs-pay",
        (true, false) => "answer-costs-gain",
        (false, false) => "answer-costs-both",
    };
    page.with(id, &[("payers", &payers), ("gainers", &gainers)])
}

fn with_amount(page: &Page, moved: &Moved) -> String {
    let unit = &page.input.metrics[moved.metric].unit;
    let (amount, _) = page.writer.difference(moved.difference, unit);
    format!("{} ({amount})", page.payer(moved.payer))
}

/// Three numbers of the strategy that the answer names, or of all when it names none.
fn key_numbers(page: &Page) -> Markup {
    let roles = [
        ("key-households", Role::MultiProblem),
        ("key-cost", Role::TotalCost),
    ];
    html! {
        section aria-labelledby="key" {
            h2 #key { (page.text("key-numbers")) }
            p.sub { (page.with("key-sub", &[("null", page.input.null_name())])) }
            div.cards {
                (card(page, "key-team", |stressor, strategy| {
                    let arm = page.input.survival_of(stressor, strategy)?;
                    Some((arm.difference.as_ref()?, "month"))
                }))
                @for (title, role) in roles {
                    @if let Some(metric) = metric_with(page.input, &role) {
                        (card(page, title, |stressor, strategy| {
                            let cell = page.input.cell(stressor, strategy, metric)?;
                            Some((cell.difference.as_ref()?, &page.input.metrics[metric].unit))
                        }))
                    }
                }
            }
        }
    }
}

fn card<'a>(
    page: &Page,
    title: &str,
    number: impl Fn(usize, usize) -> Option<(&'a Difference, &'a str)>,
) -> Markup {
    html! {
        div.card {
            h3 { (page.text(title)) }
            dl { @for (stressor, info) in page.input.stressors.iter().enumerate() {
                @let strategy = shown(page, stressor);
                dt { (info.name)
                    @if let Some(strategy) = strategy { ": " (page.input.strategies[strategy].name) }
                }
                @match strategy.and_then(|strategy| number(stressor, strategy)) {
                    Some((difference, unit)) => {
                        @let (value, range) = page.writer.difference(difference, unit);
                        dd { span.big { (value) } @if !range.is_empty() { " (" (range) ")" } }
                    }
                    None => { dd { (page.text("missing")) } }
                }
            } }
        }
    }
}

/// The strategy that the answer names, else the one with the largest difference, clear or not.
fn shown(page: &Page, stressor: usize) -> Option<usize> {
    let clear = longest(page.input, stressor).map(|best| best.strategy);
    let others = page
        .input
        .survival
        .iter()
        .filter(|arm| arm.stressor == stressor && Some(arm.strategy) != page.input.null());
    let mean = |arm: &crate::input::Survival| arm.difference.map_or(f64::MIN, |d| d.estimate.mean);
    let any = || {
        others
            .max_by(|a, b| mean(a).total_cmp(&mean(b)))
            .map(|arm| arm.strategy)
    };
    let declared = || (0..page.input.strategies.len()).find(|s| Some(*s) != page.input.null());
    clear.or_else(any).or_else(declared)
}
