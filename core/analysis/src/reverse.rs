//! Reverse stress test: from a failure that is stated first to the nearest plausible shocks that
//! bring it about.
//!
//! A threat grows from severity 0; at 1 a shock has the size it has in the scenario, and what ails the
//! own organisation is at the pessimistic end of its plausible range. Each threat alone, each pair and
//! then mixes are followed outward until the failure is there, all with the same chance. How far out
//! is d = √(xᵀ Σ⁻¹ x): severity 1 is one standard deviation, every pair correlated alike.

mod sign;
mod threat;
mod words;

use crate::kept::Kept;
use crate::names::metric;
use crate::play::{Asked, Play, Problem};
use crate::threshold::Threshold;
use serde::Serialize;
pub use sign::{EarlySign, Owner};
use std::cell::RefCell;
use std::collections::BTreeMap;
pub use threat::{Origin, Threat};
pub use words::answer;
use zalm_experiment::{Keep, Results};
use zalm_model::metrics;
use zalm_scenario::{Scenario, Text};
use zalm_statistics::economics::Scan;
use zalm_statistics::stress::{
    NearestOptions, Plausibility, Ray, directions, nearest_failure, ray,
};
use zalm_statistics::{Keyed, Refused};

/// Largest severity that is looked at.
pub const MOST: f64 = 3.0;
/// How closely to look along a ray: a point is many runs.
const SCAN: Scan = Scan {
    points: 5,
    narrow: 1.0 / 64.0,
    halvings: 4,
};
/// Most steps of each walk from a failure to a nearer one.
const STEPS: u64 = 20;
/// Replications needed.
const NEEDED: usize = 2;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What counts as failure, of the mean over replications.
    pub failure: Threshold,
    /// Largest severity to look at.
    pub most: f64,
    /// Correlation between any two threats, 0..1.
    pub correlation: f64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reverse {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each point.
    pub replications: u32,
    /// What counts as failure.
    pub failure: Threshold,
    /// Largest severity that was looked at.
    pub most: f64,
    /// Correlation between any two threats.
    pub correlation: f64,
    /// The threats.
    pub threats: Vec<Threat>,
    /// Points that were played.
    pub points: usize,
    /// One per strategy, in declared order.
    pub strategies: Vec<Breaking>,
}

/// What breaks one strategy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breaking {
    /// The strategy.
    pub strategy: String,
    /// The failing metric without any threat.
    pub calm: f64,
    /// Whether it fails without any threat; then nothing has to be looked for.
    pub fails_anyway: bool,
    /// Severity at which each threat alone breaks it; `None` up to the largest.
    pub alone: Vec<Option<f64>>,
    /// Severity at which both of a pair, equally severe, break it.
    pub pairs: Vec<Pair>,
    /// The nearest failure of the own organisation, of the system, and of both together.
    pub stories: Vec<FailureStory>,
}

/// A pair of threats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Index of one.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// Severity of both; `None` up to the largest.
    pub severity: Option<f64>,
}

/// A nearest failure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailureStory {
    /// Where it comes from; `None` is both together.
    pub origin: Option<Origin>,
    /// Severity of each threat; `None` when there is no such failure up to the largest.
    pub severities: Option<Vec<f64>>,
    /// Mahalanobis distance of these severities from 0.
    pub distance: Option<f64>,
    /// Φ(-d): chance of something as far out in that direction, if severities were normal.
    pub tail: Option<f64>,
    /// What moves first before the failure.
    pub sign: Option<EarlySign>,
}

/// The reverse stress test of a scenario.
///
/// # Errors
/// When the question cannot be asked of this scenario, or a point cannot be played.
pub fn reverse<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<Reverse, Problem<P::Error>> {
    let all = metrics(scenario);
    let failing = metric(&all, &question.failure.metric)?;
    check(question)?;
    let threats = threat::threats(scenario);
    if !threats.iter().any(|one| one.origin == Origin::System) {
        return Err(Asked(
            "this scenario has no stressor whose shocks have a size; add one to `stressors`"
                .to_owned(),
        )
        .into());
    }
    let probe = Probe {
        scenario,
        question,
        threats: &threats,
        failing,
        play,
        known: RefCell::default(),
    };
    let tops = threats
        .iter()
        .map(|one| one.top.min(question.most))
        .collect::<Vec<_>>();
    let calm = vec![0.0; threats.len()];
    probe.ask(std::slice::from_ref(&calm))?;
    // The first look along all rays at once, so that its points run beside each other.
    let count = threats.len();
    let looks = directions(count).into_iter().flat_map(|among| {
        let top = top(&tops, &among);
        let look = |at: usize| top * at as f64 / (SCAN.points - 1) as f64;
        let place = |at: usize| equally(count, &among, look(at));
        (1..SCAN.points).map(place).collect::<Vec<_>>()
    });
    probe.ask(&looks.collect::<Vec<_>>())?;
    let mut strategies = Vec::new();
    for (strategy, used) in scenario.strategies.iter().enumerate() {
        let mean = probe.mean(&calm, strategy)?;
        let fails_anyway = question.failure.breaks(mean);
        let mut breaking = Breaking {
            strategy: used.name.clone(),
            calm: mean,
            fails_anyway,
            alone: Vec::new(),
            pairs: Vec::new(),
            stories: Vec::new(),
        };
        if !fails_anyway {
            probe.follow(&mut breaking, strategy, &tops)?;
        }
        strategies.push(breaking);
    }
    let points = probe.known.borrow().len();
    Ok(Reverse {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: scenario.replications,
        failure: question.failure.clone(),
        most: question.most,
        correlation: question.correlation,
        threats,
        points,
        strategies,
    })
}

fn check(question: &Question) -> Result<(), Asked> {
    let Question {
        most, correlation, ..
    } = *question;
    if !(most.is_finite() && most > 0.0) {
        return Err(Asked(format!(
            "the largest severity is {most}; expected above 0"
        )));
    }
    if !(0.0..1.0).contains(&correlation) {
        return Err(Asked(format!(
            "the correlation is {correlation}; expected 0 or more and below 1"
        )));
    }
    Ok(())
}

/// Severities, by the bits of their numbers.
type Place = Vec<u64>;

/// Asks at which severities what fails, and keeps what it was told.
struct Probe<'a, P: Play> {
    scenario: &'a Scenario,
    question: &'a Question,
    threats: &'a [Threat],
    failing: usize,
    play: &'a P,
    /// Mean of the failing metric by strategy.
    known: RefCell<BTreeMap<Place, Vec<f64>>>,
}

fn place(severities: &[f64]) -> Place {
    severities
        .iter()
        .map(|severity| severity.to_bits())
        .collect()
}

impl<P: Play> Probe<'_, P> {
    /// Plays what is not known yet.
    fn ask(&self, places: &[Vec<f64>]) -> Result<(), Problem<P::Error>> {
        let new: Vec<&Vec<f64>> = {
            let known = self.known.borrow();
            let new = places.iter().filter(|one| !known.contains_key(&place(one)));
            new.collect()
        };
        let points = new
            .iter()
            .map(|one| threat::point(self.scenario, self.threats, one));
        let points: Vec<_> = points.collect();
        if points.is_empty() {
            return Ok(());
        }
        let keep = Threshold::keep(std::slice::from_ref(&self.question.failure));
        let results = self.play.play(&points, keep).map_err(Problem::Played)?;
        for (severities, results) in new.into_iter().zip(&results) {
            let means = self.means(std::slice::from_ref(results))?;
            self.known.borrow_mut().insert(place(severities), means);
        }
        Ok(())
    }

    /// Mean of the failing metric, by strategy.
    fn means(&self, results: &[Results]) -> Result<Vec<f64>, Asked> {
        let kept = Kept::of(results, &[self.failing], NEEDED)?;
        let after = self.question.failure.after;
        let mean = |strategy| kept.mean_at((0, 0, strategy), self.failing, after);
        (0..results[0].strategies.len()).map(mean).collect()
    }

    fn mean(&self, severities: &[f64], strategy: usize) -> Result<f64, Problem<P::Error>> {
        self.ask(&[severities.to_vec()])?;
        Ok(self.known.borrow()[&place(severities)][strategy])
    }

    /// How far a strategy is from failure; below 0 it fails. `failure` takes what went wrong, after
    /// which nothing more is played.
    fn room(
        &self,
        severities: &[f64],
        strategy: usize,
        failure: &mut Option<Problem<P::Error>>,
    ) -> Option<f64> {
        if failure.is_some() {
            return None;
        }
        match self.mean(severities, strategy) {
            // On the line it still holds.
            Ok(mean) => Some(match self.question.failure.room(mean) {
                0.0 => f64::MIN_POSITIVE,
                room => room,
            }),
            Err(problem) => {
                *failure = Some(problem);
                None
            }
        }
    }

    /// What breaks a strategy that holds without any threat.
    fn follow(
        &self,
        breaking: &mut Breaking,
        strategy: usize,
        tops: &[f64],
    ) -> Result<(), Problem<P::Error>> {
        for among in directions(tops.len()) {
            let mut failure = None;
            let found = ray(top(tops, &among), SCAN, |severity| {
                let place = equally(tops.len(), &among, severity);
                self.room(&place, strategy, &mut failure)
            });
            let severity = match played(failure, found)? {
                Ray::Critical(crossing) => Some(crossing.bracket.1),
                Ray::Stands | Ray::FailsAtOnce => None,
            };
            match among[..] {
                [first, second] => breaking.pairs.push(Pair {
                    first,
                    second,
                    severity,
                }),
                _ => breaking.alone.push(severity),
            }
        }
        for origin in [Some(Origin::Own), Some(Origin::System), None] {
            let severities = self.nearest(origin, breaking, strategy, tops)?;
            let story = self.story(origin, severities, strategy)?;
            breaking.stories.push(story);
        }
        Ok(())
    }

    /// Severities of the nearest failure by threats of one origin, or of both origins at once.
    fn nearest(
        &self,
        origin: Option<Origin>,
        breaking: &Breaking,
        strategy: usize,
        tops: &[f64],
    ) -> Result<Option<Vec<f64>>, Problem<P::Error>> {
        let of = |at: usize| self.threats[at].origin;
        let among: Vec<usize> = (0..tops.len())
            .filter(|&at| origin.is_none_or(|origin| of(at) == origin))
            .collect();
        let counts = |severities: &[f64]| {
            let has = |one| (0..tops.len()).any(|at| of(at) == one && severities[at] > 0.0);
            origin.is_some() || (has(Origin::Own) && has(Origin::System))
        };
        // Severities below 0 would be strokes of luck: they count as none.
        let whole = |values: &[f64]| {
            let mut severities = vec![0.0; tops.len()];
            among
                .iter()
                .zip(values)
                .for_each(|(&at, value)| severities[at] = value.max(0.0));
            severities
        };
        let mut failure = None;
        let options = NearestOptions {
            restarts: 0,
            steps: STEPS,
            reach: self.question.most,
            key: Keyed::new(self.scenario.seed, strategy as u64),
        };
        let found = nearest_failure(&self.plausibility(among.len())?, &options, |values| {
            let severities = whole(values);
            let inside = severities
                .iter()
                .zip(tops)
                .all(|(severity, top)| severity <= top);
            inside
                .then(|| self.room(&severities, strategy, &mut failure))
                .flatten()
        });
        let found = played(failure, found)?;
        let mut all: Vec<Vec<f64>> = found.iter().map(|found| whole(&found.values)).collect();
        // What fails only together, and what the walk cannot reach, lies on a ray.
        let alone = breaking.alone.iter().enumerate();
        all.extend(alone.filter_map(|(at, one)| Some(equally(tops.len(), &[at], (*one)?))));
        all.extend(breaking.pairs.iter().filter_map(|pair| {
            Some(equally(
                tops.len(),
                &[pair.first, pair.second],
                pair.severity?,
            ))
        }));
        let mut best: Option<(f64, Vec<f64>)> = None;
        for severities in all {
            let only = (0..tops.len()).all(|at| among.contains(&at) || severities[at] == 0.0);
            let distance = self.distance(&severities)?;
            let nearer = best.as_ref().is_none_or(|(least, _)| distance < *least);
            if only && counts(&severities) && nearer {
                best = Some((distance, severities));
            }
        }
        Ok(best.map(|(_, severities)| severities))
    }

    /// Severity 1 is one standard deviation, and every pair is correlated alike.
    fn plausibility(&self, threats: usize) -> Result<Plausibility, Asked> {
        let cell = |i: usize, j: usize| {
            if i == j {
                1.0
            } else {
                self.question.correlation
            }
        };
        let row = |i: usize| (0..threats).map(|j| cell(i, j)).collect();
        let covariance: Vec<Vec<f64>> = (0..threats).map(row).collect();
        Ok(Plausibility::new(vec![0.0; threats], &covariance)?)
    }

    fn distance(&self, severities: &[f64]) -> Result<f64, Asked> {
        Ok(self.plausibility(severities.len())?.distance(severities)?)
    }

    fn story(
        &self,
        origin: Option<Origin>,
        severities: Option<Vec<f64>>,
        strategy: usize,
    ) -> Result<FailureStory, Problem<P::Error>> {
        let Some(severities) = severities else {
            return Ok(FailureStory {
                origin,
                severities: None,
                distance: None,
                tail: None,
                sign: None,
            });
        };
        let point = |severities: &[f64]| threat::point(self.scenario, self.threats, severities);
        let points = [point(&vec![0.0; self.threats.len()]), point(&severities)];
        let results = self
            .play
            .play(&points, Keep::Series)
            .map_err(Problem::Played)?;
        let sign = sign::first(self.scenario, &self.question.failure, &results, strategy)?;
        let distance = self.distance(&severities)?;
        Ok(FailureStory {
            origin,
            severities: Some(severities),
            distance: Some(distance),
            tail: Some(Plausibility::tail(distance)),
            sign,
        })
    }
}

/// Largest severity that all of these threats can have.
fn top(tops: &[f64], among: &[usize]) -> f64 {
    among.iter().map(|&at| tops[at]).fold(f64::MAX, f64::min)
}

/// These threats at one severity, the others at none.
fn equally(threats: usize, among: &[usize], severity: f64) -> Vec<f64> {
    let of = |at| if among.contains(&at) { severity } else { 0.0 };
    (0..threats).map(of).collect()
}

/// What a search found, unless a point could not be played.
fn played<T, E>(failure: Option<Problem<E>>, found: Result<T, Refused>) -> Result<T, Problem<E>> {
    match failure {
        Some(failure) => Err(failure),
        None => Ok(found.map_err(Asked::from)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::{Toy, cut, tiny};

    /// Alive until a share of the cut and the trouble with staff together pass a line.
    fn toy() -> Toy {
        let first = tiny().parameters.get("worker.leave").unwrap().clone();
        Toy::new(move |scenario, stressor, strategy, replication, month| {
            let leave = scenario.parameters.get("worker.leave").unwrap();
            let staff = (leave.value - first.value) / (first.high - first.value);
            // Severity 1 of the cut takes 20 %.
            let shock = cut(scenario, stressor, month) / 0.2;
            let noise = f64::from(replication % 2) * 0.02 - 0.01;
            let held = if strategy == 1 { 100.0 } else { 10.0 };
            (held - 3.0 * shock - 4.0 * staff + noise).max(0.0)
        })
    }

    fn question() -> Question {
        Question {
            // 10 - 3 s - 4 t below 2: the line 3 s + 4 t = 8.
            failure: "households.problem_free@20<2".parse().unwrap(),
            most: 3.0,
            correlation: 0.0,
        }
    }

    #[test]
    fn the_nearest_failure_of_a_line_in_closed_form() {
        let toy = toy();
        let found = reverse(&toy.scenario, &question(), &toy).unwrap();
        let names: Vec<&str> = found.threats.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["cut", "staff", "leaders"]);
        let breaking = &found.strategies[0];
        assert!(
            (breaking.alone[0].unwrap() - 8.0 / 3.0).abs() < 0.05,
            "{breaking:?}"
        );
        assert!((breaking.alone[1].unwrap() - 2.0).abs() < 0.05);
        assert_eq!(
            breaking.alone[2], None,
            "leaders do not count in this world"
        );
        assert!((breaking.pairs[0].severity.unwrap() - 8.0 / 7.0).abs() < 0.05);
        // x = Σ a c / (aᵀ Σ a) = 8 (3, 4) / 25, d = 8 / 5.
        let combined = &breaking.stories[2];
        assert!(
            (combined.distance.unwrap() - 1.6).abs() < 0.05,
            "{combined:?}"
        );
        assert!((combined.tail.unwrap() - Plausibility::tail(1.6)).abs() < 0.01);
        let own = &breaking.stories[0];
        assert!((own.distance.unwrap() - 2.0).abs() < 0.05);
        assert_eq!(
            own.sign, None,
            "trouble that is there from the first month gives no warning"
        );
    }

    #[test]
    fn correlation_brings_joint_failures_nearer() {
        let toy = toy();
        let question = Question {
            correlation: 0.5,
            ..question()
        };
        let found = reverse(&toy.scenario, &question, &toy).unwrap();
        // d = c / √(aᵀ Σ a), a = (3, 4): 8 / √(9 + 16 + 12) = 1.3152.
        let combined = &found.strategies[0].stories[2];
        assert!(
            (combined.distance.unwrap() - 1.3152).abs() < 0.08,
            "{combined:?}"
        );
    }

    #[test]
    fn what_holds_has_no_story_and_what_fails_anyway_none_either() {
        let toy = toy();
        let found = reverse(&toy.scenario, &question(), &toy).unwrap();
        let strong = &found.strategies[1];
        assert!(!strong.fails_anyway);
        assert!(
            strong
                .stories
                .iter()
                .all(|story| story.severities.is_none())
        );
        let question = Question {
            failure: "households.problem_free<50".parse().unwrap(),
            ..question()
        };
        let found = reverse(&toy.scenario, &question, &toy).unwrap();
        assert!(found.strategies[0].fails_anyway && found.strategies[0].stories.is_empty());
    }

    #[test]
    fn what_cannot_be_asked_says_what_to_do() {
        let toy = toy();
        let asked = |question: Question| match reverse(&toy.scenario, &question, &toy) {
            Err(Problem::Asked(asked)) => asked.0,
            other => panic!("{other:?}"),
        };
        let failing = |failure: &str| Question {
            failure: failure.parse().unwrap(),
            ..question()
        };
        assert!(asked(failing("project.alve<0.5")).contains("Did you mean `project.alive`?"));
        assert!(asked(failing("project.alive@500<0.5")).contains("no sample"));
        assert!(
            asked(Question {
                most: 0.0,
                ..question()
            })
            .contains("above 0")
        );
        assert!(
            asked(Question {
                correlation: 1.0,
                ..question()
            })
            .contains("below 1")
        );
    }
}
