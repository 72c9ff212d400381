//! What the answer rests on: strategies, assumptions, limits, reproduction.

use super::Page;
use crate::input::{Grade, ParameterInfo, StrategyInfo};
use crate::quantity::is_share;
use maud::{Markup, html};

pub(super) fn strategies(page: &Page) -> Markup {
    html! {
        section {
            h2 #strategies { (page.text("strategies")) }
            p { (page.with("null-explained", &[("null", page.null.as_str())])) }
            @for info in &page.input.strategies {
                h3 { (info.name) }
                (described(page, info))
                details {
                    summary { (page.text("origin-and-settings")) }
                    p.meta {
                        (page.text("plugin")) " " code { (info.plugin) }
                        @if !info.version.is_empty() { ", " (page.text("version")) " " (info.version) }
                        @if !info.sha256.is_empty() { ", sha256 " code { (info.sha256) } }
                    }
                    @if info.parameters.is_empty() {
                        p.meta { (page.text("defaults")) }
                    } @else {
                        ul { @for (name, value) in &info.parameters {
                            li { code { (name) } " = " (value) }
                        } }
                    }
                }
            }
        }
    }
}

/// What it does: in the reader's language where we know its plugins, else in the plugins' own words.
fn described(page: &Page, info: &StrategyInfo) -> Markup {
    let known = |plugin| page.writer.texts.find(&format!("strategy-{plugin}"), &[]);
    let known: Option<Vec<String>> = info.plugin.split(" + ").map(known).collect();
    html! {
        @if let Some(known) = known {
            p { (known.join(" ")) }
        } @else if !info.description.is_empty() {
            p lang="en" { (info.description) }
        }
    }
}

pub(super) fn assumptions(page: &Page) -> Markup {
    let parameters = &page.input.parameters;
    html! {
        section {
            h2 #assumptions { (page.text("assumptions")) }
            @if parameters.is_empty() {
                p { (page.text("no-parameters")) }
            } @else {
                (shares(page))
                details.keep {
                    summary { (page.text("parameters")) }
                    (parameter_table(page))
                }
            }
        }
    }
}

fn of_grade(parameters: &[ParameterInfo], grade: Grade) -> usize {
    parameters
        .iter()
        .filter(|parameter| parameter.grade == grade)
        .count()
}

fn grade_id(grade: Grade) -> &'static str {
    match grade {
        Grade::Measured => "grade-measured",
        Grade::Derived => "grade-derived",
        Grade::Estimate => "grade-estimate",
        Grade::Assumption => "grade-assumption",
    }
}

/// How many parameters rest on what, as a sentence, a bar and its key.
fn shares(page: &Page) -> Markup {
    let parameters = &page.input.parameters;
    let share = |grade| of_grade(parameters, grade) as f64 / parameters.len() as f64;
    let count = |grade| {
        page.writer
            .numbers
            .count(of_grade(parameters, grade) as u32)
    };
    html! {
        p { (page.with("assumptions-share", &[
            ("share", &page.percent(share(Grade::Assumption))),
            ("assumed", &count(Grade::Assumption)),
            ("all", &page.writer.numbers.count(parameters.len() as u32)),
        ])) }
        div.bar aria-hidden="true" {
            @for (index, grade) in Grade::ALL.into_iter().enumerate() {
                span class={ "g" (index) } style={ "width:" (format!("{:.2}", 100.0 * share(grade))) "%" } {}
            }
        }
        ul.key { @for (index, grade) in Grade::ALL.into_iter().enumerate() {
            li { span class={ "g" (index) } {}
                (page.text(grade_id(grade))) ": " (count(grade)) " (" (page.percent(share(grade))) ")"
            }
        } }
    }
}

fn parameter_table(page: &Page) -> Markup {
    let mut sorted: Vec<&ParameterInfo> = page.input.parameters.iter().collect();
    sorted.sort_by_key(|parameter| std::cmp::Reverse(parameter.grade));
    // The unit has a column of its own, in words.
    let write = |value: f64, unit: &str| {
        let shown = if is_share(unit) { 100.0 * value } else { value };
        let place = crate::Place::of(shown, None);
        page.writer.numbers.write(shown, place)
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(page.text("parameters")) { table.sources {
            caption { (page.text("caption-parameters")) }
            thead { tr {
                th scope="col" { (page.text("parameter")) }
                th scope="col" { (page.text("value")) }
                th scope="col" { (page.text("plausible")) }
                th.words scope="col" { (page.text("unit")) }
                th.words scope="col" { (page.text("evidence")) }
                th.words scope="col" { (page.text("origin")) }
            } }
            tbody { @for parameter in sorted { tr {
                th scope="row" { code { (parameter.name) } }
                td { (write(parameter.value, &parameter.unit)) }
                td { @if let Some((low, high)) = parameter.range {
                    (page.writer.range(&write(low, &parameter.unit), &write(high, &parameter.unit)))
                } }
                // Words too; said once for the table, since there are hundreds of rows.
                td { (page.writer.unit(&parameter.unit)) }
                td { (page.text(grade_id(parameter.grade))) }
                td lang="en" { (parameter.source) }
            } } }
        } }
    }
}

/// What a report for a decision should hold and this run does not, with the commands that answer it.
const UNSAID: [(&str, &[&str]); 11] = [
    ("unsaid-decision", &[]),
    ("unsaid-theory", &["zalm arena", "zalm scan"]),
    ("unsaid-value", &["zalm mkba"]),
    ("unsaid-model", &[]),
    ("unsaid-groups", &["zalm groups"]),
    (
        "unsaid-sensitivity",
        &["zalm sensitivity", "zalm break-even"],
    ),
    (
        "unsaid-stress",
        &["zalm stress", "zalm reverse-stress", "zalm robust"],
    ),
    ("unsaid-knowledge", &["zalm value"]),
    ("unsaid-executability", &[]),
    ("unsaid-validation", &["zalm patterns", "zalm calibrate"]),
    ("unsaid-people", &["zalm experts"]),
];

pub(super) fn unsaid(page: &Page) -> Markup {
    html! {
        section {
            h2 #unsaid { (page.text("unsaid")) }
            p { (page.text("unsaid-intro")) }
            ul { @for (id, commands) in UNSAID { li {
                (page.text(id))
                @for (at, command) in commands.iter().enumerate() {
                    @if at == 0 { " → " } @else { ", " }
                    code { (command) }
                }
            } } }
        }
    }
}

pub(super) fn limits(page: &Page) -> Markup {
    html! {
        section {
            h2 #limits { (page.text("limits")) }
            p { strong { (page.text("limits-compares")) } }
            ul {
                li { (page.text(&page.input.setting.varied.text("limits-intervals"))) }
                @for id in ["limits-absorbed", "limits-chance", "limits-local"] {
                    li { (page.text(id)) }
                }
            }
        }
    }
}

pub(super) fn reproduction(page: &Page) -> Markup {
    let reproduction = &page.input.reproduction;
    let rows = [
        ("repro-version", &reproduction.version),
        ("repro-seed", &reproduction.seed.to_string()),
        ("repro-scenario", &reproduction.scenario_sha256),
        ("repro-resolved", &reproduction.resolved_sha256),
        ("repro-results", &reproduction.results_sha256),
    ];
    html! {
        section {
            h2 #reproduction { (page.text("reproduction")) }
            p { (page.text("methods")) }
            p { (page.text("repro-line")) }
            p { code { (reproduction.command) } }
            dl.meta { @for (id, value) in rows { @if !value.is_empty() {
                dt { (page.text(id)) }
                dd { code { (value) } }
            } } }
        }
    }
}
