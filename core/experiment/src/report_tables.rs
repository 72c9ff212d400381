//! Fills the plain tables of `zalm-report` from results.
//!
//! The builder is here and not in `zalm-report` so that the report knows neither the model nor an
//! experiment: this crate depends on the report's structs, the report on nothing of ours.

mod described;
mod measured;

use crate::digest::{results_sha256, sha256};
use crate::provenance::Provenance;
use crate::results::Results;
use crate::store::failed_runs;
use crate::summary::Summary;
use zalm_model::Better;
use zalm_report as report;
use zalm_scenario::Scenario;

/// Key metrics when none are named: the first so many of the model's list.
pub const KEY_METRICS: usize = 12;

/// Everything that a report shows.
///
/// `key` names the metrics that decide; when empty, the first [`KEY_METRICS`] of the model's
/// list. A name that does not exist is an error that lists the names that do.
///
/// # Errors
/// When `key` names a metric that the scenario does not measure.
pub fn report_input(
    scenario: &Scenario,
    results: &Results,
    summary: &Summary,
    provenance: &Provenance,
    key: &[String],
) -> Result<report::ReportInput, String> {
    let metrics = metrics(scenario, results, key)?;
    Ok(report::ReportInput {
        title: scenario.title.clone(),
        question: scenario.question.clone(),
        setting: described::setting(scenario, results),
        null_alternative: scenario.null_alternative.clone(),
        strategies: described::strategies(scenario, provenance),
        stressors: described::stressors(scenario),
        cells: summary.rows.iter().map(measured::cell).collect(),
        survival: summary
            .survival
            .iter()
            .map(|arm| measured::survival(arm, results.horizon()))
            .collect(),
        fans: measured::fans(results, &metrics),
        metrics,
        payers: described::payers(scenario),
        parameters: described::parameters(scenario),
        failures: failures(results),
        reproduction: reproduction(results, provenance),
    })
}

fn metrics(
    scenario: &Scenario,
    results: &Results,
    key: &[String],
) -> Result<Vec<report::MetricInfo>, String> {
    let names: Vec<&str> = results
        .metrics
        .iter()
        .map(|metric| metric.name.as_str())
        .collect();
    if let Some(unknown) = key.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(format!(
            "there is no metric {unknown:?}; there are {}",
            names.join(", ")
        ));
    }
    let info = |(index, metric): (usize, &zalm_model::MetricSpec)| report::MetricInfo {
        name: metric.name.clone(),
        unit: metric.unit.to_owned(),
        better: match metric.better {
            Better::Higher => report::Direction::Higher,
            Better::Lower => report::Direction::Lower,
            Better::Neither => report::Direction::Neither,
        },
        doc: metric.doc.clone(),
        key: if key.is_empty() {
            index < KEY_METRICS
        } else {
            key.contains(&metric.name)
        },
        role: role(&metric.name, scenario),
    };
    Ok(results.metrics.iter().enumerate().map(info).collect())
}

/// What a metric means to the page, by its stable name.
fn role(name: &str, scenario: &Scenario) -> report::Role {
    match name {
        "households.multi_problem" => return report::Role::MultiProblem,
        "cost.total" => return report::Role::TotalCost,
        _ => {}
    }
    let payer = name.strip_prefix("cost.");
    let payer = payer.or_else(|| name.strip_prefix("payer.")?.strip_suffix(".cost"));
    match payer.filter(|id| scenario.payers.iter().any(|payer| payer.id == **id)) {
        Some(id) => report::Role::PayerCost(id.to_owned()),
        None => report::Role::Other,
    }
}

fn failures(results: &Results) -> Vec<report::FailureInfo> {
    let info = |failed: crate::store::FailedRun| report::FailureInfo {
        strategy: failed.strategy,
        stressor: failed.stressor,
        replication: failed.replication,
        reason: failed.reason,
        rerun: failed.rerun,
    };
    failed_runs(results).into_iter().map(info).collect()
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
mod tests {
    use super::*;
    use crate::fixture;
    use crate::summary;

    fn input(strategies: &[&str], replications: u32) -> report::ReportInput {
        let scenario = fixture::scenario(strategies, replications);
        let results = fixture::results(strategies, replications);
        let summary = summary::summarise(&results);
        report_input(&scenario, &results, &summary, &Provenance::default(), &[]).unwrap()
    }

    #[test]
    fn tables_are_whole() {
        let input = input(&["waits", "pushes"], 12);
        assert_eq!(
            (input.cells.len(), input.survival.len(), input.fans.len()),
            (8, 4, 4)
        );
        assert_eq!(input.null(), Some(0));
        assert_eq!(
            input.metrics[1].role,
            report::Role::PayerCost("municipality".to_owned())
        );
        let survival = input.survival_of(1, 1).unwrap();
        assert_eq!(
            (survival.runs, survival.at_risk.as_slice()),
            (12, [(0, 12)].as_slice())
        );
        let outcome = survival.outcome.unwrap();
        assert!((outcome.together + outcome.absorbed + outcome.ended - 1.0).abs() < 1e-12);
        let first = input.fans[0].points[0];
        assert!((first.year - (2012.0 + 4.0 / 12.0)).abs() < 1e-9 && first.p10 <= first.p90);
    }

    #[test]
    fn an_unknown_key_metric_is_refused_with_the_names_that_exist() {
        let scenario = fixture::scenario(&["waits"], 1);
        let results = fixture::results(&["waits"], 1);
        let summary = summary::summarise(&results);
        let key = ["costs".to_owned()];
        let error = report_input(&scenario, &results, &summary, &Provenance::default(), &key);
        assert!(error.unwrap_err().contains("households.multi_problem"));
    }

    #[test]
    fn no_runs_make_empty_tables() {
        let input = input(&["unknown"], 2);
        assert!(input.cells.iter().all(|cell| cell.level.is_none()));
        assert_eq!(input.failures.len(), 4);
    }
}
