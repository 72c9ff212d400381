//! The draws that a question takes, and what their outcomes say.

use super::{Bound, Discovery, Found, Question, Step};
use crate::inputs::{By, Inputs, under};
use crate::kept;
use crate::names::{contender, metric, strategy, stressor};
use crate::play::Asked;
use crate::threshold::Threshold;
use zalm_experiment::{Point, Results};
use zalm_model::metrics;
use zalm_scenario::{Scenario, Stressor};
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

/// A question with the draws that it takes; nothing is played yet.
pub struct Design<'a> {
    scenario: &'a Scenario,
    failure: &'a Threshold,
    /// Metric of the failure.
    metric: usize,
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
        let metric = metric(&metrics(scenario), &question.failure.metric)?;
        let stressor = stressor(scenario, question.stressor.as_deref())?;
        let strategy = match &question.strategy {
            Some(name) => strategy(scenario, name)?,
            None => contender(scenario, None)?.0,
        };
        let inputs = Inputs::chosen(scenario, &question.vary, By::Parameter)?;
        let key = Keyed::new(scenario.seed, STREAM);
        let rows = latin_hypercube(inputs.count() as u32, question.draws as u32, key);
        Ok(Self {
            scenario,
            failure: &question.failure,
            metric,
            inputs,
            rows,
            stressor,
            strategy,
            key,
        })
    }

    /// The draws.
    pub fn points(&self) -> Vec<Point> {
        let draws = (1..).zip(&self.rows);
        let points = draws.map(|(draw, row)| self.inputs.point(draw, row));
        under(self.stressor, points.collect())
    }
}

impl Design<'_> {
    pub(super) fn answer(&self, results: &[Results]) -> Result<Discovery, Asked> {
        let failure = self.failure;
        let means: Vec<Option<f64>> = results
            .iter()
            .map(|one| mean(one, self.metric, self.strategy))
            .collect();
        let played = self.rows.iter().zip(&means);
        let (rows, cases): (Vec<Vec<f64>>, Vec<bool>) = played
            .filter_map(|(row, mean)| Some((self.inputs.values(row), failure.breaks((*mean)?))))
            .unzip();
        let count = cases.iter().filter(|case| **case).count();
        if count < CASES || rows.len() - count < CASES {
            return Err(Asked(format!(
                "{count} of {} draws fail ({failure}); a box needs at least {CASES} that do and \
                 {CASES} that do not: ask for more --draws, or for another threshold",
                rows.len()
            )));
        }
        let trajectory = prim(&rows, &cases, &PrimOptions::default())?;
        let whole = count as f64 / rows.len() as f64;
        let found = match told(&trajectory, whole) {
            None => None,
            Some(pocket) => self.supported(&rows, &cases, pocket)?,
        };
        let leaves = cart(&rows, &cases, LEAF)?;
        let leaves = leaves.iter().map(|leaf| self.found(leaf, |_| (None, None)));
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
            leaves: leaves.collect(),
        })
    }

    /// A box without the limits that chance explains, and what supports the others; `None` when no
    /// limit is left.
    fn supported(
        &self,
        rows: &[Vec<f64>],
        cases: &[bool],
        pocket: &Pocket,
    ) -> Result<Option<Found>, Asked> {
        let Some(pocket) = pruned(rows, cases, &pocket.region, WEAK)? else {
            return Ok(None);
        };
        let chance = quasi_p(rows, cases, &pocket.region)?;
        let (options, halves) = (PrimOptions::default(), (HALVES, self.key));
        let returns = stability(rows, cases, &options, pocket.coverage, halves)?;
        let support = |input: usize| {
            let p = chance[input].iter().flatten().copied().reduce(f64::max);
            (p, Some(returns[input]))
        };
        Ok(Some(self.found(&pocket, support)))
    }

    fn found(
        &self,
        pocket: &Pocket,
        support: impl Fn(usize) -> (Option<f64>, Option<f64>),
    ) -> Found {
        let bound = |input: usize| {
            let Limit { low, high } = pocket.region.0[input];
            let (spec, _) = self.inputs.parameter(input);
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
    Some(kept::mean(values.into_iter()))
}
