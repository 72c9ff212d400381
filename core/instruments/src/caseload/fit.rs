//! What the model is to start from, so that its caseload changes as the project's own did.
//!
//! The project's first months are simulated, over as many months as its cases span. Two numbers of
//! the scenario move: the effect of a team, until problems grow lighter as fast as they did, and the
//! chance that a household leaves it, until as many leave.

use super::{Case, Changes, Rate, played};
use crate::voice::{Sentence, Value};
use serde::Serialize;
use std::cell::Cell;
use zalm_model::StrategySource;
use zalm_scenario::{Month, Parameter, SPECS, Scenario, position};

const EFFECT: &str = "team.effect";
const DROPOUT: &str = "team.dropout";
/// Steps from no effect at all to twice the largest that is plausible.
const STEPS: u32 = 8;
/// Fewer cases than this give intervals that should not be trusted.
const FEW: u32 = 20;

/// What is asked.
pub struct Ask<'a> {
    /// The scenario that the project is in.
    pub scenario: &'a Scenario,
    /// Where the null alternative comes from; it acts as soon as strategies do.
    pub source: &'a dyn StrategySource,
    /// Place of the project in the scenario.
    pub project: usize,
    /// Replications of each simulated caseload, 1 or more.
    pub replications: u32,
}

/// A parameter as the cases have it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// Name.
    pub parameter: &'static str,
    /// Value in the scenario.
    pub was: f64,
    /// Value with which the simulated caseload changes as the project's.
    pub value: f64,
    /// Value at the low end of the 95 % interval of what was counted.
    pub low: f64,
    /// Value at the high end.
    pub high: f64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The project's own cases.
    pub own: Changes,
    /// First and last month of those.
    pub months: (Month, Month),
    /// The simulated caseload as the scenario has it.
    pub simulated: Changes,
    /// The simulated caseload with what was fitted.
    pub fitted: Changes,
    /// What was fitted.
    pub parameters: Vec<Fitted>,
    /// What a reader must know besides.
    pub notes: Vec<Sentence>,
}

/// Why nothing was fitted.
#[derive(Clone, Debug, PartialEq)]
pub enum FitError {
    /// The cases say too little.
    Cases(Sentence),
    /// A run could not be played.
    Run(String),
}

impl Ask<'_> {
    /// Fits both numbers; `done` hears how many simulated caseloads are done, of how many.
    ///
    /// # Errors
    /// When the cases say nothing about help, or when a run cannot be played.
    pub fn fit(&self, own: &[Case], done: &dyn Fn(usize, usize)) -> Result<Found, FitError> {
        let span = own.iter().map(|case| case.start).min();
        let months = span.zip(own.iter().map(|case| case.last).max());
        let own = Changes::of(own);
        let (lighter, months) = own
            .lighter
            .zip(months)
            .ok_or_else(|| cases("sheet-nothing"))?;
        let mut notes = Vec::new();
        if own.cases < FEW {
            let cases = Value::Count(own.cases);
            notes.push(Sentence::new("caseload-few", vec![("cases", cases)]));
        }
        let runs = Runs {
            ask: self,
            until: self.until(months, &mut notes),
            done,
            played: Cell::new(0),
        };
        let rates = self.scenario.parameters.rates();
        let usual = (rates.team_effect, rates.team_dropout);
        let simulated = runs.play(usual)?;
        let effect = runs.effect(usual, lighter, &mut notes)?;
        let with_effect = runs.play((effect.value, usual.1))?;
        let dropout = dropout(usual.1, own.leaving, with_effect.leaving);
        if dropout.is_none() {
            notes.push(Sentence::new("caseload-nobody-left", Vec::new()));
        }
        let fitted = match dropout {
            Some(dropout) => runs.play((effect.value, dropout.value))?,
            None => with_effect,
        };
        Ok(Found {
            own,
            months,
            simulated,
            fitted,
            parameters: [effect].into_iter().chain(dropout).collect(),
            notes,
        })
    }

    /// Last month of the simulated caseload, counted from 0: that after as many months of the
    /// project as its cases span.
    fn until(&self, (first, last): (Month, Month), notes: &mut Vec<Sentence>) -> u32 {
        let start = self.scenario.projects[self.project].start;
        let begin = u32::try_from(start.since(self.scenario.start)).unwrap_or(0);
        let span = u32::try_from(last.since(first)).unwrap_or(0);
        let most = self.scenario.months.saturating_sub(1);
        if begin + span > most {
            let months = Value::Count(most.saturating_sub(begin));
            notes.push(Sentence::new("caseload-long", vec![("months", months)]));
        }
        (begin + span).min(most)
    }
}

/// Simulated caseloads.
struct Runs<'a> {
    ask: &'a Ask<'a>,
    until: u32,
    done: &'a dyn Fn(usize, usize),
    played: Cell<usize>,
}

impl Runs<'_> {
    /// Simulated caseloads of a fit: as it is, the steps, and twice with what was found.
    const ALL: usize = STEPS as usize + 4;

    /// The changes of a caseload with these values of effect and dropout, over all replications.
    fn play(&self, (effect, dropout): (f64, f64)) -> Result<Changes, FitError> {
        let Ask {
            source, project, ..
        } = *self.ask;
        let mut scenario = self.ask.scenario.clone();
        for (name, value) in [(EFFECT, effect), (DROPOUT, dropout)] {
            if let Some(parameter) = scenario.parameters.get_mut(name) {
                parameter.set(value);
            }
        }
        let mut all = Vec::new();
        for replication in 0..self.ask.replications {
            let cases = played(&scenario, source, project, (replication, self.until));
            all.extend(cases.map_err(FitError::Run)?);
        }
        self.played.set(self.played.get() + 1);
        (self.done)(self.played.get(), Self::ALL);
        Ok(Changes::of(&all))
    }

    /// The effect with which problems grow lighter as fast as they did.
    fn effect(
        &self,
        usual: (f64, f64),
        lighter: Rate,
        notes: &mut Vec<Sentence>,
    ) -> Result<Fitted, FitError> {
        let most = self.ask.scenario.parameters.get(EFFECT);
        let most = 2.0 * most.map_or(usual.0, |parameter: &Parameter| parameter.high);
        let most = within(EFFECT, most);
        let mut curve = Vec::new();
        for step in 0..=STEPS {
            let effect = most * f64::from(step) / f64::from(STEPS);
            let changes = self.play((effect, usual.1))?;
            let lighter = changes.lighter.map(|rate| (effect, rate.value));
            curve.extend(lighter);
        }
        let found = crossing(&curve, lighter.value).ok_or_else(|| cases("sheet-nobody"))?;
        if let Some(id) = found.beyond {
            notes.push(Sentence::new(id, Vec::new()));
        }
        let (low, high) = lighter.interval.unwrap_or((lighter.value, lighter.value));
        let end = |rate| crossing(&curve, rate).map_or(found.at, |found| found.at);
        Ok(Fitted {
            parameter: EFFECT,
            was: usual.0,
            value: found.at,
            low: end(low).min(found.at),
            high: end(high).max(found.at),
        })
    }
}

fn cases(id: &str) -> FitError {
    FitError::Cases(Sentence::new(id, Vec::new()))
}

/// Where a curve reaches a height.
#[derive(Debug, PartialEq)]
struct Crossing {
    at: f64,
    /// Id of a note, when it lies beyond an end of the curve, which then stands for it.
    beyond: Option<&'static str>,
}

/// Where a curve over ascending places first reaches `height`, between two of its points by a
/// straight line; `None` of an empty curve. Dips by chance are passed over: the curve is taken at the
/// highest that it was.
fn crossing(curve: &[(f64, f64)], height: f64) -> Option<Crossing> {
    let (first, last) = (curve.first()?, curve.last()?);
    if height <= first.1 {
        let beyond = (height < first.1).then_some("caseload-below");
        return Some(Crossing {
            at: first.0,
            beyond,
        });
    }
    let mut before = *first;
    for &(at, reached) in curve {
        if reached >= height {
            let part = (height - before.1) / (reached - before.1);
            return Some(Crossing {
                at: before.0 + part * (at - before.0),
                beyond: None,
            });
        }
        if reached > before.1 {
            before = (at, reached);
        }
    }
    Some(Crossing {
        at: last.0,
        beyond: Some("caseload-above"),
    })
}

/// The chance to leave moves as the households that left to those that leave in the simulation.
fn dropout(usual: f64, own: Option<Rate>, simulated: Option<Rate>) -> Option<Fitted> {
    let (own, simulated) = (own?, simulated?.value);
    if simulated <= 0.0 {
        return None;
    }
    let of = |rate: f64| within(DROPOUT, usual * rate.max(0.0) / simulated);
    let (low, high) = own.interval.unwrap_or((own.value, own.value));
    Some(Fitted {
        parameter: DROPOUT,
        was: usual,
        value: of(own.value),
        low: of(low),
        high: of(high),
    })
}

/// As near to a value as the parameter can be.
fn within(name: &str, value: f64) -> f64 {
    let spec = position(name).map(|at| &SPECS[at]);
    spec.map_or(value, |spec| value.clamp(spec.min, spec.max))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(curve: &[(f64, f64)], height: f64) -> (f64, Option<&'static str>) {
        let found = crossing(curve, height).unwrap();
        (found.at, found.beyond)
    }

    #[test]
    fn a_curve_is_crossed_between_its_points_and_ends_where_it_ends() {
        let curve = [(0.0, 0.1), (1.0, 0.3), (2.0, 0.2), (3.0, 0.5)];
        let (half, beyond) = at(&curve, 0.2);
        assert!((half - 0.5).abs() < 1e-12 && beyond.is_none());
        // The dip is chance: from 0.3 at 1 it rises to 0.5 at 3.
        assert!((at(&curve, 0.4).0 - 2.0).abs() < 1e-12);
        assert_eq!(at(&curve, 0.0), (0.0, Some("caseload-below")));
        assert_eq!(at(&curve, 0.6), (3.0, Some("caseload-above")));
        assert_eq!(crossing(&[], 1.0), None);
    }

    #[test]
    fn who_leave_twice_as_often_have_twice_the_chance() {
        let rate = |value: f64| {
            Some(Rate {
                value,
                interval: Some((value - 0.03, value + 0.03)),
            })
        };
        let found = dropout(0.02, rate(0.02), rate(0.01)).unwrap();
        assert!((found.value - 0.04).abs() < 1e-12 && found.low == 0.0);
        assert!((found.high - 0.1).abs() < 1e-12);
        assert_eq!(dropout(0.02, rate(0.02), rate(0.0)), None);
        assert_eq!(dropout(0.02, None, rate(0.01)), None);
    }
}
