//! Scenario discovery: in which part of the plausible space a strategy fails, said in words.
//!
//! A Latin hypercube over the parameters; each draw with the same replications. PRIM (Friedman and
//! Fisher 1999; Bryant and Lempert 2010) peels a box in which failures are dense; a tree (CART) is
//! the second opinion. No draw has a probability: the box says where to look, not how likely it is.

mod words;

use crate::inputs::{By, Inputs};
use crate::names::{contender, known, metric, stressor};
use crate::play::{Asked, Play, Problem};
use crate::threshold::Threshold;
use serde::Serialize;
pub use words::answer;
use zalm_experiment::{Change, Keep, Point, Results};
use zalm_model::metrics;
use zalm_scenario::{ParameterSpec, Scenario, Stressor, Text};
use zalm_statistics::Keyed;
use zalm_statistics::design::latin_hypercube;
use zalm_statistics::discovery::{
    Limit, Pocket, PrimOptions, cart, prim, pruned, quasi_p, stability,
};

/// Cases, and draws without, that are needed for a box.
const CASES: usize = 10;
/// Share of the draws that a leaf of the tree holds at least.
const LEAF: f64 = 0.05;
/// Half-samples for stability.
const HALVES: u32 = 10;
/// A limit that chance explains more often than this says nothing.
const WEAK: f64 = 0.05;
/// How many times denser than the whole space a box must be to be told.
const DENSER: f64 = 1.5;
/// Number of this analysis among the uses of the seed.
const STREAM: u64 = 0x4449_5343;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What counts as failure, on the mean over replications.
    pub failure: Threshold,
    /// The strategy; the only one beside the null alternative when absent.
    pub strategy: Option<String>,
    /// The stressor under which; the first when absent.
    pub stressor: Option<String>,
    /// Which parameters vary: names, or beginnings with a `*`; all when empty.
    pub vary: Vec<String>,
    /// Draws.
    pub draws: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discovery {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each draw.
    pub replications: usize,
    /// Draws that count.
    pub draws: usize,
    /// Draws left out because a run failed to run.
    pub left_out: usize,
    /// What counts as failure.
    pub failure: Threshold,
    /// The strategy.
    pub strategy: String,
    /// The stressor.
    pub stressor: String,
    /// Numbers that vary.
    pub parameters: usize,
    /// Draws in which the strategy fails.
    pub cases: usize,
    /// The box, as it is told; absent where none is clearly denser than the whole.
    pub found: Option<Found>,
    /// The trade of coverage against density: the whole trajectory.
    pub trade: Vec<Step>,
    /// Leaves of the tree, densest first.
    pub leaves: Vec<Found>,
}

/// A box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Cases in it over all cases.
    pub coverage: f64,
    /// Cases in it over draws in it.
    pub density: f64,
    /// Draws in it over all draws.
    pub mass: f64,
    /// Its limits.
    pub limits: Vec<Bound>,
}

/// The limits of one number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// Name of the parameter.
    pub parameter: String,
    /// Its unit.
    pub unit: &'static str,
    /// At least this, in its unit.
    pub low: Option<f64>,
    /// At most this.
    pub high: Option<f64>,
    /// How likely each limit is by chance; absent for leaves of the tree.
    pub quasi_p: Option<f64>,
    /// Share of half-samples in which the number is limited again; absent for leaves.
    pub returns: Option<f64>,
}

/// A step of the trajectory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Cases in the box over all cases.
    pub coverage: f64,
    /// Cases in the box over draws in it.
    pub density: f64,
    /// Draws in the box over all draws.
    pub mass: f64,
    /// Numbers that are limited.
    pub limited: usize,
}

/// A question with the draws that it takes; nothing is played yet.
pub struct Design<'a> {
    scenario: &'a Scenario,
    question: &'a Question,
    inputs: Inputs<'a>,
    rows: Vec<Vec<f64>>,
    stressor: &'a Stressor,
    strategy: usize,
    key: Keyed,
}

impl<'a> Design<'a> {
    /// The draws that a question takes.
    ///
    /// # Errors
    /// Names that the scenario does not have.
    pub fn new(scenario: &'a Scenario, question: &'a Question) -> Result<Self, Asked> {
        metric(&metrics(scenario), &question.failure.metric)?;
        let stressor = stressor(scenario, question.stressor.as_deref())?;
        let strategy = strategy(scenario, question.strategy.as_deref())?;
        let inputs = Inputs::chosen(scenario, &question.vary, By::Parameter)?;
        let key = Keyed::new(scenario.seed, STREAM);
        let rows = latin_hypercube(inputs.count() as u32, question.draws as u32, key);
        Ok(Self {
            scenario,
            question,
            inputs,
            rows,
            stressor,
            strategy,
            key,
        })
    }

    /// The draws.
    pub fn points(&self) -> Vec<Point> {
        // No other stressor need be played.
        let only = Change::Stressors(vec![self.stressor.clone()]);
        let point = |(draw, row): (u32, &Vec<f64>)| {
            let mut point = self.inputs.point(draw, row);
            point.changes.push(only.clone());
            point
        };
        (1..).zip(&self.rows).map(point).collect()
    }
}

/// Plays the draws and looks where the strategy fails.
///
/// # Errors
/// When they cannot be played, and when there are too few failures, or too few draws without.
pub fn discover<P: Play>(design: &Design<'_>, play: &P) -> Result<Discovery, Problem<P::Error>> {
    let results = play
        .play(&design.points(), Keep::Outcomes)
        .map_err(Problem::Played)?;
    Ok(design.answer(&results)?)
}

impl Design<'_> {
    fn answer(&self, results: &[Results]) -> Result<Discovery, Asked> {
        let failure = &self.question.failure;
        let at = metric(&results[0].metrics, &failure.metric)?;
        let means: Vec<Option<f64>> = results
            .iter()
            .map(|one| mean(one, at, self.strategy))
            .collect();
        let pairs = || self.rows.iter().zip(&means);
        let rows: Vec<Vec<f64>> = pairs()
            .filter(|(_, mean)| mean.is_some())
            .map(|(row, _)| self.inputs.values(row))
            .collect();
        let cases: Vec<bool> = means
            .iter()
            .flatten()
            .map(|mean| failure.breaks(*mean))
            .collect();
        let count = cases.iter().filter(|case| **case).count();
        if count < CASES || rows.len() - count < CASES {
            return Err(Asked(format!(
                "{count} of {} draws fail ({failure}); a box needs at least {CASES} that do and \
                 {CASES} that do not: ask for more --draws, or for another threshold",
                rows.len()
            )));
        }
        let options = PrimOptions::default();
        let trajectory = prim(&rows, &cases, &options)?;
        let whole = count as f64 / rows.len() as f64;
        let found = match told(&trajectory, whole) {
            None => None,
            Some(pocket) => pruned(&rows, &cases, &pocket.region, WEAK)?,
        };
        let found = match &found {
            None => None,
            Some(pocket) => {
                let chance = quasi_p(&rows, &cases, &pocket.region)?;
                let halves = (HALVES, self.key);
                let returns = stability(&rows, &cases, &options, pocket.coverage, halves)?;
                let support = |input: usize| {
                    let p = chance[input].iter().flatten().copied().fold(None, highest);
                    (p, Some(returns[input]))
                };
                Some(self.found(pocket, support))
            }
        };
        let leaves = cart(&rows, &cases, LEAF)?;
        Ok(Discovery {
            title: self.scenario.title.clone(),
            seed: self.scenario.seed,
            replications: results[0].replications.len(),
            draws: rows.len(),
            left_out: means.len() - rows.len(),
            failure: failure.clone(),
            strategy: self.scenario.strategies[self.strategy].name.clone(),
            stressor: self.stressor.name.clone(),
            parameters: self.inputs.count(),
            cases: count,
            found,
            trade: trajectory.iter().map(step).collect(),
            leaves: leaves
                .iter()
                .map(|leaf| self.found(leaf, |_| (None, None)))
                .collect(),
        })
    }

    fn found(
        &self,
        pocket: &Pocket,
        support: impl Fn(usize) -> (Option<f64>, Option<f64>),
    ) -> Found {
        let bound = |input: usize| {
            let Limit { low, high } = pocket.region.0[input];
            let (spec, _): (&ParameterSpec, _) = self.inputs.parameter(input);
            let (quasi_p, returns) = support(input);
            Bound {
                parameter: spec.name.to_owned(),
                unit: spec.unit,
                low,
                high,
                quasi_p,
                returns,
            }
        };
        let limits = pocket.region.restricted().map(bound);
        Found {
            coverage: pocket.coverage,
            density: pocket.density,
            mass: pocket.mass,
            limits: limits.collect(),
        }
    }
}

/// Place of the strategy: any that is named, else the only one beside the null alternative.
fn strategy(scenario: &Scenario, name: Option<&str>) -> Result<usize, Asked> {
    let Some(name) = name else {
        return Ok(contender(scenario, None)?.0);
    };
    let names: Vec<&str> = scenario.strategies.iter().map(|one| &*one.name).collect();
    known("strategy", name, &names)
}

/// The larger of two, where there is one.
fn highest(most: Option<f64>, value: f64) -> Option<f64> {
    Some(most.map_or(value, |most: f64| most.max(value)))
}

/// The box that is told: of those clearly denser than the whole, the one that best joins coverage
/// and density (their harmonic mean); the first of equals, which has the fewest limits.
fn told(trajectory: &[Pocket], whole: f64) -> Option<&Pocket> {
    let joined = |pocket: &Pocket| {
        2.0 * pocket.coverage * pocket.density / (pocket.coverage + pocket.density)
    };
    let clear = trajectory.iter().filter(|pocket| {
        let odds = |share: f64| share / (1.0 - share).max(f64::EPSILON);
        odds(pocket.density) >= DENSER * odds(whole) && pocket.region.restricted().next().is_some()
    });
    clear.reduce(|best, next| {
        if joined(next) > joined(best) {
            next
        } else {
            best
        }
    })
}

fn step(pocket: &Pocket) -> Step {
    Step {
        coverage: pocket.coverage,
        density: pocket.density,
        mass: pocket.mass,
        limited: pocket.region.restricted().count(),
    }
}

/// Mean over all replications; `None` where one failed or has no value.
fn mean(results: &Results, metric: usize, strategy: usize) -> Option<f64> {
    let runs = results.arm(0, strategy);
    let values: Option<Vec<f64>> = runs.map(|run| run.value(metric)).collect();
    let values = values.filter(|values| !values.is_empty())?;
    Some(crate::kept::mean(values.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::Toy;

    fn question(draws: usize) -> Question {
        let toy = Toy::new(|_, _, _, _, _| 0.0);
        Question {
            failure: "project.alive<0.5".parse().unwrap(),
            strategy: Some(toy.scenario.strategies[0].name.clone()),
            stressor: None,
            vary: [
                "team.effect",
                "team.caseload",
                "payer.rivals",
                "payer.habit",
            ]
            .map(str::to_owned)
            .to_vec(),
            draws,
        }
    }

    /// Fails where rivals are strong and the team's effect is weak.
    fn toy() -> Toy {
        Toy::new(|scenario, _, _, _, _| {
            let share = |name: &str| {
                let parameter = scenario.parameters.get(name).unwrap();
                (parameter.value - parameter.low) / (parameter.high - parameter.low)
            };
            let fails = share("payer.rivals") > 0.6 && share("team.effect") < 0.4;
            f64::from(u8::from(!fails))
        })
    }

    #[test]
    fn the_box_that_was_built_in_is_found() {
        let (toy, question) = (toy(), question(600));
        let design = Design::new(&toy.scenario, &question).unwrap();
        let discovery = discover(&design, &toy).unwrap();
        let found = discovery.found.unwrap();
        let limited: Vec<&str> = found.limits.iter().map(|one| &*one.parameter).collect();
        assert!(
            limited.contains(&"payer.rivals") && limited.contains(&"team.effect"),
            "{limited:?}"
        );
        assert!(found.density > 0.85 && found.coverage > 0.85, "{found:?}");
        for one in &found.limits {
            if ["payer.rivals", "team.effect"].contains(&&*one.parameter) {
                assert!(
                    one.quasi_p.unwrap() < 1e-6 && one.returns.unwrap() > 0.9,
                    "{one:?}"
                );
            }
        }
        assert!(discovery.leaves[0].density > 0.85);
    }

    #[test]
    fn too_few_failures_are_not_told_as_a_box() {
        let never = Toy::new(|_, _, _, _, _| 1.0);
        let question = question(200);
        let design = Design::new(&never.scenario, &question).unwrap();
        let Err(Problem::Asked(asked)) = discover(&design, &never) else {
            panic!("a box of nothing");
        };
        assert!(asked.0.contains("0 of 200 draws fail") && asked.0.contains("--draws"));
    }

    #[test]
    fn failure_by_chance_has_no_box() {
        // By parity of the seventh digit of a parameter that is varied: no box holds it.
        let noise = Toy::new(|scenario, _, _, _, _| {
            let digits = (scenario.parameters.get("team.effect").unwrap().value * 1e7) as i64;
            (digits % 2) as f64
        });
        let question = question(400);
        let design = Design::new(&noise.scenario, &question).unwrap();
        let found = discover(&design, &noise).unwrap().found;
        let weak = |found: &Found| found.density < 0.75;
        assert!(found.as_ref().is_none_or(weak), "{found:?}");
    }
}
