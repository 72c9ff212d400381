//! Break-even points (omslagpunten) of a strategy along a parameter.
//!
//! The balance is the paired gain against the null alternative, played anew at every value with the
//! same chance: so it is a fixed function, and its changes of sign are real ones of that function.

mod words;

use crate::estimate::Estimate;
use crate::names::{known, metric, sign_needed, stressor};
use crate::play::{Asked, Play, Problem};
use serde::Serialize;
use std::collections::BTreeMap;
pub use words::answer;
use zalm_experiment::{Change, Keep, LEVEL, Point, Results};
use zalm_model::{MetricSpec, metrics};
use zalm_scenario::{Evidence, SPECS, Scenario, Stressor, Text};
use zalm_statistics::economics::{Scan, break_even as search};
use zalm_statistics::{Bootstrap, Keyed};

/// Resamples of the replications.
const RESAMPLES: u32 = 1000;
/// Replications needed for an interval.
const NEEDED: usize = 2;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Parameter along which to look.
    pub parameter: String,
    /// Range to look in; `None` is the plausible range.
    pub range: Option<(f64, f64)>,
    /// Metric of the balance.
    pub metric: String,
    /// Stressor; `None` is the first of the scenario.
    pub stressor: Option<String>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEven {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each point.
    pub replications: usize,
    /// Metric of the balance.
    pub metric: String,
    /// Its unit.
    pub unit: &'static str,
    /// Stressor.
    pub stressor: String,
    /// Null alternative.
    pub null_alternative: String,
    /// Parameter.
    pub parameter: Along,
    /// Every strategy but the null alternative.
    pub turnings: Vec<Turning>,
    #[serde(skip)]
    spec: MetricSpec,
}

/// The parameter along which is looked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Along {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// Value in use.
    pub in_use: f64,
    /// How well that is supported.
    pub evidence: Evidence,
    /// Range that was looked at.
    pub range: (f64, f64),
    /// Whether that is the plausible range.
    pub plausible: bool,
}

/// Where a strategy turns from loss to gain, or back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turning {
    /// The strategy.
    pub strategy: String,
    /// Gain against the null alternative at every value that was played, ascending; higher is better.
    pub gains: Vec<(f64, Estimate)>,
    /// Every change of sign that was found, ascending.
    pub points: Vec<TurningPoint>,
    /// Whether it gains at the low end; `None`: it neither gains nor loses anywhere.
    pub gains_first: Option<bool>,
}

/// A break-even point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TurningPoint {
    /// Value of the parameter.
    pub at: f64,
    /// From loss to gain as the parameter grows.
    pub rises: bool,
    /// 95 % bootstrap interval over replications, solved again on the values that were played with
    /// straight lines between them.
    pub interval: Option<(f64, f64)>,
    /// Share of the resamples in which there is such a point at all.
    pub found: f64,
}

/// Break-even points of every strategy of a scenario along a parameter.
///
/// # Errors
/// When the question cannot be asked of this scenario, or a point cannot be played.
pub fn break_even<P: Play>(
    scenario: &Scenario,
    question: &Question,
    play: &P,
) -> Result<BreakEven, Problem<P::Error>> {
    let walk = Walk::new(scenario, question)?;
    let mut played = Played::default();
    let scan = Scan::default();
    let (low, high) = walk.along.range;
    let step = (high - low) / (scan.points - 1) as f64;
    // The values of the scan at once, so that they run beside each other.
    let values = (0..scan.points).map(|at| low + step * at as f64);
    walk.play(values, &mut played, play)?;
    walk.varies(&played)?;
    let mut turnings = Vec::new();
    for strategy in walk.others() {
        let mut failure = None;
        let found = search(walk.along.range, scan, |value| {
            if failure.is_none() {
                failure = walk.play([value], &mut played, play).err();
            }
            played.mean(value, strategy)
        });
        if let Some(failure) = failure {
            return Err(failure);
        }
        let found = found.map_err(Asked::from)?;
        turnings.push((strategy, found));
    }
    let turning = |(strategy, found): (usize, zalm_statistics::economics::BreakEven)| {
        let curve = played.curve(strategy);
        let key = Keyed::new(scenario.seed, strategy as u64);
        let point = |crossing: &zalm_statistics::economics::Crossing| {
            curve.turning(crossing.at, crossing.rises, key)
        };
        Turning {
            strategy: scenario.strategies[strategy].name.clone(),
            gains: curve.estimates(),
            points: found.crossings.iter().map(point).collect(),
            gains_first: found.positive_first,
        }
    };
    Ok(BreakEven {
        title: scenario.title.clone(),
        seed: scenario.seed,
        replications: played.replications(),
        metric: walk.spec.name.clone(),
        unit: walk.spec.unit,
        stressor: walk.stressor.name.clone(),
        null_alternative: scenario.null_alternative.clone(),
        turnings: turnings.into_iter().map(turning).collect(),
        parameter: walk.along,
        spec: walk.spec,
    })
}

/// A question that can be asked.
struct Walk<'a> {
    scenario: &'a Scenario,
    stressor: &'a Stressor,
    metric: usize,
    spec: MetricSpec,
    sign: f64,
    null: usize,
    along: Along,
}

impl<'a> Walk<'a> {
    fn new(scenario: &'a Scenario, question: &Question) -> Result<Self, Asked> {
        let all = metrics(scenario);
        let metric = metric(&all, &question.metric)?;
        let stressor = stressor(scenario, question.stressor.as_deref())?;
        let strategies: Vec<&str> = scenario
            .strategies
            .iter()
            .map(|s| s.name.as_str())
            .collect();
        let null = known("strategy", &scenario.null_alternative, &strategies)?;
        if strategies.len() < 2 {
            return Err(Asked(
                "the null alternative alone has nothing to break even with; add a strategy"
                    .to_owned(),
            ));
        }
        Ok(Self {
            scenario,
            stressor,
            metric,
            sign: sign_needed(&all[metric])?,
            spec: all[metric].clone(),
            null,
            along: along(scenario, question)?,
        })
    }

    /// Strategies other than the null alternative.
    fn others(&self) -> impl Iterator<Item = usize> + use<> {
        let null = self.null;
        (0..self.scenario.strategies.len()).filter(move |strategy| *strategy != null)
    }

    /// Plays what was not played yet.
    fn play<P: Play>(
        &self,
        values: impl IntoIterator<Item = f64>,
        played: &mut Played,
        play: &P,
    ) -> Result<(), Problem<P::Error>> {
        let new = values.into_iter().filter(|value| !played.has(*value));
        let new: Vec<f64> = new.collect();
        let point = |&value: &f64| {
            let along = Change::parameter(self.along.name.clone(), value);
            let stressor = Change::Stressors(vec![self.stressor.clone()]);
            Point::new(0, vec![along, stressor])
        };
        if new.is_empty() {
            return Ok(());
        }
        let points: Vec<Point> = new.iter().map(point).collect();
        let results = play
            .play(&points, Keep::Outcomes)
            .map_err(Problem::Played)?;
        for (value, results) in new.into_iter().zip(&results) {
            let gains = self.gains(results);
            if gains.iter().flatten().flatten().count() < NEEDED * gains.len() {
                return Err(Asked(format!(
                    "fewer than {NEEDED} replications are whole at {} = {value}; ask for more with \
                     --replications",
                    self.along.name
                ))
                .into());
            }
            played.0.push((value, gains));
        }
        Ok(())
    }

    /// Gain of every strategy against the null alternative, by replication.
    fn gains(&self, results: &Results) -> Vec<Vec<Option<f64>>> {
        let values = |strategy: usize| results.arm(0, strategy).map(|run| run.value(self.metric));
        let gain = |strategy: usize| {
            let pairs = values(strategy).zip(values(self.null));
            pairs
                .map(|(own, null)| Some(self.sign * (own? - null?)))
                .collect()
        };
        (0..results.strategies.len()).map(gain).collect()
    }

    /// Refuses a metric that is the same whatever the parameter and the strategy.
    fn varies(&self, played: &Played) -> Result<(), Asked> {
        let gains = |strategy: usize| {
            played
                .0
                .iter()
                .flat_map(move |(_, gains)| gains[strategy].iter())
        };
        let differs = self
            .others()
            .any(|one| gains(one).flatten().any(|gain| *gain != 0.0));
        if differs {
            return Ok(());
        }
        Err(Asked(format!(
            "`{}` never differs from the null alternative, whatever `{}` is: choose another metric",
            self.spec.name, self.along.name
        )))
    }
}

/// The parameter and its range.
fn along(scenario: &Scenario, question: &Question) -> Result<Along, Asked> {
    let names: Vec<&str> = SPECS.iter().map(|spec| spec.name).collect();
    let spec = &SPECS[known("parameter", &question.parameter, &names)?];
    let parameter = scenario.parameters.get(spec.name);
    let parameter = parameter.expect("a scenario has all parameters");
    let (low, high) = question.range.unwrap_or((parameter.low, parameter.high));
    let name = spec.name;
    if low < spec.min || high > spec.max {
        return Err(Asked(format!(
            "{name}: {low} to {high} is out of range; expected within {} to {} {}",
            spec.min, spec.max, spec.unit
        )));
    }
    if low >= high {
        return Err(Asked(format!(
            "{name}: the range {low} to {high} is empty; give one with --range LOW..HIGH"
        )));
    }
    Ok(Along {
        name: name.to_owned(),
        unit: spec.unit,
        in_use: parameter.value,
        evidence: parameter.evidence,
        range: (low, high),
        plausible: question.range.is_none(),
    })
}

/// Gains by value, strategy and replication.
#[derive(Default)]
struct Played(Vec<(f64, Vec<Vec<Option<f64>>>)>);

impl Played {
    fn at(&self, value: f64) -> Option<&Vec<Vec<Option<f64>>>> {
        let mut all = self.0.iter();
        all.find(|(at, _)| at.to_bits() == value.to_bits())
            .map(|(_, gains)| gains)
    }

    fn has(&self, value: f64) -> bool {
        self.at(value).is_some()
    }

    fn replications(&self) -> usize {
        self.0
            .first()
            .map_or(0, |(_, gains)| gains.first().map_or(0, Vec::len))
    }

    /// Mean gain of a strategy.
    fn mean(&self, value: f64, strategy: usize) -> Option<f64> {
        let whole: Vec<f64> = self.at(value)?[strategy]
            .iter()
            .flatten()
            .copied()
            .collect();
        (!whole.is_empty()).then(|| crate::kept::mean(whole.iter().copied()))
    }

    /// All that was played of a strategy.
    fn curve(&self, strategy: usize) -> Curve {
        let mut sorted = BTreeMap::new();
        for (value, gains) in &self.0 {
            // Bits of numbers sort as the numbers do once those below 0 are turned.
            let bits = value.to_bits() as i64;
            let order = bits ^ (((bits >> 63) as u64) >> 1) as i64;
            sorted.insert(order, (*value, gains[strategy].clone()));
        }
        Curve(sorted.into_values().collect())
    }
}

/// Gains of one strategy, ascending by value.
struct Curve(Vec<(f64, Vec<Option<f64>>)>);

impl Curve {
    fn estimates(&self) -> Vec<(f64, Estimate)> {
        let whole = |gains: &Vec<Option<f64>>| gains.iter().flatten().copied().collect::<Vec<_>>();
        let all = self.0.iter();
        all.map(|(value, gains)| (*value, Estimate::of(&whole(gains), "")))
            .collect()
    }

    /// A break-even point with what chance does to it.
    fn turning(&self, at: f64, rises: bool, key: Keyed) -> TurningPoint {
        let count = self.0.first().map_or(0, |(_, gains)| gains.len());
        let mut found = 0_u32;
        let resampled = Bootstrap::new(count, RESAMPLES, key, |places| {
            let nearest = self.nearest(at, rises, places);
            found += u32::from(nearest.is_some());
            nearest
        });
        TurningPoint {
            at,
            rises,
            interval: resampled.percentile(LEVEL),
            found: f64::from(found) / f64::from(RESAMPLES),
        }
    }

    /// The change of sign nearest to `at` in a resample, by straight lines.
    fn nearest(&self, at: f64, rises: bool, places: &[usize]) -> Option<f64> {
        let mean = |gains: &Vec<Option<f64>>| {
            let whole: Vec<f64> = places.iter().filter_map(|&place| gains[place]).collect();
            (!whole.is_empty()).then(|| crate::kept::mean(whole.iter().copied()))
        };
        let curve = self.0.iter();
        let curve: Vec<(f64, f64)> = curve
            .filter_map(|(value, gains)| Some((*value, mean(gains)?)))
            .collect();
        let turns = curve.windows(2).filter_map(|pair| {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            let turns = if rises {
                low <= 0.0 && high > 0.0
            } else {
                low >= 0.0 && high < 0.0
            };
            turns.then(|| from + (to - from) * low / (low - high))
        });
        turns.reduce(|a, b| {
            if (b - at).abs() < (a - at).abs() {
                b
            } else {
                a
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::Toy;
    use zalm_scenario::Mechanism;

    /// Strategy 1 gains `team.effect - 2` on the null alternative, give or take.
    fn toy() -> Toy {
        Toy::new(|scenario, _, strategy, replication, _| {
            let effect = scenario.parameters.get("team.effect").unwrap().value;
            let noise = [-0.3, 0.3, -0.1, 0.1, 0.0, 0.0][replication as usize];
            strategy as f64 * (effect - 2.0 + noise) + 5.0
        })
    }

    fn question() -> Question {
        Question {
            parameter: "team.effect".to_owned(),
            range: Some((0.0, 5.0)),
            metric: "households.problem_free".to_owned(),
            stressor: None,
        }
    }

    #[test]
    fn a_straight_line_turns_where_it_must() {
        let toy = toy();
        let found = break_even(&toy.scenario, &question(), &toy).unwrap();
        let [turning] = &found.turnings[..] else {
            panic!("one strategy beside the null alternative");
        };
        let [point] = turning.points[..] else {
            panic!("{turning:?}");
        };
        assert!((point.at - 2.0).abs() <= 5e-3 && point.rises, "{point:?}");
        let (low, high) = point.interval.unwrap();
        assert!(low < 2.0 && 2.0 < high && high - low < 0.5, "{low} {high}");
        assert!((point.found - 1.0).abs() < 1e-9);
        assert_eq!(turning.gains_first, Some(false));
        assert!(turning.gains.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn where_lower_is_better_it_turns_the_other_way() {
        let toy = toy();
        let question = Question {
            metric: "cost.total".to_owned(),
            ..question()
        };
        let found = break_even(&toy.scenario, &question, &toy).unwrap();
        assert!(!found.turnings[0].points[0].rises);
    }

    #[test]
    fn no_turn_is_a_finding() {
        let toy = toy();
        let question = Question {
            range: Some((3.0, 5.0)),
            ..question()
        };
        let found = break_even(&toy.scenario, &question, &toy).unwrap();
        assert!(found.turnings[0].points.is_empty());
        assert_eq!(found.turnings[0].gains_first, Some(true));
    }

    #[test]
    fn what_cannot_be_asked_says_what_to_do() {
        let lonely = Toy {
            replications: 1,
            ..toy()
        };
        let toy = toy();
        let asked = |question: Question, toy: &Toy| match break_even(&toy.scenario, &question, toy)
        {
            Err(Problem::Asked(asked)) => asked.0,
            other => panic!("{other:?}"),
        };
        let named = |parameter: &str| Question {
            parameter: parameter.to_owned(),
            ..question()
        };
        assert!(asked(named("team.efect"), &toy).contains("Did you mean `team.effect`?"));
        let beyond = Question {
            range: Some((-1.0, 5.0)),
            ..question()
        };
        assert!(asked(beyond, &toy).contains("out of range"));
        let empty = Question {
            range: Some((2.0, 2.0)),
            ..question()
        };
        assert!(asked(empty, &toy).contains("--range"));
        let flat = Toy::new(|scenario, _, _, _, _| {
            f64::from(u8::from(scenario.switched_off.contains(&Mechanism::Harm)))
        });
        assert!(asked(question(), &flat).contains("never differs"));
        assert!(asked(question(), &lonely).contains("--replications"));
    }
}
