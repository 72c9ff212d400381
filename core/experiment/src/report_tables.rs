//! Fills the plain tables of `zalm-report` from results.
//!
//! The builder is here and not in `zalm-report` so that the report knows neither the model nor an
//! experiment: this crate depends on the report's structs, the report on nothing of ours.

use crate::digest::{results_sha256, sha256};
use crate::estimators::{quantile, sorted_finite};
use crate::provenance::Provenance;
use crate::results::Results;
use crate::store::failed_runs;
use crate::summary::{self, Summary};
use crate::survival::ArmSurvival;
use zalm_model::Better;
use zalm_report as report;
use zalm_scenario::{Evidence, Month, Scenario, StrategyValue};

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
        setting: setting(scenario, results),
        null_alternative: scenario.null_alternative.clone(),
        strategies: strategies(scenario, provenance),
        stressors: stressors(scenario),
        cells: summary.rows.iter().map(cell).collect(),
        survival: summary.survival.iter().map(|arm| survival(arm, results.horizon())).collect(),
        fans: fans(results, &metrics),
        metrics,
        payers: payers(scenario),
        parameters: parameters(scenario),
        failures: failures(results),
        reproduction: reproduction(results, provenance),
    })
}

fn setting(scenario: &Scenario, results: &Results) -> report::Setting {
    let place = &scenario.place;
    report::Setting {
        place: format!("{} ({})", place.name, place.municipality),
        citation: place.citation.clone(),
        households: scenario.households(),
        project: scenario.projects.first().map_or_else(String::new, |p| p.name.clone()),
        start: scenario.start.to_string(),
        policy_date: scenario.policy_date.to_string(),
        horizon: results.horizon(),
        replications_planned: results.planned,
        replications_done: results.replications.len() as u32,
    }
}

fn strategies(scenario: &Scenario, provenance: &Provenance) -> Vec<report::StrategyInfo> {
    let info = |strategy: &zalm_scenario::StrategyUse| {
        let plugin = provenance.plugins.iter().find(|used| used.strategy == strategy.name);
        let plugin = plugin.cloned().unwrap_or_default();
        report::StrategyInfo {
            name: strategy.name.clone(),
            plugin: strategy.plugin.clone(),
            version: plugin.version,
            sha256: plugin.sha256,
            description: plugin.description,
            parameters: strategy
                .parameters
                .iter()
                .map(|(name, value)| (name.clone(), plain(value)))
                .collect(),
        }
    };
    scenario.strategies.iter().map(info).collect()
}

fn plain(value: &StrategyValue) -> String {
    match value {
        StrategyValue::Bool(value) => value.to_string(),
        StrategyValue::Integer(value) => value.to_string(),
        StrategyValue::Number(value) => value.to_string(),
        StrategyValue::Text(value) => value.clone(),
    }
}

fn stressors(scenario: &Scenario) -> Vec<report::StressorInfo> {
    let info = |stressor: &zalm_scenario::Stressor| report::StressorInfo {
        name: stressor.name.clone(),
        narrative: stressor.narrative.clone(),
        source: stressor.source.clone(),
    };
    scenario.stressors.iter().map(info).collect()
}

fn metrics(
    scenario: &Scenario,
    results: &Results,
    key: &[String],
) -> Result<Vec<report::MetricInfo>, String> {
    let names: Vec<&str> = results.metrics.iter().map(|metric| metric.name.as_str()).collect();
    if let Some(unknown) = key.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(format!("there is no metric {unknown:?}; there are {}", names.join(", ")));
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
        key: if key.is_empty() { index < KEY_METRICS } else { key.contains(&metric.name) },
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

fn payers(scenario: &Scenario) -> Vec<report::PayerInfo> {
    let info = |payer: &zalm_scenario::Payer| report::PayerInfo {
        id: payer.id.clone(),
        name_nl: payer.name_nl.clone(),
        name_en: payer.name_en.clone(),
    };
    scenario.payers.iter().map(info).collect()
}

fn cell(row: &summary::SummaryRow) -> report::Cell {
    report::Cell {
        stressor: row.stressor,
        strategy: row.strategy,
        metric: row.metric,
        level: row.level.map(|l| report::Estimate { mean: l.mean, interval: l.interval }),
        difference: row.difference.as_ref().map(difference),
    }
}

fn difference(difference: &summary::Difference) -> report::Difference {
    let paired = &difference.paired;
    report::Difference {
        estimate: report::Estimate { mean: paired.mean, interval: paired.interval },
        p_holm: difference.p_holm,
        pairs: paired.pairs,
        excluded: difference.excluded,
    }
}

fn survival(arm: &ArmSurvival, horizon: u32) -> report::Survival {
    let start = report::SurvivalStep { months: 0.0, share: 1.0, interval: None };
    let steps = arm.curve.iter().flat_map(|curve| &curve.steps).map(|step| report::SurvivalStep {
        months: step.time,
        share: step.survival,
        interval: step.interval,
    });
    let at_risk = |months: u32| {
        let spells = arm.spells.iter().filter(|spell| spell.time >= f64::from(months));
        (months, spells.count() as u32)
    };
    let outcome = arm.causes.as_ref().map(|causes| {
        let shares = causes.at(f64::from(horizon));
        let together = 1.0 - shares[0] - shares[1];
        report::Outcome { together, absorbed: shares[0], ended: shares[1] }
    });
    report::Survival {
        stressor: arm.stressor,
        strategy: arm.strategy,
        runs: arm.spells.len() as u32,
        steps: std::iter::once(start).chain(steps).collect(),
        at_risk: (0..=horizon).step_by(12).map(at_risk).collect(),
        outcome,
        team_months: arm.months.mean().map(|mean| report::Estimate {
            mean,
            interval: arm.months.interval(summary::LEVEL),
        }),
        difference: arm.difference.as_ref().map(difference),
    }
}

/// Courses of the metrics that the page draws over time.
fn fans(results: &Results, metrics: &[report::MetricInfo]) -> Vec<report::Fan> {
    let drawn = |metric: &report::MetricInfo| metric.role == report::Role::MultiProblem;
    let drawn: Vec<usize> = (0..metrics.len()).filter(|i| drawn(&metrics[*i])).collect();
    let fan = |stressor, strategy, metric| report::Fan {
        stressor,
        strategy,
        metric,
        points: fan_points(results, stressor, strategy, metric),
    };
    results
        .arms()
        .flat_map(|(s, t)| drawn.iter().map(move |metric| fan(s, t, *metric)))
        .collect()
}

fn fan_points(
    results: &Results,
    stressor: usize,
    strategy: usize,
    metric: usize,
) -> Vec<report::FanPoint> {
    let records: Vec<_> = results.arm(stressor, strategy).filter_map(|run| run.record()).collect();
    // Every run samples the same months; the shortest decides should one ever differ.
    let samples = records.iter().map(|record| record.series.len()).min().unwrap_or(0);
    let point = |index: usize| {
        let month = records.first()?.series[index].month;
        let values = records.iter().filter_map(|r| r.series[index].values.get(metric).copied());
        let sorted = sorted_finite(values);
        Some(report::FanPoint {
            year: calendar_year(results.start.plus(month.cast_signed())),
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p10: quantile(&sorted, 0.1)?,
            p90: quantile(&sorted, 0.9)?,
        })
    };
    (0..samples).filter_map(point).collect()
}

fn calendar_year(month: Month) -> f64 {
    f64::from(month.year()) + f64::from(month.month_of_year() - 1) / 12.0
}

fn parameters(scenario: &Scenario) -> Vec<report::ParameterInfo> {
    let info = |(spec, parameter): (&zalm_scenario::ParameterSpec, &zalm_scenario::Parameter)| {
        report::ParameterInfo {
            name: spec.name.to_owned(),
            unit: spec.unit.to_owned(),
            value: parameter.value,
            range: Some((parameter.low, parameter.high)),
            grade: grade(parameter.evidence),
            source: parameter.source.clone(),
        }
    };
    scenario.parameters.iter().map(info).collect()
}

fn grade(evidence: Evidence) -> report::Grade {
    match evidence {
        Evidence::Measured => report::Grade::Measured,
        Evidence::Derived => report::Grade::Derived,
        Evidence::Estimate => report::Grade::Estimate,
        Evidence::Assumption => report::Grade::Assumption,
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

    fn input(strategies: &[&str], replications: u32) -> report::ReportInput {
        let scenario = fixture::scenario(strategies, replications);
        let results = fixture::results(strategies, replications);
        let summary = summary::summarise(&results);
        report_input(&scenario, &results, &summary, &Provenance::default(), &[]).unwrap()
    }

    #[test]
    fn tables_are_whole() {
        let input = input(&["waits", "pushes"], 12);
        assert_eq!((input.cells.len(), input.survival.len(), input.fans.len()), (8, 4, 4));
        assert_eq!(input.null(), Some(0));
        assert_eq!(input.metrics[1].role, report::Role::PayerCost("municipality".to_owned()));
        let survival = input.survival_of(1, 1).unwrap();
        assert_eq!((survival.runs, survival.at_risk.as_slice()), (12, [(0, 12)].as_slice()));
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
