//! Page one: the answer over all stressors, three numbers, who pays, how sure, what could flip it.

use super::findings::{Longest, Moved, best_in, judged, longest, payers_moved};
use super::{Page, who};
use crate::input::{Difference, Direction, Grade, Role, Survival};
use crate::lookup::Case;
use crate::quantity::is_euro;
use crate::robust::{Recommended, Robustness, SMALL, recommended, robustness};
use crate::varied::sizes;
use crate::verdict::Verdict;
use maud::{Markup, html};

pub(super) fn section(page: &Page) -> Markup {
    let found = recommended(page.input);
    let shown = found
        .as_ref()
        .map_or_else(|| shown(page), |found| Some(found.strategy));
    html! {
        section {
            h2 #answer { (page.text("answer")) }
            p.lead { (recommendation(page, found.as_ref())) }
            @if let Some(strategy) = shown {
                (key_numbers(page, strategy))
                dl.facts {
                    dt { (page.text("fact-costs")) }
                    dd { (balance(page, strategy)) (who::pays(page, strategy)) }
                    dt { (page.text("fact-sure")) }
                    dd { (how_sure(page)) }
                    dt { (page.text("fact-flip")) }
                    dd { (page.text("flip-unknown")) }
                }
            }
            p.meta { (page.with("answer-rule", &[("small", &page.percent(SMALL))])) }
        }
    }
}

/// One sentence over all stressors.
fn recommendation(page: &Page, found: Option<&Recommended>) -> String {
    let null = page.null.as_str();
    let Some(found) = found else {
        return page.with(unclear(page, None, "overall-none"), &[("null", null)]);
    };
    let count = |number: usize| page.writer.numbers.count(number as u32);
    let id = match (found.clear_in == found.of, found.of) {
        (true, 1) => "overall-one",
        (true, _) => "overall-all",
        (false, _) => "overall-some",
    };
    let sentence = page.with(
        id,
        &[
            ("strategy", &page.begin(found.strategy)),
            ("null", null),
            ("count", &count(found.clear_in)),
            ("all", &count(found.of)),
        ],
    );
    if found.rivals.is_empty() {
        return sentence;
    }
    let rivals = page.list(found.rivals.iter().map(|rival| page.the(*rival)).collect());
    format!(
        "{sentence} {}",
        page.with("overall-rivals", &[("names", &rivals)])
    )
}

/// Whether benefits exceed costs, by the fixed rule over all stressors.
fn balance(page: &Page, strategy: usize) -> String {
    let metric = page.input.metric_with(&Role::TotalCost);
    let cases = metric.map_or_else(Vec::new, |metric| page.input.cases(strategy, metric));
    let Some(found) = robustness(&cases, Direction::Lower) else {
        return String::new();
    };
    let cheaper = cases.iter().all(|case| case.difference.estimate.mean < 0.0);
    let id = match (found, cheaper) {
        (Robustness::Robust, true) => "balance-cheaper",
        (Robustness::Robust, false) => "balance-dearer",
        (Robustness::Leaning, true) => "balance-leans-cheaper",
        (Robustness::Leaning, false) => "balance-leans-dearer",
        (Robustness::AboutEqual, _) => "balance-equal",
        (Robustness::Uncertain, _) => "balance-uncertain",
    };
    page.with(id, &[("small", &page.percent(SMALL))])
}

fn how_sure(page: &Page) -> String {
    let parameters = &page.input.parameters;
    let assumed = parameters
        .iter()
        .filter(|one| one.grade == Grade::Assumption);
    let share = assumed.count() as f64 / parameters.len().max(1) as f64;
    let setting = &page.input.setting;
    let replications = page.writer.numbers.count(setting.replications_done);
    page.with(
        &setting.varied.text("how-sure"),
        &[
            ("replications", &replications),
            ("sizes", &sizes(page.input, &page.writer)),
            ("share", &page.percent(share)),
        ],
    )
}

/// Three numbers of one strategy: under the first stressor, and how far they go over all.
fn key_numbers(page: &Page, strategy: usize) -> Markup {
    let metric = |role| page.input.metric_with(&role);
    let numbers = [
        (
            "key-team",
            page.input.team_cases(strategy),
            "month",
            Direction::Higher,
        ),
        of_metric(page, "key-households", strategy, metric(Role::MultiProblem)),
        of_metric(page, "key-cost", strategy, metric(Role::TotalCost)),
    ];
    let first = page
        .input
        .stressors
        .first()
        .map_or("", |stressor| &stressor.name);
    html! {
        h3 #key { (page.with("key-numbers", &[
            ("strategy", &page.the(strategy)),
            ("null", page.null.as_str()),
        ])) }
        div.cards { @for (title, cases, unit, better) in &numbers { div.card {
            h4 { (page.text(title)) }
            @match cases.first() {
                Some(case) => {
                    @let (value, range) = page.writer.difference(&case.difference, unit);
                    p.big { (value) @if !is_euro(unit) { " " small { (page.writer.unit_of_difference(unit)) } } }
                    p.meta { @if !range.is_empty() { (range) "; " } (first) }
                    (over_all(page, cases, unit, *better))
                }
                None => { p { (page.text("missing")) } }
            }
        } } }
    }
}

fn of_metric<'a>(
    page: &'a Page,
    title: &'static str,
    strategy: usize,
    metric: Option<usize>,
) -> (&'static str, Vec<Case>, &'a str, Direction) {
    let Some(metric) = metric else {
        return (title, Vec::new(), "", Direction::Lower);
    };
    let unit = page.input.metrics[metric].unit.as_str();
    (
        title,
        page.input.cases(strategy, metric),
        unit,
        Direction::Lower,
    )
}

/// Least and most over all stressors, and the verdict by the fixed rule.
fn over_all(page: &Page, cases: &[Case], unit: &str, better: Direction) -> Markup {
    let by_mean = |a: &&Case, b: &&Case| {
        let mean = |case: &Case| case.difference.estimate.mean;
        mean(a).total_cmp(&mean(b))
    };
    let (Some(least), Some(most)) = (cases.iter().min_by(by_mean), cases.iter().max_by(by_mean))
    else {
        return html! {};
    };
    let write = |case: &Case| page.writer.difference(&case.difference, unit).0;
    let id = match robustness(cases, better) {
        Some(Robustness::Robust) => "rule-robust",
        Some(Robustness::Leaning) => "rule-leaning",
        Some(Robustness::AboutEqual) => "rule-equal",
        Some(Robustness::Uncertain) | None => "rule-uncertain",
    };
    html! {
        @if cases.len() > 1 {
            p { (page.with("over-all", &[("low", &write(least)), ("high", &write(most))])) }
        }
        p { strong { (page.text(id)) } }
    }
}

/// The answer under one stressor, by the fixed rule.
pub(super) fn sentences(page: &Page, stressor: usize) -> Vec<String> {
    let Some(best) = longest(page.input, stressor) else {
        return without_winner(page, stressor);
    };
    let mut sentences = vec![together(page, &best)];
    if !best.rivals.is_empty() {
        let names = best.rivals.iter().map(|rival| page.the(*rival));
        sentences.push(page.with("answer-rivals", &[("names", &page.list(names.collect()))]));
    }
    sentences.extend(households(page, stressor, best.strategy));
    sentences.push(costs(page, stressor, best.strategy));
    sentences
}

/// Why no strategy keeps the team together clearly longer, under one stressor or under all: `none`
/// when they differ but chance may be why.
fn unclear(page: &Page, stressor: Option<usize>, none: &'static str) -> &'static str {
    let counts = |arm: &&Survival| {
        stressor.is_none_or(|stressor| arm.stressor == stressor)
            && Some(arm.strategy) != page.input.null()
    };
    let arms = page.input.survival.iter().filter(counts);
    let differences = arms.filter_map(|arm| arm.difference.as_ref());
    let verdicts: Vec<Verdict> = differences
        .map(|difference| difference.verdict(Direction::Higher))
        .collect();
    match verdicts.as_slice() {
        _ if page.input.strategies.len() < 2 => "answer-alone",
        [] => "answer-no-difference",
        all if all.iter().all(|verdict| *verdict == Verdict::Same) => "answer-same",
        _ => none,
    }
}

/// What can still be said when no strategy keeps the team together clearly longer.
fn without_winner(page: &Page, stressor: usize) -> Vec<String> {
    let id = unclear(page, Some(stressor), "answer-none");
    let mut sentences = vec![page.with(id, &[("null", page.null.as_str())])];
    let helps = page
        .input
        .metric_with(&Role::MultiProblem)
        .and_then(|metric| best_in(page.input, stressor, metric));
    if let Some(strategy) = helps {
        let name = page.the(strategy);
        sentences.push(page.with("answer-still", &[("strategy", &name)]));
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
            ("strategy", &page.begin(best.strategy)),
            ("null", page.null.as_str()),
            ("months", months.trim_start_matches('+')),
            ("range", &range.replace('+', "")),
            ("together", &share(outcome.together)),
        ],
    )
}

fn households(page: &Page, stressor: usize, strategy: usize) -> Option<String> {
    let metric = page.input.metric_with(&Role::MultiProblem)?;
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
    let around = |(low, high): (f64, f64)| (-high, -low);
    turned.estimate.mean = -difference.estimate.mean;
    turned.estimate.interval = difference.estimate.interval.map(around);
    turned.bootstrap = difference.bootstrap.map(around);
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

/// Without a recommendation: the strategy whose team stays together longest, clear or not.
pub(super) fn shown(page: &Page) -> Option<usize> {
    let months = |strategy: usize| {
        let cases = page.input.team_cases(strategy);
        cases
            .iter()
            .map(|case| case.difference.estimate.mean)
            .sum::<f64>()
    };
    // The first declared wins a tie.
    page.input
        .others()
        .rev()
        .max_by(|a, b| months(*a).total_cmp(&months(*b)))
}
