//! Cost-effectiveness under uncertainty (probabilistic analysis): what an effect costs, how sure the
//! choice of a strategy is, and what it would be worth to know more.
//!
//! Draws of the parameters from their distributions, each with its own chance and the same
//! replications for every strategy. Per draw, cost is the present value of what payers pay and effect
//! the mean of a metric; λ is what one unit of effect is worth. No official worth exists for most
//! social outcomes, so the answer goes over many, and says at which the choice changes.

mod page;
mod weigh;
mod words;

use crate::inputs::{By, Inputs, under};
use crate::names::{known, metric, sign_needed, strategy, stressor};
use crate::play::{Asked, Play, Problem};
use serde::Serialize;
use weigh::{Sample, weigh};
use zalm_experiment::{Keep, Noise, Point, Results, Run};
use zalm_model::{CostTable, MetricSpec, metrics};
use zalm_scenario::{DiscountRate, Scenario, Stressor, Text};
use zalm_statistics::Keyed;
use zalm_statistics::design::latin_hypercube;
use zalm_statistics::economics::present_value;

/// Number of this analysis among the uses of the seed.
const STREAM: u64 = 0x5641_4c55;
/// Draws that are needed for the value of knowing a parameter; also the least for a curve.
pub const NEEDED: usize = 50;
/// Draws that a probabilistic analysis asks for.
const ADVISED: usize = 1000;
/// Replications of a draw that are needed to tell chance from ignorance.
const REPLICATIONS: usize = 2;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Metric of effect; turned so that more is better.
    pub effect: String,
    /// Payer whose costs count; those of all when absent.
    pub payer: Option<String>,
    /// What a unit of effect may be worth, euro.
    pub worths: Vec<f64>,
    /// The stressor under which; the first when absent.
    pub stressor: Option<String>,
    /// Which parameters vary: names, or beginnings with a `*`; all when empty.
    pub vary: Vec<String>,
    /// Draws.
    pub draws: usize,
}

/// The answer. Costs in euro, effects in the unit of the metric and better when more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// Title of the scenario.
    pub title: Text,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of each draw.
    pub replications: usize,
    /// Draws that count.
    pub draws: usize,
    /// Draws left out because a run failed.
    pub left_out: usize,
    /// Numbers that vary.
    pub parameters: usize,
    /// The stressor.
    pub stressor: String,
    /// Metric of effect.
    pub effect: String,
    /// Its unit.
    pub unit: &'static str,
    /// Payer whose costs count; absent for all.
    pub payer: Option<String>,
    /// Discount rate of the costs, a year.
    pub rate: f64,
    /// Month from which it is in force.
    pub rate_from: String,
    /// The null alternative.
    pub null_alternative: String,
    /// Strategies in declared order.
    pub strategies: Vec<Choice>,
    /// Along what an effect may be worth.
    pub curve: Vec<Weighed>,
    /// Parameters that are worth knowing at the worth where ignorance costs most, dearest first.
    pub knowing: Vec<Knowing>,
    /// The worth at which `knowing` holds, euro.
    pub knowing_at: f64,
    /// Share of the variance of net benefits over the null alternative that is chance within draws, at
    /// that worth; the largest over strategies. It makes expected losses too high.
    pub chance: Option<f64>,
    /// The cost-effectiveness plane: a dot per draw and strategy.
    #[serde(skip)]
    pub plane: Vec<Dot>,
    #[serde(skip)]
    spec: MetricSpec,
}

/// A strategy against the null alternative.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Name.
    pub strategy: String,
    /// Mean extra cost over the draws, with the range of 95 in 100 of them; nil for the null
    /// alternative.
    pub extra_cost: Range,
    /// Mean extra effect, likewise.
    pub extra_effect: Range,
    /// Shares of the draws: better and cheaper, better and dearer, worse and cheaper, worse and
    /// dearer. What is equal counts as no better and no dearer.
    pub quadrants: [f64; 4],
    /// Where it stands among all strategies.
    pub standing: Standing,
    /// Euro for each unit of effect more than the one before it on the frontier has.
    pub per_effect: Option<f64>,
}

/// A mean and where 95 in 100 draws lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Range {
    /// Mean.
    pub mean: f64,
    /// 2.5 % and 97.5 % points over draws.
    pub range: (f64, f64),
}

/// Where a strategy stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// On the frontier: best at some worth of an effect.
    Frontier,
    /// Another gives at least as much for no more.
    Dominated,
    /// A mix of two others gives as much for less.
    ExtendedlyDominated,
}

/// How sure the choice is at one worth of an effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighed {
    /// What a unit of effect is worth, euro.
    pub worth: f64,
    /// Share of draws in which each strategy is best (acceptability, CEAC).
    pub best_share: Vec<f64>,
    /// What is lost on average by choosing each, as long as we do not know, euro.
    pub expected_loss: Vec<f64>,
    /// Index of the strategy to choose: the highest expected net benefit; its `best_share` is the
    /// acceptability frontier (CEAF).
    pub best: usize,
    /// Expected value of perfect information: the smallest expected loss, euro.
    pub perfect_information: f64,
}

/// What knowing one parameter is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Knowing {
    /// Name of the parameter.
    pub parameter: &'static str,
    /// Expected value of knowing it alone (EVPPI), euro.
    pub worth: f64,
}

/// One draw of one strategy against the null alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Number of the draw, from 1.
    pub draw: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Extra cost, euro.
    pub cost: f64,
    /// Extra effect.
    pub effect: f64,
}

/// A question with the draws that it takes; nothing is played yet.
pub struct Design<'a> {
    scenario: &'a Scenario,
    question: &'a Question,
    inputs: Inputs<'a>,
    rows: Vec<Vec<f64>>,
    stressor: &'a Stressor,
    spec: MetricSpec,
    sign: f64,
    null: usize,
    /// Index of the payer whose costs count.
    payer: Option<usize>,
    rate: &'a DiscountRate,
}

impl<'a> Design<'a> {
    /// The draws that a question takes.
    ///
    /// # Errors
    /// Names that the scenario does not have, too few draws or replications, no worth that can be.
    pub fn new(scenario: &'a Scenario, question: &'a Question) -> Result<Self, Asked> {
        let all = metrics(scenario);
        let spec = all[metric(&all, &question.effect)?].clone();
        let sign = sign_needed(&spec)?;
        let stressor = stressor(scenario, question.stressor.as_deref())?;
        let null = strategy(scenario, &scenario.null_alternative)?;
        let payers: Vec<&str> = scenario.payers.iter().map(|one| &*one.id).collect();
        let payer = question.payer.as_deref();
        let payer = payer
            .map(|name| known("payer", name, &payers))
            .transpose()?;
        enough(scenario, question)?;
        let rate = scenario.discount_rates.last().ok_or_else(|| {
            Asked("this scenario has no `discount_rates`; take those of its base".to_owned())
        })?;
        let inputs = Inputs::chosen(scenario, &question.vary, By::Parameter)?;
        let key = Keyed::new(scenario.seed, STREAM);
        let rows = latin_hypercube(inputs.count() as u32, question.draws as u32, key);
        Ok(Self {
            scenario,
            question,
            inputs,
            rows,
            stressor,
            spec,
            sign,
            null,
            payer,
            rate,
        })
    }

    /// The draws.
    pub fn points(&self) -> Vec<Point> {
        // Draws with their own chance, so that chance and ignorance can be told apart.
        let point = |(draw, row): (u32, &Vec<f64>)| Point {
            noise: Noise::OfDraw,
            ..self.inputs.point(draw, row)
        };
        under(self.stressor, (1..).zip(&self.rows).map(point).collect())
    }
}

/// Refuses what is too small for an answer, and worths that cannot be.
fn enough(scenario: &Scenario, question: &Question) -> Result<(), Asked> {
    if scenario.strategies.len() < 2 {
        return Err(Asked(
            "there is one strategy only; a choice needs another beside the null alternative"
                .to_owned(),
        ));
    }
    if question.draws < NEEDED {
        return Err(Asked(format!(
            "{} draws are too few for a curve; ask for --draws {NEEDED} or more",
            question.draws
        )));
    }
    if (scenario.replications as usize) < REPLICATIONS {
        return Err(Asked(format!(
            "one replication cannot tell chance from what is not known; ask for --replications \
             {REPLICATIONS} or more"
        )));
    }
    let wrong = |worth: &&f64| !(worth.is_finite() && **worth >= 0.0);
    match question.worths.iter().find(wrong) {
        Some(worth) => Err(Asked(format!(
            "--worth: an effect cannot be worth {worth} euro; effects are turned so that more is \
             better, so expected 0 or more"
        ))),
        None if question.worths.is_empty() => Err(Asked(
            "--worth: say what a unit of effect may be worth".to_owned(),
        )),
        None => Ok(()),
    }
}

/// Plays the draws and weighs cost against effect.
///
/// # Errors
/// When they cannot be played, and when fewer than [`NEEDED`] of them are whole.
pub fn value<P: Play>(design: &Design<'_>, play: &P) -> Result<Value, Problem<P::Error>> {
    let results = play
        .play(&design.points(), Keep::Outcomes)
        .map_err(Problem::Played)?;
    Ok(design.answer(&results)?)
}

impl Design<'_> {
    fn answer(&self, results: &[Results]) -> Result<Value, Asked> {
        let at = metric(&results[0].metrics, &self.question.effect)?;
        let mut sample = Sample::default();
        let mut inputs = vec![Vec::new(); self.inputs.count()];
        for ((number, one), row) in (1..).zip(results).zip(&self.rows) {
            let Some(arms) = self.arms(one, at) else {
                continue;
            };
            sample.push(number, arms);
            for (column, value) in inputs.iter_mut().zip(self.inputs.values(row)) {
                column.push(value);
            }
        }
        let draws = sample.draws.len();
        if draws < NEEDED {
            return Err(Asked(format!(
                "{draws} of {} draws are whole, and at least {NEEDED} are needed: the others failed, or \
                 `{}` has no value in them",
                results.len(),
                self.question.effect
            )));
        }
        let weighed = weigh(&sample, self.null, &self.question.worths)?;
        let names: Vec<&'static str> = (0..self.inputs.count())
            .map(|input| self.inputs.parameter(input).0.name)
            .collect();
        let key = Keyed::new(self.scenario.seed, STREAM + 1);
        let (knowing, knowing_at) = weigh::knowing(&sample, &weighed.curve, (&names, &inputs), key);
        let scenario = self.scenario;
        let strategies = scenario.strategies.iter().map(|one| one.name.clone());
        Ok(Value {
            title: scenario.title.clone(),
            seed: scenario.seed,
            replications: results[0].replications.len(),
            draws,
            left_out: results.len() - draws,
            parameters: self.inputs.count(),
            stressor: self.stressor.name.clone(),
            effect: self.question.effect.clone(),
            unit: self.spec.unit,
            payer: self.question.payer.clone(),
            rate: self.rate.rate.value,
            rate_from: self.rate.from.to_string(),
            null_alternative: scenario.null_alternative.clone(),
            strategies: weighed.choices(strategies),
            chance: sample.chance(self.null, knowing_at),
            curve: weighed.curve,
            plane: weighed.plane,
            knowing,
            knowing_at,
            spec: self.spec.clone(),
        })
    }

    /// Cost and effect of every replication of a draw, by strategy; `None` when one has none.
    fn arms(&self, results: &Results, at: usize) -> Option<Vec<Vec<(f64, f64)>>> {
        let run = |run: &Run| {
            let costs = self.present(&run.record()?.costs);
            Some((costs, self.sign * run.value(at)?))
        };
        let arm = |strategy| results.arm(0, strategy).map(run).collect();
        (0..results.strategies.len()).map(arm).collect()
    }

    /// Present value at the policy date, euro; a year's costs fall at its end.
    fn present(&self, years: &[CostTable]) -> f64 {
        let payers = match self.payer {
            Some(payer) => payer..payer + 1,
            None => 0..self.scenario.payers.len(),
        };
        let year = |table: &CostTable| {
            let cells = payers
                .clone()
                .flat_map(|payer| (0..table.items()).map(move |item| table.get(payer, item)));
            cells.sum::<i64>() as f64 / 100.0
        };
        let flows: Vec<f64> = std::iter::once(0.0).chain(years.iter().map(year)).collect();
        present_value(&flows, self.rate.rate.value)
    }
}
