//! The parts of a report that were measured: levels, differences, survival, courses.

use zalm_experiment::{ArmSurvival, LEVEL, Results};
use zalm_report as report;
use zalm_scenario::Month;
use zalm_statistics::{quantile, sorted_finite};

pub(super) fn cell(row: &zalm_experiment::SummaryRow) -> report::Cell {
    report::Cell {
        stressor: row.stressor,
        strategy: row.strategy,
        metric: row.metric,
        level: row.level.map(|l| report::Estimate {
            mean: l.mean,
            interval: l.interval,
        }),
        difference: row.difference.as_ref().map(difference),
    }
}

fn difference(difference: &zalm_experiment::Difference) -> report::Difference {
    let paired = &difference.paired;
    report::Difference {
        estimate: report::Estimate {
            mean: paired.mean,
            interval: paired.interval,
        },
        p_holm: difference.p_holm,
        pairs: paired.pairs,
        excluded: difference.excluded,
    }
}

pub(super) fn survival(arm: &ArmSurvival, horizon: u32) -> report::Survival {
    let start = report::SurvivalStep {
        months: 0.0,
        share: 1.0,
        interval: None,
    };
    let steps = arm
        .curve
        .iter()
        .flat_map(|curve| &curve.steps)
        .map(|step| report::SurvivalStep {
            months: step.time,
            share: step.survival,
            interval: step.interval,
        });
    let at_risk = |months: u32| {
        let spells = arm
            .spells
            .iter()
            .filter(|spell| spell.time >= f64::from(months));
        (months, spells.count() as u32)
    };
    let outcome = arm.causes.as_ref().map(|causes| {
        let shares = causes.at(f64::from(horizon));
        let together = 1.0 - shares[0] - shares[1];
        report::Outcome {
            together,
            absorbed: shares[0],
            ended: shares[1],
        }
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
            interval: arm.months.interval(LEVEL),
        }),
        difference: arm.difference.as_ref().map(difference),
    }
}

/// Courses of the metrics that the page draws over time.
pub(super) fn fans(results: &Results, metrics: &[report::MetricInfo]) -> Vec<report::Fan> {
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
    let records: Vec<_> = results
        .arm(stressor, strategy)
        .filter_map(|run| run.record())
        .collect();
    // Every run samples the same months; the shortest decides should one ever differ.
    let samples = records
        .iter()
        .map(|record| record.series.len())
        .min()
        .unwrap_or(0);
    let point = |index: usize| {
        let month = records.first()?.series[index].month;
        let values = records
            .iter()
            .filter_map(|r| r.series[index].values.get(metric).copied());
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
