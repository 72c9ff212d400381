//! The `--json` document of a comparison.

use crate::choice::Choice;
use crate::digest::results_sha256;
use crate::results::{Draw, Results};
use crate::store::{FailedRun, failed_runs};
use crate::summary::{Summary, SummaryRow};
use serde::Serialize;
use std::collections::BTreeMap;
use zalm_model::{Better, ENDS};
use zalm_statistics::KaplanMeierStep;

/// Version of the document.
pub const COMPARE_SCHEMA: &str = "zalm.compare/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    title: &'a str,
    seed: u64,
    replications: u32,
    replications_done: usize,
    draws: &'a [Draw],
    null_alternative: Option<&'a str>,
    strategies: &'a [String],
    stressors: &'a [String],
    metrics: Vec<Metric<'a>>,
    rows: Vec<Row<'a>>,
    choices: Vec<ChoiceRow<'a>>,
    team: Vec<Team<'a>>,
    failed_runs: Vec<FailedRun>,
    results_sha256: String,
}

#[derive(Serialize)]
struct Metric<'a> {
    name: &'a str,
    unit: &'a str,
    better: &'static str,
    doc: &'a str,
}

#[derive(Serialize)]
struct Row<'a> {
    stressor: &'a str,
    strategy: &'a str,
    metric: &'a str,
    n: u32,
    mean: Option<f64>,
    interval: Option<(f64, f64)>,
    /// Mean of the worst twentieth.
    worst: Option<f64>,
    difference: Option<DifferenceRow>,
}

#[derive(Serialize)]
struct DifferenceRow {
    mean: f64,
    interval: Option<(f64, f64)>,
    /// Holds jointly with those of the other strategies (Bonferroni).
    joint: Option<(f64, f64)>,
    bootstrap: Option<(f64, f64)>,
    p_holm: Option<f64>,
    correlation: Option<f64>,
    variance_reduction: Option<f64>,
    pairs: u32,
    excluded: u32,
}

/// Which strategies may be the best in a metric, jointly 95 % sure.
#[derive(Serialize)]
struct ChoiceRow<'a> {
    stressor: &'a str,
    metric: &'a str,
    best: &'a str,
    may_be_best: Vec<&'a str>,
    /// What of the best's mean may be the luck of whoever looks best.
    luck: f64,
}

/// Months that the first project's team stays together within the horizon.
#[derive(Serialize)]
struct Team<'a> {
    stressor: &'a str,
    strategy: &'a str,
    months: Option<f64>,
    months_interval: Option<(f64, f64)>,
    absorbed: Option<f64>,
    ended: Option<f64>,
    /// Share ended by each cause that is no absorption; together `ended`.
    ended_by: Option<BTreeMap<&'static str, f64>>,
    difference: Option<DifferenceRow>,
    course: Vec<TeamStep>,
}

/// What became of teams by a month after the policy date at which some ended.
#[derive(Serialize)]
struct TeamStep {
    month: f64,
    /// Runs with the team together just before.
    at_risk: u32,
    /// Share of runs with the team together from then on (Kaplan-Meier).
    together: f64,
    interval: Option<(f64, f64)>,
    /// Share ended by each cause so far (Aalen-Johansen); with `together` it makes 1.
    by_cause: BTreeMap<&'static str, f64>,
}

/// The document as JSON text, on several lines, with a line end.
///
/// Numbers are in the unit of their metric; what is not known is `null`.
pub fn compare_json(results: &Results, summary: &Summary) -> String {
    let document = Document {
        schema: COMPARE_SCHEMA,
        title: &results.title,
        seed: results.seed,
        replications: results.planned,
        replications_done: results.replications.len(),
        draws: &results.draws,
        null_alternative: results.null.map(|null| results.strategies[null].as_str()),
        strategies: &results.strategies,
        stressors: &results.stressors,
        metrics: results.metrics.iter().map(metric).collect(),
        rows: summary.rows.iter().map(|r| row(results, r)).collect(),
        choices: summary.choices.iter().map(|c| choice(results, c)).collect(),
        team: summary
            .survival
            .iter()
            .map(|arm| team(results, arm))
            .collect(),
        failed_runs: failed_runs(results),
        results_sha256: results_sha256(results),
    };
    json(&document)
}

/// A document as JSON text, on several lines, with a line end.
pub(crate) fn json(document: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(document);
    text.expect("documents hold texts, lists and finite or absent numbers") + "\n"
}

fn choice<'a>(results: &'a Results, choice: &Choice) -> ChoiceRow<'a> {
    let name = |strategy: &usize| results.strategies[*strategy].as_str();
    ChoiceRow {
        stressor: &results.stressors[choice.stressor],
        metric: &results.metrics[choice.metric].name,
        best: name(&choice.best),
        may_be_best: choice.may_be_best.iter().map(name).collect(),
        luck: choice.luck,
    }
}

fn metric(metric: &zalm_model::MetricSpec) -> Metric<'_> {
    let better = match metric.better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Neither => "neither",
    };
    Metric {
        name: &metric.name,
        unit: metric.unit,
        better,
        doc: &metric.doc,
    }
}

fn row<'a>(results: &'a Results, row: &SummaryRow) -> Row<'a> {
    Row {
        stressor: &results.stressors[row.stressor],
        strategy: &results.strategies[row.strategy],
        metric: &results.metrics[row.metric].name,
        n: row.level.map_or(0, |level| level.count),
        mean: row.level.map(|level| level.mean),
        interval: row.level.and_then(|level| level.interval),
        worst: row.worst,
        difference: row.difference.as_ref().map(difference),
    }
}

fn difference(difference: &crate::summary::Difference) -> DifferenceRow {
    let paired = &difference.paired;
    DifferenceRow {
        mean: paired.mean,
        interval: paired.interval,
        joint: difference.joint,
        bootstrap: difference.bootstrap,
        p_holm: difference.p_holm,
        correlation: paired.correlation,
        variance_reduction: paired.variance_reduction,
        pairs: paired.pairs,
        excluded: difference.excluded,
    }
}

fn team<'a>(results: &'a Results, arm: &crate::survival::ArmSurvival) -> Team<'a> {
    let shares = arm
        .causes
        .as_ref()
        .map(|causes| causes.at(f64::from(results.horizon())));
    Team {
        stressor: &results.stressors[arm.stressor],
        strategy: &results.strategies[arm.strategy],
        months: arm.months.mean(),
        months_interval: arm.interval,
        absorbed: shares.as_ref().map(|shares| shares[0]),
        ended: shares.as_ref().map(|shares| shares[1..].iter().sum()),
        ended_by: shares.as_ref().map(|shares| by_cause(&shares[1..], 1)),
        difference: arm.difference.as_ref().map(difference),
        course: course(arm),
    }
}

/// Shares of causes by their names, from the one of this number on.
fn by_cause(shares: &[f64], first: usize) -> BTreeMap<&'static str, f64> {
    ENDS[first..]
        .iter()
        .copied()
        .zip(shares.iter().copied())
        .collect()
}

fn course(arm: &crate::survival::ArmSurvival) -> Vec<TeamStep> {
    let (Some(curve), Some(causes)) = (&arm.curve, &arm.causes) else {
        return Vec::new();
    };
    let step = |step: &KaplanMeierStep| TeamStep {
        month: step.time,
        at_risk: step.at_risk,
        together: step.survival,
        interval: step.interval,
        by_cause: by_cause(&causes.at(step.time), 0),
    };
    curve.steps.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::results;
    use crate::summary::summarise;

    #[test]
    fn says_its_schema_and_holds_no_number_for_what_is_missing() {
        let results = results(&["waits", "unknown"], 3);
        let text = compare_json(&results, &summarise(&results));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["schema"], "zalm.compare/1");
        assert_eq!(value["rows"].as_array().unwrap().len(), 8);
        let missing = &value["rows"][2];
        assert_eq!(
            (&missing["strategy"], &missing["n"]),
            (&"unknown".into(), &0.into())
        );
        assert!(missing["mean"].is_null() && missing["difference"].is_null());
        assert_eq!(value["failed_runs"].as_array().unwrap().len(), 6);
    }
}
