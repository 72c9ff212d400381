//! What came out of the made-up comparison.

use super::{METRICS, Row, metric};
use crate::input::{
    Budget, Cell, Difference, Estimate, Fan, FanPoint, Further, Of, Outcome, Regret, Role,
    Survival, SurvivalStep,
};

/// Months at which teams end, per strategy: mean and absorbed share.
const TEAMS: [(f64, f64, f64); 4] = [
    (14.0, 0.05, 0.02),
    (17.0, 0.78, 0.04),
    (64.0, 0.06, 0.71),
    (41.0, 0.02, 0.38),
];

/// Stress makes everything a little smaller.
fn strength(stressor: usize) -> f64 {
    1.0 - 0.25 * stressor as f64
}

pub(super) fn cells((stressor, strategy): (usize, usize)) -> Vec<Cell> {
    let cell = |(metric, (_, _, _, base, differences, half)): (usize, &Row)| {
        let base = base * (1.0 + 0.03 * stressor as f64);
        let difference = differences[strategy] * strength(stressor);
        let around = |mean: f64, half: f64| Estimate {
            mean,
            interval: Some((mean - half, mean + half)),
        };
        Cell {
            stressor,
            strategy,
            metric,
            level: Some(around(base + difference, 1.6 * half)),
            same: 0,
            difference: Some(if strategy == 0 {
                Difference {
                    estimate: around(0.0, 0.0),
                    p_holm: None,
                    constant: true,
                    pairs: 100,
                    ..Difference::default()
                }
            } else {
                let clear = difference.abs() > 1.2 * half;
                let p_holm = Some(if clear { 0.001 } else { 0.4 });
                Difference {
                    estimate: around(difference, *half),
                    p_holm,
                    pairs: 100,
                    ..Difference::default()
                }
            }),
        }
    };
    METRICS.iter().enumerate().map(cell).collect()
}

pub(super) fn survival((stressor, strategy): (usize, usize)) -> Survival {
    let (mean, absorbed, together) = TEAMS[strategy];
    let together = together * strength(stressor);
    let share = |month: f64| {
        let gone = 1.0 / (1.0 + (-(month - mean) / (4.0 + mean / 8.0)).exp());
        1.0 - (1.0 - together) * gone
    };
    let step = |month: u32| {
        let month = f64::from(3 * month);
        let share = if month == 0.0 { 1.0 } else { share(month) };
        let half = 0.09 * (4.0 * share * (1.0 - share)).sqrt();
        let interval = (month > 0.0).then_some(((share - half).max(0.0), (share + half).min(1.0)));
        SurvivalStep {
            months: month,
            share,
            interval,
            at_risk: (100.0 * share) as u32,
        }
    };
    let months = |half: f64| Estimate {
        mean: mean * strength(stressor),
        interval: Some((
            mean * strength(stressor) - half,
            mean * strength(stressor) + half,
        )),
    };
    let difference = (mean - TEAMS[0].0) * strength(stressor);
    Survival {
        stressor,
        strategy,
        runs: 100,
        steps: (0..=32).map(step).collect(),
        at_risk: (0..=8)
            .map(|year| (12 * year, (100.0 * share(12.0 * f64::from(year))) as u32))
            .collect(),
        outcome: Some(Outcome {
            together,
            absorbed: absorbed * (1.0 - together),
            ended_by: [0.6, 0.2, 0.15, 0.05].map(|part| part * (1.0 - absorbed) * (1.0 - together)),
        }),
        team_months: Some(months(2.1)),
        same_months: 0,
        difference: Some(Difference {
            estimate: Estimate {
                mean: difference,
                interval: Some((difference - 3.0, difference + 3.0)),
            },
            p_holm: (strategy > 0).then_some(if difference > 4.0 { 0.0001 } else { 0.2 }),
            pairs: 100,
            ..Difference::default()
        }),
    }
}

/// Months lost where the third strategy, whose team stays longest, would have been better.
pub(super) fn regret(strategy: usize) -> Regret {
    let lost = |stressor| (TEAMS[2].0 - TEAMS[strategy].0) * strength(stressor);
    Regret {
        strategy,
        by_stressor: (0..3).map(lost).collect(),
        largest: lost(0),
        least: strategy == 2,
    }
}

/// A course for every metric that is drawn.
pub(super) fn fans((stressor, strategy): (usize, usize)) -> Vec<Fan> {
    let drawn = |(_, row): &(usize, &Row)| {
        let role = metric(row).role;
        matches!(
            role,
            Role::MultiProblem | Role::Coalition | Role::Care(_) | Role::Rung(_)
        )
    };
    let fan = |(metric, row): (usize, &Row)| {
        let end = row.4[strategy] * strength(stressor);
        course(
            (stressor, strategy, metric),
            |passed| row.3 + end * passed,
            row.3 / 20.0,
        )
    };
    METRICS.iter().enumerate().filter(drawn).map(fan).collect()
}

/// The paired difference in households, with two single pairs.
pub(super) fn difference((stressor, strategy): (usize, usize)) -> Fan {
    let end = METRICS[0].4[strategy] * strength(stressor);
    let mut fan = course((stressor, strategy, 0), |passed| end * passed, 12.0);
    let path = |shift: f64| fan.points.iter().map(|point| point.mean + shift).collect();
    let paths = vec![path(5.0), path(-7.0)];
    fan.paths = paths;
    fan
}

fn course(
    (stressor, strategy, metric): (usize, usize, usize),
    mean: impl Fn(f64) -> f64,
    band: f64,
) -> Fan {
    let point = |quarter: u32| {
        let passed = f64::from(quarter) / 32.0;
        FanPoint {
            year: 2012.0 + 8.0 * passed,
            mean: mean(passed),
            p10: mean(passed) - band * (0.3 + passed),
            p25: mean(passed) - 0.6 * band * (0.3 + passed),
            p50: mean(passed) - 0.1 * band * (0.3 + passed),
            p75: mean(passed) + 0.4 * band * (0.3 + passed),
            p90: mean(passed) + band * (0.3 + passed),
        }
    };
    Fan {
        stressor,
        strategy,
        metric,
        points: (0..=32).map(point).collect(),
        paths: Vec::new(),
    }
}

/// Differences of payers spread over eight years.
pub(super) fn budgets((stressor, strategy): (usize, usize)) -> Vec<Budget> {
    let of_payer = |(_, row): &(usize, &Row)| matches!(metric(row).role, Role::PayerCost(_));
    let budget = |(metric, row): (usize, &Row)| {
        let each = row.4[strategy] * strength(stressor) / 8.0;
        Budget {
            stressor,
            strategy,
            metric,
            years: (2012..2020).map(|year| (year, each)).collect(),
        }
    };
    METRICS
        .iter()
        .enumerate()
        .filter(of_payer)
        .map(budget)
        .collect()
}

/// Ends of the courses, costs elsewhere, and what is asked in each year.
pub(super) fn further((stressor, strategy): (usize, usize)) -> Vec<Further> {
    let further = |of, mean: f64, half: f64| Further {
        stressor,
        strategy,
        of,
        difference: Difference {
            estimate: Estimate {
                mean,
                interval: Some((mean - half, mean + half)),
            },
            p_holm: Some(if mean.abs() > 1.2 * half { 0.001 } else { 0.4 }),
            pairs: 100,
            ..Difference::default()
        },
    };
    let of_row = |name: &str| {
        let row = METRICS.iter().find(|row| row.0 == name);
        row.map_or(0.0, |row| row.4[strategy] * strength(stressor))
    };
    let ends = METRICS.iter().enumerate();
    let ends = ends.map(|(metric, row)| {
        let mean = row.4[strategy] * strength(stressor);
        further(Of::End(metric), mean, row.5)
    });
    let elsewhere = of_row("cost.total") - of_row("cost.projects");
    let years = budgets((stressor, strategy));
    let asked = (0..8).map(|at| {
        let year = years[0].years[at].0;
        let more: f64 = years.iter().map(|one| one.years[at].1.max(0.0)).sum();
        further(Of::Asked(year), more, more / 10.0)
    });
    ends.chain([further(Of::Elsewhere, elsewhere, 310_000.0)])
        .chain(asked)
        .collect()
}
