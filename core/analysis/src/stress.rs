//! Stress test (schokproef): every stressor at several severities, with reactions on and off.
//!
//! Each rung is paired with severity 0 and with the null alternative, replication by replication.
//! There is no pass mark but the thresholds that are asked.

mod breach;
mod course;
mod words;

use crate::estimate::Estimate;
use crate::kept::Kept;
use crate::limit::most;
use crate::names::{metric, sign};
use crate::play::{Asked, Play, Problem};
use crate::threshold::Threshold;
pub use breach::{Breach, Light};
pub use course::Course;
use serde::Serialize;
use std::collections::BTreeSet;
pub use words::answer;
use zalm_experiment::{Change, Keep, Point, Results};
use zalm_model::metrics;
use zalm_scenario::{Mechanism, Scenario, Stressor, Text};
use zalm_statistics::Keyed;
pub use zalm_statistics::stress::SEVERITIES;

/// What people in charge do in answer to a shock ("management actions"): payers grow careful, the
/// municipality directs, payers close something old to pay for the new, and founders begin anew.
/// With reactions off these mechanisms are off from the start, at severity 0 too.
pub const REACTIONS: [Mechanism; 4] = [
    Mechanism::RiskAversion,
    Mechanism::Direction,
    Mechanism::Closing,
    Mechanism::Founding,
];

/// Replications needed for an interval.
const NEEDED: usize = 2;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Factors on the size of the shocks; 0 is always among them.
    pub severities: Vec<f64>,
    /// Metrics of the ladder.
    pub metrics: Vec<String>,
    /// What counts as broken.
    pub thresholds: Vec<Threshold>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stress {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications that count.
    pub replications: usize,
    /// Replications left out because a run failed.
    pub left_out: usize,
    /// Severities, ascending from 0.
    pub severities: Vec<f64>,
    /// Strategies in declared order.
    pub strategies: Vec<String>,
    /// Index of the null alternative.
    pub null_alternative: Option<usize>,
    /// Mechanisms that are off where reactions are off.
    pub reactions: Vec<Mechanism>,
    /// Thresholds.
    pub thresholds: Vec<Threshold>,
    /// The shocks and their stories.
    pub stories: Vec<Story>,
    /// Metrics of the ladder.
    pub metrics: Vec<Measured>,
    /// Every stressor, severity and strategy, reactions on first.
    pub rungs: Vec<Rung>,
}

/// The story of a stressor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// Name in data files.
    pub name: String,
    /// Name for people; may be empty.
    pub title: Text,
    /// What happens.
    pub narrative: Text,
    /// Where it comes from.
    pub source: Text,
    /// Months from the policy date to its first shock.
    pub first_shock: i32,
}

/// A metric of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// 1 where higher is better, -1 where lower is; absent where it only describes.
    pub better: Option<f64>,
    #[serde(skip)]
    spec: zalm_model::MetricSpec,
}

/// One strategy under one stressor at one severity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// Whether people in charge react, see [`REACTIONS`].
    pub reactions: bool,
    /// Index of the story.
    pub stressor: usize,
    /// Factor on the size of its shocks.
    pub severity: f64,
    /// Index of the strategy.
    pub strategy: usize,
    /// One per metric.
    pub steps: Vec<Step>,
    /// One per threshold.
    pub breaches: Vec<Breach>,
}

/// One metric on one rung, in its unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Level.
    pub level: Estimate,
    /// Paired difference from severity 0 of the same strategy, reactions alike.
    pub from_calm: Estimate,
    /// Paired difference from the null alternative on the same rung.
    pub from_null: Option<Estimate>,
    /// Course of the loss against severity 0; `None` where it never loses or has no direction.
    pub course: Option<Course>,
}

/// The stress test of a scenario.
///
/// # Errors
/// When the question cannot be asked of this scenario, or its points cannot be played.
pub fn stress<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<Stress, Problem<P::Error>> {
    let ladder = Ladder::new(scenario, question)?;
    let results = play
        .play(&ladder.points(), Keep::Series)
        .map_err(Problem::Played)?;
    Ok(ladder.answer(&results)?)
}

/// A question that can be asked.
struct Ladder<'a> {
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
    fn new(scenario: &'a Scenario, question: &'a Question) -> Result<Self, Asked> {
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
    fn points(&self) -> Vec<Point> {
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

    fn answer(&self, results: &[Results]) -> Result<Stress, Asked> {
        let mut all: Vec<usize> = self.measured.iter().map(|(at, _)| *at).collect();
        all.extend(&self.watched);
        let kept = Kept::of(results, &all, NEEDED)?;
        let months = kept.months();
        let scenario = self.scenario;
        let first = &results[0];
        let mut rungs = Vec::new();
        for reactions in [true, false] {
            for stressor in 0..self.stressors.len() {
                for severity in 0..self.severities.len() {
                    for strategy in 0..first.strategies.len() {
                        let at = At {
                            reactions,
                            stressor,
                            severity,
                            strategy,
                        };
                        rungs.push(self.rung(at, &kept, first.null, &months));
                    }
                }
            }
        }
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
            stories: self.stressors.iter().map(|one| self.story(one)).collect(),
            metrics: self.measured.iter().map(|(_, one)| one.clone()).collect(),
            rungs,
        })
    }

    fn story(&self, stressor: &Stressor) -> Story {
        let first = stressor.shocks.iter().map(zalm_scenario::Shock::at).min();
        Story {
            name: stressor.name.clone(),
            title: stressor.title.clone(),
            narrative: stressor.narrative.clone(),
            source: stressor.source.clone(),
            first_shock: first.map_or(0, |month| month.since(self.scenario.policy_date)),
        }
    }

    fn rung(&self, at: At, kept: &Kept, null: Option<usize>, months: &[u32]) -> Rung {
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
        let shock = self.story(self.stressors[at.stressor]).first_shock + policy as i32;
        let step = |(metric, measured): &(usize, Measured)| {
            let own = kept.values(place(at.strategy), *metric);
            let course = measured.better.and_then(|sign| {
                let pairs = kept.courses(place(at.strategy), *metric).into_iter();
                let losses = pairs.zip(kept.courses(calm, *metric)).map(|(own, calm)| {
                    let months = calm.iter().zip(&own);
                    months.map(|(calm, own)| sign * (calm - own)).collect()
                });
                Course::of(months, shock, &losses.collect::<Vec<_>>())
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
        Rung {
            reactions: at.reactions,
            stressor: at.stressor,
            severity: self.severities[at.severity],
            strategy: at.strategy,
            steps: self.measured.iter().map(step).collect(),
            breaches: watched.enumerate().map(breach).collect(),
        }
    }
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

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;
    use crate::toy::Toy;

    /// Outcome 10 a month, less what a cut takes of it: 10 (1 - share) from its month on.
    fn toy() -> Toy {
        Toy::new(|scenario, stressor, strategy, replication, month| {
            let size = crate::toy::cut(scenario, stressor, month);
            let noise = f64::from(replication % 3) - 1.0;
            let reacts = scenario.switched_off.is_empty();
            let eased = if reacts { 0.5 } else { 1.0 };
            10.0 * (1.0 - eased * size) + strategy as f64 + noise
        })
    }

    fn question() -> Question {
        Question {
            severities: vec![2.0, 1.0],
            metrics: vec!["households.problem_free".to_owned()],
            thresholds: vec!["households.problem_free<7".parse().unwrap()],
        }
    }

    #[test]
    fn a_ladder_in_closed_form() {
        let toy = toy();
        let stress = stress(&toy.scenario, &question(), &toy).unwrap();
        assert_eq!(stress.severities, [0.0, 1.0, 2.0]);
        assert_eq!(
            stress.stories.len(),
            1,
            "a stressor without shocks is no story"
        );
        // 2 reactions x 1 stressor x 3 severities x 2 strategies.
        assert_eq!(stress.rungs.len(), 12);
        let rung = |reactions, severity: f64, strategy| {
            let mut rungs = stress.rungs.iter();
            let is = |one: &&Rung| (one.reactions, one.strategy) == (reactions, strategy);
            rungs
                .find(|one| is(one) && one.severity == severity)
                .unwrap()
        };
        // The cut of 20 % at severity 2 without reactions takes 40 % of 10, noise cancels in pairs.
        let hard = &rung(false, 2.0, 0).steps[0];
        let course = hard.course.unwrap();
        assert!((course.trough - 4.0).abs() < 1e-9 && course.after == 0);
        assert_eq!(course.recovered, None);
        assert!((hard.from_null.unwrap().mean).abs() < 1e-9);
        let next = &rung(false, 2.0, 1).steps[0];
        assert!((next.from_null.unwrap().mean - 1.0).abs() < 1e-9);
        // Reactions take half of it away.
        let eased = rung(true, 2.0, 0).steps[0].course.unwrap();
        assert!((eased.trough - 2.0).abs() < 1e-9);
        assert_eq!(rung(true, 0.0, 0).steps[0].course, None);
        assert_eq!(rung(true, 0.0, 0).steps[0].from_calm.mean, 0.0);
    }

    #[test]
    fn the_threshold_breaks_where_it_must() {
        let toy = toy();
        let stress = stress(&toy.scenario, &question(), &toy).unwrap();
        let light = |reactions, severity: f64| {
            let mut rungs = stress.rungs.iter();
            let rung = rungs.find(|one| {
                one.reactions == reactions && one.severity == severity && one.strategy == 0
            });
            rung.unwrap().breaches[0].clone()
        };
        assert_eq!(light(true, 0.0).light, Light::Green);
        let red = light(false, 2.0);
        // 6 on average, between 5 and 7 by replication: the first month of the cut breaks it.
        assert_eq!(red.light, Light::Red);
        assert_eq!(red.first, Some(6));
        assert_eq!(light(true, 1.0).first, None);
    }

    #[test]
    fn what_cannot_be_asked_says_what_to_do() {
        let toy = toy();
        let asked = |change: &dyn Fn(&mut Question)| {
            let mut question = question();
            change(&mut question);
            match stress(&toy.scenario, &question, &toy) {
                Err(Problem::Asked(asked)) => asked.0,
                other => panic!("{other:?}"),
            }
        };
        assert!(asked(&|q| q.severities = vec![6.0]).contains("at most 5"));
        assert!(asked(&|q| q.severities = vec![-1.0]).contains("0 or more"));
        assert!(asked(&|q| q.severities = vec![0.0]).contains("above 0"));
        let unknown = asked(&|q| q.metrics = vec!["households.problem".to_owned()]);
        assert!(unknown.contains("Did you mean `households."), "{unknown}");
        let mut calm = toy.scenario.clone();
        calm.stressors.retain(|one| one.shocks.is_empty());
        let refused = stress(&calm, &question(), &toy);
        assert!(matches!(refused, Err(Problem::Asked(_))));
    }

    #[test]
    fn one_replication_is_too_few() {
        let toy = Toy {
            replications: 1,
            ..toy()
        };
        let refused = stress(&toy.scenario, &question(), &toy);
        let Err(Problem::Asked(asked)) = refused else {
            panic!("{refused:?}");
        };
        assert!(asked.0.contains("--replications"), "{asked}");
    }
}
