//! A question that can be asked, and the points along which it is.

use super::curve::{Gains, Played};
use super::{Along, Question};
use crate::inputs::under;
use crate::names::{contenders, known, metric, sign_needed, stressor};
use crate::play::{Asked, Play, Problem};
use zalm_experiment::{Change, Keep, Point, Results};
use zalm_model::{MetricSpec, metrics};
use zalm_scenario::{SPECS, Scenario, Stressor};

/// Replications needed for an interval.
const NEEDED: usize = 2;

/// A question that can be asked.
pub(super) struct Walk<'a> {
    pub stressor: &'a Stressor,
    metric: usize,
    pub spec: MetricSpec,
    sign: f64,
    null: usize,
    /// Strategies other than the null alternative.
    pub others: Vec<usize>,
    pub along: Along,
}

impl<'a> Walk<'a> {
    pub fn new(scenario: &'a Scenario, question: &Question) -> Result<Self, Asked> {
        let all = metrics(scenario);
        let metric = metric(&all, &question.metric)?;
        let stressor = stressor(scenario, question.stressor.as_deref())?;
        let (others, null) = contenders(scenario)?;
        Ok(Self {
            stressor,
            metric,
            sign: sign_needed(&all[metric])?,
            spec: all[metric].clone(),
            null,
            others,
            along: along(scenario, question)?,
        })
    }

    /// Plays what was not played yet.
    pub fn play<P: Play>(
        &self,
        values: impl IntoIterator<Item = f64>,
        played: &mut Played,
        play: &P,
    ) -> Result<(), Problem<P::Error>> {
        let new = values.into_iter().filter(|value| !played.has(*value));
        let new: Vec<f64> = new.collect();
        if new.is_empty() {
            return Ok(());
        }
        let along = |value: &f64| vec![Change::parameter(self.along.name.clone(), *value)];
        let points = new.iter().map(|value| Point::new(0, along(value)));
        let points = under(self.stressor, points.collect());
        let results = play
            .play(&points, Keep::Outcomes)
            .map_err(Problem::Played)?;
        for (value, results) in new.into_iter().zip(&results) {
            let gains = self.gains(results);
            let few = |one: &Gains| one.iter().flatten().count() < NEEDED;
            if gains.iter().any(few) {
                return Err(Asked(format!(
                    "fewer than {NEEDED} replications are whole at {} = {value}; ask for more with \
                     --replications",
                    self.along.name
                ))
                .into());
            }
            played.add(value, gains);
        }
        Ok(())
    }

    /// Gain of every strategy against the null alternative, by replication.
    fn gains(&self, results: &Results) -> Vec<Gains> {
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
    pub fn varies(&self, played: &Played) -> Result<(), Asked> {
        let differs = |&one: &usize| played.gains(one).any(|gain| gain != 0.0);
        if self.others.iter().any(differs) {
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
