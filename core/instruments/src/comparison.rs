//! The report of a comparison: fills the plain tables of `zalm-report` from results.
//!
//! Here, so that the report knows neither the model nor an experiment, and an experiment no report.

mod courses;
mod described;
mod further;
mod measured;

pub use courses::Courses;

use std::collections::BTreeMap;
use zalm_experiment::{Failure, Provenance, Results, Run, Summary, results_sha256, sha256};
use zalm_model::{Better, MetricSpec};
use zalm_report::{self as report, Lang};
use zalm_scenario::{Scenario, Text};

/// Key metrics: the first so many of the model's list.
pub const KEY_METRICS: usize = 12;

/// The ladder of a neighbourhood, lowest rung first.
const RUNGS: [&str; 4] = [
    "neighbourhood.basis",
    "neighbourhood.cohesion",
    "neighbourhood.control",
    "neighbourhood.self_reliance",
];

/// States of care between which households go; each household is in one of them at most.
const CARE: [&str; 6] = [
    "households.in_team",
    "households.in_silo",
    "households.informal",
    "households.aftercare",
    "households.queueing",
    "households.unreached",
];

/// Everything that a report shows, in a language.
pub fn report_input(
    scenario: &Scenario,
    (results, summary): (&Results, &Summary),
    courses: &Courses,
    provenance: &Provenance,
    lang: Lang,
) -> report::ReportInput {
    let metrics = metrics(scenario, &results.metrics);
    report::ReportInput {
        title: told(&scenario.title, lang),
        question: told(&scenario.question, lang),
        setting: described::setting(scenario, results, lang),
        null_alternative: scenario.null_alternative.clone(),
        strategies: described::strategies(scenario, provenance, lang),
        stressors: described::stressors(scenario, lang),
        cells: summary.rows.iter().map(measured::cell).collect(),
        choices: summary.choices.iter().map(measured::choice).collect(),
        survival: summary
            .survival
            .iter()
            .map(|arm| measured::survival(arm, results.horizon(), results.draws.len() < 2))
            .collect(),
        regrets: measured::regrets(&summary.survival, results.strategies.len()),
        fans: measured::fans(results, courses),
        differences: measured::differences(results, courses, &metrics),
        budgets: measured::budgets(results, courses),
        further: further::all(results, courses, &metrics),
        metrics,
        payers: described::payers(scenario),
        parameters: described::parameters(scenario),
        failures: failures(results),
        reproduction: reproduction(results, provenance),
    }
}

/// A text of a scenario in a language.
fn told(text: &Text, lang: Lang) -> String {
    lang.of(&text.nl, &text.en).clone()
}

/// Names for people of strategies and stressors, by id.
pub fn names(scenario: &Scenario, provenance: &Provenance, lang: Lang) -> BTreeMap<String, String> {
    let stressors = described::stressors(scenario, lang).into_iter();
    let stressors = stressors.map(|one| (one.id, one.name));
    let strategies = described::strategies(scenario, provenance, lang).into_iter();
    // Of a stressor and a strategy with the same id the strategy is meant more often.
    stressors
        .chain(strategies.map(|one| (one.id, one.name)))
        .collect()
}

/// What the metrics mean to the page.
pub fn metrics(scenario: &Scenario, all: &[MetricSpec]) -> Vec<report::MetricInfo> {
    let info = |(index, metric): (usize, &MetricSpec)| report::MetricInfo {
        name: metric.name.clone(),
        unit: metric.unit.to_owned(),
        better: match metric.better {
            Better::Higher => report::Direction::Higher,
            Better::Lower => report::Direction::Lower,
            Better::Neither => report::Direction::Neither,
        },
        doc: metric.doc.clone(),
        key: index < KEY_METRICS,
        role: role(&metric.name, scenario),
    };
    all.iter().enumerate().map(info).collect()
}

/// What a metric means to the page, by its stable name.
fn role(name: &str, scenario: &Scenario) -> report::Role {
    match name {
        "households.multi_problem" => return report::Role::MultiProblem,
        "project.months" => return report::Role::TeamMonths,
        "project.coalition" => return report::Role::Coalition,
        "cost.total" => return report::Role::TotalCost,
        "cost.projects" => return report::Role::TeamCost,
        _ => {}
    }
    if let Some(rung) = RUNGS.iter().position(|rung| *rung == name) {
        return report::Role::Rung(rung as u8);
    }
    if CARE.contains(&name) {
        return report::Role::Care(name.to_owned());
    }
    let payer = name.strip_prefix("cost.");
    let payer = payer.or_else(|| name.strip_prefix("payer.")?.strip_suffix(".cost"));
    match payer.filter(|id| scenario.payers.iter().any(|payer| payer.id == **id)) {
        Some(id) => report::Role::PayerCost(id.to_owned()),
        None => report::Role::Other,
    }
}

fn failures(results: &Results) -> Vec<report::FailureInfo> {
    let info = |(run, failure): (&Run, &Failure)| report::FailureInfo {
        strategy: results.strategies[run.strategy].clone(),
        stressor: results.stressors[run.stressor].clone(),
        replication: run.replication,
        reason: failure.reason.clone(),
        rerun: failure.rerun.clone(),
    };
    results.failures().map(info).collect()
}

fn reproduction(results: &Results, provenance: &Provenance) -> report::Reproduction {
    report::Reproduction {
        command: provenance.command.clone(),
        version: provenance.zalm_version.clone(),
        seed: results.seed,
        scenario_sha256: sha256(provenance.scenario_text.as_bytes()),
        resolved_sha256: sha256(provenance.resolved_text.as_bytes()),
        results_sha256: results_sha256(results),
    }
}

#[cfg(test)]
mod tests;
