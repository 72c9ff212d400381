//! The parts of a report that were measured: levels, differences, survival, courses.

use super::courses::{Course, Courses};
use zalm_experiment::{ArmSurvival, LEVEL, Results};
use zalm_model::ENDS;
use zalm_report as report;
use zalm_scenario::Month;
use zalm_statistics::robustness::regret;
use zalm_statistics::{quantile, sorted_finite, wilson};

pub(super) fn cell(row: &zalm_experiment::SummaryRow) -> report::Cell {
    report::Cell {
        stressor: row.stressor,
        strategy: row.strategy,
        metric: row.metric,
        level: row.level.map(|l| report::Estimate {
            mean: l.mean,
            interval: l.interval,
        }),
        same: row
            .level
            .filter(|level| level.constant && level.interval.is_none())
            .map_or(0, |level| level.count),
        difference: row.difference.as_ref().map(difference),
    }
}

pub(super) fn choice(choice: &zalm_experiment::Choice) -> report::Choice {
    report::Choice {
        stressor: choice.stressor,
        metric: choice.metric,
        may_be_best: choice.may_be_best.clone(),
        luck: choice.luck,
    }
}

pub(super) fn difference(difference: &zalm_experiment::Difference) -> report::Difference {
    let paired = &difference.paired;
    report::Difference {
        estimate: report::Estimate {
            mean: paired.mean,
            interval: paired.interval,
        },
        bootstrap: difference.bootstrap,
        variance_reduction: paired.variance_reduction,
        p_holm: difference.p_holm,
        constant: paired.is_constant(),
        pairs: paired.pairs,
        excluded: difference.excluded,
    }
}

/// With one point, runs are what counts; over several, a curve has no interval.
pub(super) fn survival(arm: &ArmSurvival, horizon: u32, one_point: bool) -> report::Survival {
    let start = report::SurvivalStep {
        months: 0.0,
        share: 1.0,
        interval: None,
        at_risk: arm.spells.len() as u32,
    };
    let steps = arm
        .curve
        .iter()
        .flat_map(|curve| &curve.steps)
        .map(|step| report::SurvivalStep {
            months: step.time,
            share: step.survival,
            // Where none is left the curve's own interval has no width to go by; Wilson's has.
            interval: step.interval.or_else(|| {
                let none_left = one_point && step.survival <= 0.0;
                none_left.then(|| wilson(0, arm.spells.len() as u32, LEVEL))?
            }),
            at_risk: step.at_risk,
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
        let share = |cause: &str| {
            let place = ENDS.iter().position(|one| *one == cause);
            place.map_or(0.0, |place| shares[place])
        };
        report::Outcome {
            together: 1.0 - shares.iter().sum::<f64>(),
            absorbed: shares[0],
            ended_by: report::ENDS.map(share),
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
            interval: arm.interval,
        }),
        same_months: if arm.months.is_constant() {
            arm.months.count()
        } else {
            0
        },
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

/// Single pairs shown beside the course of a difference.
const PATHS: usize = 20;

/// Courses of the metrics that the page draws over time.
pub(super) fn fans(results: &Results, courses: &Courses) -> Vec<report::Fan> {
    let fan = |stressor, strategy, place: usize| report::Fan {
        stressor,
        strategy,
        metric: courses.drawn[place],
        points: points(
            results,
            courses,
            &own(courses.arm(results, stressor, strategy), place),
        ),
        paths: Vec::new(),
    };
    let places = 0..courses.drawn.len();
    results
        .arms()
        .flat_map(|(s, t)| places.clone().map(move |place| (s, t, place)))
        .map(|(s, t, place)| fan(s, t, place))
        .collect()
}

/// Courses of paired differences in households, for every strategy but the null alternative.
pub(super) fn differences(
    results: &Results,
    courses: &Courses,
    metrics: &[report::MetricInfo],
) -> Vec<report::Fan> {
    let households = |metric: &usize| metrics[*metric].role == report::Role::MultiProblem;
    let place = courses.drawn.iter().position(households);
    let (Some(place), Some(null)) = (place, results.null) else {
        return Vec::new();
    };
    let fan = |(stressor, strategy)| {
        let runs = courses.arm(results, stressor, strategy);
        let others = courses.arm(results, stressor, null);
        let pair = |(run, other): (Option<&Course>, Option<&Course>)| {
            let pair = run?.drawn[place].iter().zip(&other?.drawn[place]);
            Some(pair.map(|(own, other)| own - other).collect())
        };
        let pairs: Vec<Vec<f64>> = runs.zip(others).filter_map(pair).collect();
        report::Fan {
            stressor,
            strategy,
            metric: courses.drawn[place],
            points: points(results, courses, &pairs),
            paths: pairs.iter().take(PATHS).cloned().collect(),
        }
    };
    let arms = results.arms().filter(|(_, strategy)| *strategy != null);
    arms.map(fan).collect()
}

/// What payers pay more or less, by calendar year.
pub(super) fn budgets(results: &Results, courses: &Courses) -> Vec<report::Budget> {
    let Some(null) = results.null else {
        return Vec::new();
    };
    let budget = |stressor, strategy, place: usize| {
        let runs = courses.arm(results, stressor, strategy);
        let pairs = runs.zip(courses.arm(results, stressor, null));
        let pairs: Vec<(&Course, &Course)> =
            pairs.filter_map(|(own, other)| own.zip(other)).collect();
        let mean = |(at, year): (usize, &u32)| {
            let more = pairs
                .iter()
                .map(|(own, other)| own.paid[place][at] - other.paid[place][at]);
            (*year, more.sum::<f64>() / pairs.len().max(1) as f64)
        };
        report::Budget {
            stressor,
            strategy,
            metric: courses.payers[place],
            years: courses.years.iter().enumerate().map(mean).collect(),
        }
    };
    let places = 0..courses.payers.len();
    let arms = results.arms().filter(|(_, strategy)| *strategy != null);
    arms.flat_map(|(s, t)| places.clone().map(move |place| (s, t, place)))
        .map(|(s, t, place)| budget(s, t, place))
        .collect()
}

fn own<'a>(runs: impl Iterator<Item = Option<&'a Course>>, place: usize) -> Vec<Vec<f64>> {
    runs.flatten().map(|run| run.drawn[place].clone()).collect()
}

fn points(results: &Results, courses: &Courses, values: &[Vec<f64>]) -> Vec<report::FanPoint> {
    let point = |(at, month): (usize, &u32)| {
        let sorted = sorted_finite(values.iter().map(|course| course[at]));
        Some(report::FanPoint {
            year: calendar_year(results.start.plus(month.cast_signed())),
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p10: quantile(&sorted, 0.1)?,
            p25: quantile(&sorted, 0.25)?,
            p50: quantile(&sorted, 0.5)?,
            p75: quantile(&sorted, 0.75)?,
            p90: quantile(&sorted, 0.9)?,
        })
    };
    courses
        .moments
        .iter()
        .enumerate()
        .filter_map(point)
        .collect()
}

fn calendar_year(month: Month) -> f64 {
    f64::from(month.year()) + f64::from(month.month_of_year() - 1) / 12.0
}
