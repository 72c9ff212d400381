//! What becomes of projects: the scenario's own runs, read for continuation and for survival.

use super::CalibrationError;
use super::watch::Ratio;
use crate::results::Results;
use crate::runner::{RunOptions, run};
use std::sync::atomic::Ordering;
use zalm_model::{ProjectFate, StrategySource};
use zalm_scenario::{Scenario, Statistic};

/// Months after the end of the first money at which a project is looked at.
const LATER: u32 = 12;

/// What was seen of the scenario's projects.
pub(super) struct Projects {
    any: Ratio,
    whole: Ratio,
    firms: Ratio,
}

/// Runs the scenario with its strategies under its first stressor.
pub(super) fn watch(
    scenario: &Scenario,
    source: &dyn StrategySource,
    options: &RunOptions,
) -> Result<Projects, CalibrationError> {
    let mut scenario = scenario.clone();
    scenario.stressors.truncate(1);
    scenario.series_every = scenario.months;
    let results = run(&scenario, source, options);
    if options.stop.load(Ordering::Relaxed) {
        return Err(CalibrationError::Stopped);
    }
    if let Some((_, failure)) = results.failures().next() {
        return Err(CalibrationError::Failed(failure.reason.clone()));
    }
    Ok(seen(&scenario, &results))
}

fn seen(scenario: &Scenario, results: &Results) -> Projects {
    let mut seen = Projects {
        any: Ratio::default(),
        whole: Ratio::default(),
        firms: Ratio::default(),
    };
    for run in &results.runs {
        let Some(record) = run.record() else { continue };
        let fates = record.fates.iter().zip(&scenario.projects);
        for (fate, project) in fates {
            let end = money_end(scenario, project);
            if results.null == Some(run.strategy) && end + LATER <= scenario.months {
                let whole = fate.end.is_none_or(|at| at >= end + LATER);
                let any = whole || fate.cause == "embedded";
                count(&mut seen.any, any);
                count(&mut seen.whole, whole);
            }
            if scenario.strategies[run.strategy].plugin == "social-enterprise" {
                seen.firms.add(lived(fate, end, scenario.months));
            }
        }
    }
    seen
}

fn count(ratio: &mut Ratio, yes: bool) {
    ratio.add(Ratio {
        above: f64::from(u8::from(yes)),
        below: 1.0,
    });
}

/// Month index in which the first money of a project ends.
fn money_end(scenario: &Scenario, project: &zalm_scenario::Project) -> u32 {
    let start = u32::try_from(project.start.since(scenario.start)).unwrap_or(0);
    let months = project.grants.iter().map(|grant| grant.months).max();
    start + months.unwrap_or(0)
}

/// Deaths and years of life of a social enterprise, from the end of the first money on.
fn lived(fate: &ProjectFate, from: u32, months: u32) -> Ratio {
    let died = fate.cause == "unravelled" || fate.cause == "no_workers";
    if fate.form != "enterprise" && !died {
        return Ratio::default();
    }
    let until = fate.end.unwrap_or(months);
    let years = f64::from(until.saturating_sub(from)) / 12.0;
    Ratio {
        above: if years > 0.0 {
            f64::from(u8::from(died))
        } else {
            0.0
        },
        below: years,
    }
}

impl Projects {
    /// The value of a statistic about projects; `None` when no run had what it is about.
    pub(super) fn value(&self, statistic: &Statistic) -> Option<f64> {
        match statistic {
            Statistic::Continued { whole: false } => self.any.value(),
            Statistic::Continued { whole: true } => self.whole.value(),
            // Share that lives on for a year, at this hazard.
            Statistic::FirmSurvival => Some((-self.firms.value()?).exp()),
            _ => None,
        }
    }
}
