//! The parts of a report that were measured: levels, differences, survival, courses.

use zalm_experiment::{ArmSurvival, LEVEL, Results, Run};
use zalm_report as report;
use zalm_scenario::Month;
use zalm_statistics::robustness::regret;
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

/// Regret in team months of the strategies that have them under every stressor, in declared order;
/// none where there is no choice.
pub(super) fn regrets(arms: &[ArmSurvival], strategies: usize) -> Vec<report::Regret> {
    let months = |strategy: usize| -> Option<(usize, Vec<f64>)> {
        let own = arms.iter().filter(|arm| arm.strategy == strategy);
        let months: Option<Vec<f64>> = own.map(|arm| arm.months.mean()).collect();
        Some((strategy, months?))
    };
    let (known, months): (Vec<usize>, Vec<Vec<f64>>) = (0..strategies).filter_map(months).unzip();
    let Ok(found) = regret(&months) else {
        return Vec::new();
    };
    let lost = found.by_scenario.into_iter().zip(&found.largest);
    let regrets = known.iter().zip(lost).enumerate();
    regrets
        .map(
            |(place, (&strategy, (by_stressor, &largest)))| report::Regret {
                strategy,
                by_stressor,
                largest,
                least: place == found.minimax,
            },
        )
        .collect()
}

/// Points of a course: more would not show.
const POINTS: usize = 48;

/// Single pairs shown beside the course of a difference.
const PATHS: usize = 20;

/// Courses of the metrics that the page draws over time.
pub(super) fn fans(results: &Results, metrics: &[report::MetricInfo]) -> Vec<report::Fan> {
    let drawn = |metric: &report::MetricInfo| {
        use report::Role;
        let role = &metric.role;
        matches!(
            role,
            Role::MultiProblem | Role::Care(_) | Role::Rung(_) | Role::Coalition
        )
    };
    let drawn: Vec<usize> = (0..metrics.len()).filter(|i| drawn(&metrics[*i])).collect();
    let fan = |stressor, strategy, metric| report::Fan {
        stressor,
        strategy,
        metric,
        points: points(
            results,
            &values(results, (stressor, strategy), None, metric),
        ),
        paths: Vec::new(),
    };
    results
        .arms()
        .flat_map(|(s, t)| drawn.iter().map(move |metric| (s, t, *metric)))
        .map(|(s, t, metric)| fan(s, t, metric))
        .collect()
}

/// Courses of paired differences in households, for every strategy but the null alternative.
pub(super) fn differences(results: &Results, metrics: &[report::MetricInfo]) -> Vec<report::Fan> {
    let metric = metrics
        .iter()
        .position(|m| m.role == report::Role::MultiProblem);
    let (Some(metric), Some(null)) = (metric, results.null) else {
        return Vec::new();
    };
    let fan = |(stressor, strategy)| {
        let pairs = values(results, (stressor, strategy), Some(null), metric);
        let path = |replication: &Vec<f64>| {
            moments(replication.len())
                .map(|at| replication[at])
                .collect()
        };
        report::Fan {
            stressor,
            strategy,
            metric,
            points: points(results, &pairs),
            paths: pairs.iter().take(PATHS).map(path).collect(),
        }
    };
    let arms = results.arms().filter(|(_, strategy)| *strategy != null);
    arms.map(fan).collect()
}

/// What payers pay more or less, by calendar year; sampled months stand for those between them.
pub(super) fn budgets(results: &Results, metrics: &[report::MetricInfo]) -> Vec<report::Budget> {
    let of_payer = |metric: &usize| matches!(metrics[*metric].role, report::Role::PayerCost(_));
    let of_payers: Vec<usize> = (0..metrics.len()).filter(of_payer).collect();
    let Some(null) = results.null else {
        return Vec::new();
    };
    let months = sampled(results);
    let years: Vec<u32> = months
        .iter()
        .map(|month| {
            results
                .start
                .plus(month.cast_signed())
                .year()
                .unsigned_abs()
        })
        .collect();
    let budget = |stressor, strategy, metric| {
        let pairs = values(results, (stressor, strategy), Some(null), metric);
        let mut by_year: Vec<(u32, f64)> = Vec::new();
        for (at, year) in years.iter().enumerate() {
            let sum: f64 = pairs.iter().map(|pair| pair[at]).sum();
            let next = months.get(at + 1).copied().unwrap_or(results.months);
            let euro = f64::from(next - months[at]) * sum / pairs.len().max(1) as f64;
            match by_year.last_mut().filter(|(last, _)| last == year) {
                Some((_, total)) => *total += euro,
                None => by_year.push((*year, euro)),
            }
        }
        report::Budget {
            stressor,
            strategy,
            metric,
            years: by_year,
        }
    };
    let arms = results.arms().filter(|(_, strategy)| *strategy != null);
    arms.flat_map(|(s, t)| of_payers.iter().map(move |metric| (s, t, *metric)))
        .map(|(s, t, metric)| budget(s, t, metric))
        .collect()
}

/// Sampled months, the same in every run; the shortest run decides should one ever differ.
fn sampled(results: &Results) -> Vec<u32> {
    let runs = results.runs.iter().filter_map(|run| run.record());
    let shortest = runs.min_by_key(|record| record.series.len());
    let samples = shortest.map_or(&[][..], |record| &record.series);
    samples.iter().map(|sample| sample.month).collect()
}

/// Values of a metric at every sampled month, one list per replication; minus those of the null
/// alternative in the same replication where that is given. Runs that failed are left out.
fn values(
    results: &Results,
    (stressor, strategy): (usize, usize),
    null: Option<usize>,
    metric: usize,
) -> Vec<Vec<f64>> {
    let samples = sampled(results).len();
    let value = |run: &Run, at: usize| run.record()?.series[at].values.get(metric).copied();
    let others: Vec<Option<&Run>> = match null {
        None => vec![None; results.replications.len()],
        Some(null) => results.arm(stressor, null).map(Some).collect(),
    };
    let course = |(run, other): (&Run, Option<&Run>)| -> Option<Vec<f64>> {
        let of = |at| {
            let minus = other.map_or(Some(0.0), |other| value(other, at))?;
            Some(value(run, at)? - minus).filter(|value| value.is_finite())
        };
        run.record()?;
        (0..samples).map(of).collect()
    };
    let pairs = results.arm(stressor, strategy).zip(others);
    pairs.filter_map(course).collect()
}

/// Which samples are drawn: at most about [`POINTS`], and the last.
fn moments(samples: usize) -> impl Iterator<Item = usize> {
    let step = samples.div_ceil(POINTS).max(1);
    (0..samples).filter(move |at| at % step == 0 || at + 1 == samples)
}

fn points(results: &Results, values: &[Vec<f64>]) -> Vec<report::FanPoint> {
    let months = sampled(results);
    let point = |at: usize| {
        let sorted = sorted_finite(values.iter().map(|course| course[at]));
        Some(report::FanPoint {
            year: calendar_year(results.start.plus(months[at].cast_signed())),
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p10: quantile(&sorted, 0.1)?,
            p90: quantile(&sorted, 0.9)?,
        })
    };
    moments(months.len()).filter_map(point).collect()
}

fn calendar_year(month: Month) -> f64 {
    f64::from(month.year()) + f64::from(month.month_of_year() - 1) / 12.0
}
