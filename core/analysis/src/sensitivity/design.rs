//! The points that a question takes, and what their outcomes say.

use super::outcome::{Outcome, own_noise};
use super::{FirstOrder, Found, Method, Question, Sensitivity, Share, Strength, Swing};
use crate::estimate::Estimate;
use crate::inputs::{By, EVIDENCE, Inputs, under};
use crate::names::{contender, metric, sign, stressor};
use crate::play::Asked;
use zalm_experiment::{LEVEL, Point};
use zalm_model::{MetricSpec, metrics};
use zalm_scenario::{Evidence, PARTS, Parameter, Scenario, Stressor};
use zalm_statistics::Keyed;
use zalm_statistics::design::{Saltelli, Trajectories, latin_hypercube};
use zalm_statistics::economics::Known;
use zalm_statistics::sensitivity::{
    GivenData, SobolOptions, given_data_index, morris, sobol_indices, tornado,
};

/// Levels of the grid of Morris.
const LEVELS: u32 = 4;
/// Points that Sobol' indices take at least.
const POINTS: usize = 16;
/// Resamples of the intervals of Sobol' indices.
const RESAMPLES: u32 = 1000;

/// A question with the points that it takes; nothing is played yet.
pub struct Design<'a> {
    question: &'a Question,
    inputs: Inputs<'a>,
    rows: Rows,
    points: Vec<Point>,
    stressor: &'a Stressor,
    /// Indices of strategy and null alternative.
    pub(super) pair: (usize, usize),
    pub(super) metric: usize,
    spec: MetricSpec,
    scenario: &'a Scenario,
}

enum Rows {
    Tornado,
    Morris(Trajectories),
    Sobol(Saltelli),
    Given(Vec<Vec<f64>>),
}

impl<'a> Design<'a> {
    /// The points that a question takes.
    ///
    /// # Errors
    /// Names that the scenario does not have, a method that cannot take the numbers together in this
    /// way, too small a design.
    pub fn new(scenario: &'a Scenario, question: &'a Question) -> Result<Self, Asked> {
        let all = metrics(scenario);
        let metric = metric(&all, &question.metric)?;
        let spec = all[metric].clone();
        let stressor = stressor(scenario, question.stressor.as_deref())?;
        let pair = contender(scenario, question.strategy.as_deref())?;
        let inputs = Inputs::chosen(scenario, &question.vary, question.by)?;
        let alone = matches!(question.method, Method::Tornado | Method::Given);
        if alone && question.by != By::Parameter {
            return Err(Asked(format!(
                "{:?} takes one number at a time: ask it by parameter, or take morris or sobol",
                question.method
            )));
        }
        if question.method == Method::Sobol {
            possible(&inputs, question.size)?;
        }
        let key = Keyed::new(scenario.seed, question.method as u64);
        let rows = match question.method {
            Method::Tornado => Rows::Tornado,
            Method::Morris => {
                let groups = inputs.groups.clone();
                Rows::Morris(Trajectories::new(
                    groups,
                    question.size as u32,
                    LEVELS,
                    key,
                )?)
            }
            Method::Sobol => Rows::Sobol(Saltelli::new(inputs.groups.clone(), question.size, key)?),
            Method::Given => {
                let (columns, draws) = (inputs.count() as u32, question.size as u32);
                Rows::Given(latin_hypercube(columns, draws, key))
            }
        };
        let points = under(stressor, points(&inputs, &rows, question.size));
        Ok(Self {
            question,
            inputs,
            rows,
            points,
            stressor,
            pair,
            metric,
            spec,
            scenario,
        })
    }

    /// The points, that of the values in use first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}

/// The points of a design, that of the values in use first.
fn points(inputs: &Inputs<'_>, rows: &Rows, size: usize) -> Vec<Point> {
    let numbered = |row: usize, at: &[f64]| inputs.point(row as u32 + 1, at);
    let mut points = vec![Point::default()];
    match rows {
        Rows::Tornado => {
            let along = |input| along(inputs, input, size).into_iter().flatten();
            let places = |input| along(input).map(move |value| (input, value));
            let places = (0..inputs.count()).flat_map(places);
            let alone = |(draw, (input, value))| inputs.alone(draw, input, value);
            points.extend((1..).zip(places).map(alone));
        }
        Rows::Morris(design) => {
            points.extend((0..design.rows()).map(|row| numbered(row, &design.row(row))));
        }
        Rows::Sobol(design) => {
            points.extend((0..design.rows()).map(|row| numbered(row, &design.row(row))));
        }
        Rows::Given(rows) => {
            points.extend(rows.iter().enumerate().map(|(row, at)| numbered(row, at)));
        }
    }
    points
}

/// Values that a tornado visits, ascending; `None` stands for the value in use.
fn along(inputs: &Inputs<'_>, input: usize, size: usize) -> Vec<Option<f64>> {
    let (_, parameter) = inputs.parameter(input);
    let Parameter {
        low, value, high, ..
    } = parameter;
    let steps = size.max(2) - 1;
    let at = |step| low + (high - low) * step as f64 / steps as f64;
    let values: Vec<f64> = (0..=steps).map(at).collect();
    let below = values.iter().filter(|at| *at < value).map(|at| Some(*at));
    let above = values.iter().filter(|at| *at > value).map(|at| Some(*at));
    below.chain([None]).chain(above).collect()
}

impl Design<'_> {
    pub(super) fn answer(&self, outcomes: &[Option<Outcome>]) -> Result<Sensitivity, Asked> {
        let Some((Some(base), rest)) = outcomes.split_first() else {
            return Err(Asked(
                "a run at the values in use failed, so there is nothing to compare with: `zalm run` \
                 with the same scenario shows why"
                    .to_owned(),
            ));
        };
        let means: Vec<Option<f64>> = rest.iter().map(|one| Some(one.as_ref()?.mean)).collect();
        let found = match &self.rows {
            Rows::Tornado => self.swings(base, rest)?,
            Rows::Morris(design) => self.strengths(design, &means)?,
            Rows::Sobol(design) => self.shares(design, rest, &means)?,
            Rows::Given(rows) => self.first_order(rows, &means)?,
        };
        let scenario = self.scenario;
        let (strategy, null) = self.pair;
        Ok(Sensitivity {
            title: scenario.title.clone(),
            seed: scenario.seed,
            replications: base.differences.len(),
            size: self.question.size,
            advised_size: self.question.method.advised_size(),
            points: outcomes.len(),
            failed: means.iter().filter(|mean| mean.is_none()).count(),
            metric: self.spec.name.clone(),
            unit: self.spec.unit,
            better: sign(&self.spec),
            strategy: scenario.strategies[strategy].name.clone(),
            null_alternative: scenario.strategies[null].name.clone(),
            stressor: self.stressor.name.clone(),
            by: self.question.by,
            parameters: self.inputs.count(),
            base: Estimate {
                mean: base.mean,
                interval: base.interval,
            },
            found,
            spec: self.spec.clone(),
        })
    }

    fn swings(&self, base: &Outcome, rest: &[Option<Outcome>]) -> Result<Found, Asked> {
        let mut played = rest.iter();
        let mut outcome = |in_use: f64, at: Option<f64>| {
            let found = match at {
                Some(_) => played.next().and_then(Option::as_ref),
                None => Some(base),
            };
            let (mean, interval) = found.map(|one| (one.mean, one.interval))?;
            let at = at.unwrap_or(in_use);
            Some(Known { at, mean, interval })
        };
        let size = self.question.size;
        let along = |input| {
            let in_use = self.inputs.parameter(input).1.value;
            let places = along(&self.inputs, input, size).into_iter();
            places.map(|at| outcome(in_use, at)).collect()
        };
        let outcomes: Vec<Vec<Option<Known>>> = (0..self.inputs.count()).map(along).collect();
        let bars: Vec<Swing> = tornado(&outcomes)
            .into_iter()
            .map(|bar| {
                let (spec, parameter) = self.inputs.parameter(bar.input);
                Swing {
                    name: spec.name.to_owned(),
                    unit: spec.unit,
                    evidence: parameter.evidence,
                    range: (parameter.low, parameter.high),
                    ends: (bar.low, bar.high),
                    turns: bar.turns,
                    wavers: bar.wavers,
                    bends: bar.bends,
                }
            })
            .collect();
        let same = |one: &Outcome| one.mean.to_bits() == base.mean.to_bits();
        if rest.iter().flatten().all(same) {
            return Err(never_varies(&self.spec));
        }
        // At least the least number, for what only bends has no swing.
        let all: f64 = bars.iter().map(Swing::size).sum();
        let all = all.max(f64::MIN_POSITIVE);
        let of = |evidence: Evidence| {
            let own = bars.iter().filter(|bar| bar.evidence == evidence);
            (evidence, own.map(Swing::size).sum::<f64>() / all)
        };
        Ok(Found::Tornado {
            by_evidence: EVIDENCE.map(of).to_vec(),
            bars,
        })
    }

    fn strengths(&self, design: &Trajectories, means: &[Option<f64>]) -> Result<Found, Asked> {
        let morris = morris(design, means, LEVEL, self.resamples())?;
        let mut effects: Vec<Strength> = morris
            .groups
            .iter()
            .enumerate()
            .map(|(group, effect)| Strength {
                name: self.inputs.names[group].clone(),
                members: self.inputs.members(group),
                strength: effect.strength,
                half_width: effect.half_width,
                mean: effect.mean,
                sd: effect.sd,
            })
            .collect();
        effects.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        Ok(Found::Morris {
            trajectories: morris.used,
            effects,
        })
    }

    fn shares(
        &self,
        design: &Saltelli,
        outcomes: &[Option<Outcome>],
        means: &[Option<f64>],
    ) -> Result<Found, Asked> {
        let options = SobolOptions {
            level: LEVEL,
            resamples: RESAMPLES,
            key: self.resamples(),
            noise: own_noise(outcomes),
        };
        let found = sobol_indices(design, means, &options)?;
        let pairs = found.first.iter().zip(&found.total).enumerate();
        let mut shares: Vec<Share> = pairs
            .map(|(group, (first, total))| Share {
                name: self.inputs.names[group].clone(),
                members: self.inputs.members(group),
                first: first.value,
                first_interval: first.interval,
                total: total.value,
                total_interval: total.interval,
            })
            .collect();
        shares.sort_by(|a, b| b.total.total_cmp(&a.total));
        Ok(Found::Sobol {
            sd: found.variance.sqrt(),
            noise: found.noise_share,
            wide: found.is_wide(),
            shares,
        })
    }

    fn first_order(&self, rows: &[Vec<f64>], means: &[Option<f64>]) -> Result<Found, Asked> {
        let whole = || {
            rows.iter()
                .zip(means)
                .filter_map(|(row, mean)| Some((row, (*mean)?)))
        };
        let outputs: Vec<f64> = whole().map(|(_, mean)| mean).collect();
        let mut shares = Vec::with_capacity(self.inputs.count());
        for input in 0..self.inputs.count() {
            let values: Vec<f64> = whole().map(|(row, _)| row[input]).collect();
            let key = self.resamples().part(input as u32);
            let GivenData {
                index, half_width, ..
            } = given_data_index(&values, &outputs, LEVEL, key)?;
            let (spec, parameter) = self.inputs.parameter(input);
            shares.push(FirstOrder {
                name: spec.name.to_owned(),
                evidence: parameter.evidence,
                share: index,
                half_width,
            });
        }
        shares.sort_by(|a, b| b.share.total_cmp(&a.share));
        Ok(Found::Given { shares })
    }

    fn resamples(&self) -> Keyed {
        Keyed::new(self.scenario.seed, u64::from(RESAMPLES))
    }
}

/// Refuses what Sobol' indices cannot be told of, before anything is played.
fn possible(inputs: &Inputs<'_>, size: usize) -> Result<(), Asked> {
    if size < POINTS {
        return Err(Asked(format!(
            "{size} points are too few for Sobol' indices: at least {POINTS} are needed, so ask for \
             --size {POINTS} or more"
        )));
    }
    if !size.is_power_of_two() {
        let above = size.next_power_of_two();
        return Err(Asked(format!(
            "{size} points are no power of two, without which a Sobol' sequence does not cover the \
             ranges evenly: ask for --size {} or --size {above}",
            above / 2
        )));
    }
    let parts = (0..inputs.count()).filter(|&at| PARTS.contains(&inputs.parameter(at).0.name));
    let mut parts = parts.map(|at| (inputs.groups.of(at), inputs.parameter(at).0.name));
    let Some((group, first)) = parts.next() else {
        return Ok(());
    };
    match parts.find(|(other, _)| *other != group) {
        None => Ok(()),
        Some((_, second)) => Err(Asked(format!(
            "`{first}` and `{second}` are parts of a whole, so neither varies alone, and the variance \
             cannot be parted between them: take them together (--by subject or --by evidence), or \
             take --method given"
        ))),
    }
}

fn never_varies(spec: &MetricSpec) -> Asked {
    Asked(format!(
        "the difference in `{}` never varies, so nothing can be told from it: choose another metric, \
         strategy or stressor, or more parameters",
        spec.name
    ))
}
