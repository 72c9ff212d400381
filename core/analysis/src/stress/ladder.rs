//! The ladder: the points that a question takes, and the rungs that come out of them.

use super::need::{Need, departments, possible};
use super::{Breach, Course, Measured, Question, REACTIONS, Rung, Step, Story, Stress};
use crate::estimate::Estimate;
use crate::kept::Kept;
use crate::limit::most;
use crate::names::{metric, sign};
use crate::play::Asked;
use crate::threshold::Threshold;
use std::collections::BTreeSet;
use zalm_experiment::{Change, Point, Results};
use zalm_model::metrics;
use zalm_scenario::{Scenario, Shock, Stressor};
use zalm_statistics::Keyed;

/// Replications needed for an interval.
const NEEDED: usize = 2;

/// A question that can be asked.
pub(super) struct Ladder<'a> {
    scenario: &'a Scenario,
    question: &'a Question,
    /// Stressors that have shocks.
    stressors: Vec<&'a Stressor>,
    severities: Vec<f64>,
    measured: Vec<(usize, Measured)>,
    /// Metric of each threshold.
    watched: Vec<usize>,
}

impl<'a> Ladder<'a> {
    pub fn new(scenario: &'a Scenario, question: &'a Question) -> Result<Self, Asked> {
        possible(question)?;
        let all = metrics(scenario);
        let measured = |name: &String| {
            let at = metric(&all, name)?;
            let spec = all[at].clone();
            let measured = Measured {
                name: spec.name.clone(),
                unit: spec.unit,
                better: sign(&spec),
                spec,
            };
            Ok((at, measured))
        };
        let watched = |threshold: &Threshold| metric(&all, &threshold.metric);
        let stressors: Vec<&Stressor> = scenario
            .stressors
            .iter()
            .filter(|one| !one.shocks.is_empty())
            .collect();
        if stressors.is_empty() {
            return Err(Asked(
                "this scenario has no stressor with shocks; add one to `stressors`".to_owned(),
            ));
        }
        let measured: Result<_, Asked> = question.metrics.iter().map(measured).collect();
        let watched: Result<_, Asked> = question.thresholds.iter().map(watched).collect();
        Ok(Self {
            scenario,
            question,
            severities: severities(&question.severities, &stressors)?,
            stressors,
            measured: measured?,
            watched: watched?,
        })
    }

    /// First with reactions, then without: severity 0, then the others with all stressors.
    pub fn points(&self) -> Vec<Point> {
        let rung = |reactions: bool, severity: f64| {
            let stressors = if severity == 0.0 {
                vec![self.stressors[0].scaled(0.0)]
            } else {
                let all = self.stressors.iter();
                all.map(|one| one.scaled(severity)).collect()
            };
            let mut changes = vec![Change::Stressors(stressors)];
            if !reactions {
                changes.extend(REACTIONS.map(Change::SwitchOff));
            }
            Point::new(0, changes)
        };
        let with = |reactions| self.severities.iter().map(move |&s| rung(reactions, s));
        with(true).chain(with(false)).collect()
    }

    pub fn answer(&self, results: &[Results]) -> Result<Stress, Asked> {
        let mut all: Vec<usize> = self.measured.iter().map(|(at, _)| *at).collect();
        all.extend(&self.watched);
        let kept = Kept::of(results, &all, NEEDED)?;
        let first = &results[0];
        let played = Played {
            months: kept.months(),
            null: first.null,
            departments: departments(self.scenario),
            kept,
        };
        let rungs = self.places(first.strategies.len()).into_iter();
        let rungs = rungs.map(|at| self.rung(at, &played)).collect();
        let (scenario, kept) = (self.scenario, &played.kept);
        Ok(Stress {
            title: scenario.title.clone(),
            seed: scenario.seed,
            replications: kept.count(),
            left_out: kept.left_out(),
            severities: self.severities.clone(),
            strategies: first.strategies.clone(),
            null_alternative: first.null,
            reactions: REACTIONS.to_vec(),
            thresholds: self.question.thresholds.clone(),
            certainty: self.question.certainty,
            available: self.question.buffer,
            stories: self.stressors.iter().map(|one| self.story(one)).collect(),
            metrics: self.measured.iter().map(|(_, one)| one.clone()).collect(),
            rungs,
        })
    }

    /// Reactions on first, then by stressor, severity and strategy.
    fn places(&self, strategies: usize) -> Vec<At> {
        let mut places = Vec::new();
        for reactions in [true, false] {
            for stressor in 0..self.stressors.len() {
                for severity in 0..self.severities.len() {
                    places.extend((0..strategies).map(|strategy| At {
                        reactions,
                        stressor,
                        severity,
                        strategy,
                    }));
                }
            }
        }
        places
    }

    fn story(&self, stressor: &Stressor) -> Story {
        Story {
            name: stressor.name.clone(),
            title: stressor.title.clone(),
            narrative: stressor.narrative.clone(),
            source: stressor.source.clone(),
            first_shock: self.first_shock(stressor),
        }
    }

    /// Months from the policy date to the first shock.
    fn first_shock(&self, stressor: &Stressor) -> i32 {
        let first = stressor.shocks.iter().map(Shock::at).min();
        first.map_or(0, |month| month.since(self.scenario.policy_date))
    }

    fn rung(&self, at: At, played: &Played) -> Rung {
        let Played {
            kept, months, null, ..
        } = played;
        let point = if at.reactions {
            0
        } else {
            self.severities.len()
        };
        let calm = (point, 0, at.strategy);
        let place = |strategy| {
            let stressor = if at.severity == 0 { 0 } else { at.stressor };
            (point + at.severity, stressor, strategy)
        };
        let policy = self.scenario.policy_month();
        let shock = self.first_shock(self.stressors[at.stressor]) + policy as i32;
        let step = |(metric, measured): &(usize, Measured)| {
            let own = kept.values(place(at.strategy), *metric);
            let course = measured.better.and_then(|sign| {
                let pairs = kept.courses(place(at.strategy), *metric).into_iter();
                let pairs = pairs.zip(kept.courses(calm, *metric)).map(|(own, calm)| {
                    // What is better comes first.
                    let turned = |(calm, own)| if sign < 0.0 { (own, calm) } else { (calm, own) };
                    calm.into_iter().zip(own).map(turned).collect()
                });
                Course::of(months, shock, &pairs.collect::<Vec<_>>(), measured.unit)
            });
            Step {
                level: Estimate::of(&own, measured.unit),
                from_calm: Estimate::between(&own, &kept.values(calm, *metric), measured.unit),
                from_null: null.map(|null| {
                    Estimate::between(&own, &kept.values(place(null), *metric), measured.unit)
                }),
                course,
            }
        };
        let breach = |(number, (&metric, threshold)): (usize, (&usize, &Threshold))| {
            let rungs = (at.stressor * self.severities.len() + at.severity) as u64;
            let arm = u64::from(at.reactions) << 32 | (at.strategy as u64) << 16 | number as u64;
            let key = Keyed::new(self.scenario.seed ^ arm, rungs);
            let courses = kept.courses(place(at.strategy), metric);
            Breach::of(threshold, months, policy, &courses, key)
        };
        let watched = self.watched.iter().zip(&self.question.thresholds);
        let paid = |place| kept.paid(place, &played.departments);
        let buffer = || {
            let pairs = paid(place(at.strategy)).into_iter().zip(paid(calm));
            let more: Vec<f64> = pairs.map(|(own, calm)| own - calm).collect();
            Need::of(&more, self.question)
        };
        Rung {
            reactions: at.reactions,
            stressor: at.stressor,
            severity: self.severities[at.severity],
            strategy: at.strategy,
            steps: self.measured.iter().map(step).collect(),
            breaches: watched.enumerate().map(breach).collect(),
            buffer: (at.severity > 0).then(buffer).flatten(),
        }
    }
}

/// What came out of the points.
struct Played<'a> {
    kept: Kept<'a>,
    /// Months of the samples.
    months: Vec<u32>,
    /// Index of the null alternative.
    null: Option<usize>,
    /// Payers that are departments of the municipality.
    departments: Vec<usize>,
}

/// Indices of a rung.
#[derive(Clone, Copy)]
struct At {
    reactions: bool,
    stressor: usize,
    severity: usize,
    strategy: usize,
}

/// The severities that can be played, ascending, 0 among them.
fn severities(asked: &[f64], stressors: &[&Stressor]) -> Result<Vec<f64>, Asked> {
    for &severity in asked {
        if !severity.is_finite() || severity < 0.0 {
            return Err(Asked(format!(
                "the severity {severity} cannot be; expected 0 or more"
            )));
        }
        for stressor in stressors {
            if let Some(most) = most(stressor).filter(|most| severity > *most) {
                return Err(Asked(format!(
                    "the severity {severity} makes more than 100 % of a cut of `{}`; at most {:.2}",
                    stressor.name,
                    (most * 100.0).floor() / 100.0
                )));
            }
        }
    }
    // Numbers of 0 and more are in the order of their bits.
    let all: BTreeSet<u64> = asked
        .iter()
        .map(|severity| severity.abs().to_bits())
        .collect();
    let mut all: Vec<f64> = all.into_iter().map(f64::from_bits).collect();
    if all.first() != Some(&0.0) {
        all.insert(0, 0.0);
    }
    if all.len() < 2 {
        return Err(Asked(
            "no severity above 0 is asked; try --severity 0.5,1".to_owned(),
        ));
    }
    Ok(all)
}
