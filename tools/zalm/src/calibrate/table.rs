//! What a calibration says, as tables for people and as one document for programs.

use crate::columns::aligned;
use crate::language::told;
use serde::Serialize;
use zalm_experiment::calibration::{Fit, Moved, miss};
use zalm_report::{Lang, Numbers, Place, Texts};
use zalm_scenario::{Evidence, LeftOut, Statistic, Target, Targets, Text};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.calibrate/1";

/// What was made.
pub struct Made<'a> {
    /// Title of the scenario.
    pub scenario: Text,
    /// What was observed.
    pub targets: &'a Targets,
    /// Replications behind the simulated values, count.
    pub replications: u32,
    /// Simulated values, before the fit.
    pub before: Vec<Option<f64>>,
    /// The same after it.
    pub after: Option<Vec<Option<f64>>>,
    /// The fit.
    pub fit: Option<Fit>,
}

#[derive(Serialize)]
pub struct Document<'a> {
    schema: &'static str,
    scenario: &'a str,
    replications: u32,
    months: u32,
    targets: Vec<Row<'a>>,
    evaluations: Option<usize>,
    moved: Vec<Number<'a>>,
    left_out: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    world: &'a str,
    unit: &'a str,
    observed: f64,
    low: f64,
    high: f64,
    facts: &'a [u32],
    year: &'a str,
    confidence: Evidence,
    weight: f64,
    given: bool,
    before: Option<f64>,
    after: Option<f64>,
    note: &'a str,
}

#[derive(Serialize)]
struct Number<'a> {
    path: &'a str,
    old: f64,
    new: f64,
    low: f64,
    high: f64,
    at_bound: bool,
}

#[derive(Serialize)]
struct Left<'a> {
    what: &'a str,
    facts: &'a [u32],
    why: &'a str,
}

/// A simulated value before the fit, and after it.
type Simulated = (Option<f64>, Option<f64>);

impl Made<'_> {
    /// Targets with their simulated values.
    fn rows(&self) -> impl Iterator<Item = (&Target, Simulated)> {
        let after = |at: usize| self.after.as_ref().and_then(|after| after[at]);
        let simulated = self.before.iter().enumerate();
        let simulated = simulated.map(move |(at, before)| (*before, after(at)));
        self.targets.targets.iter().zip(simulated)
    }

    /// The document for programs.
    pub fn document(&self) -> Document<'_> {
        let moved = self.fit.iter().flat_map(|fit| &fit.moved);
        let left_out = self.targets.left_out.iter();
        Document {
            schema: SCHEMA,
            scenario: &self.scenario.en,
            replications: self.replications,
            months: self.targets.months,
            targets: self.rows().map(row).collect(),
            evaluations: self.fit.as_ref().map(|fit| fit.evaluations),
            moved: moved.map(number).collect(),
            left_out: left_out.map(left).collect(),
        }
    }
}

/// Whether the simulated value is a number of the scenario itself, so that it says nothing of the
/// model.
fn given(target: &Target) -> bool {
    matches!(target.statistic, Statistic::Parameter { .. })
}

fn row((target, (before, after)): (&Target, Simulated)) -> Row<'_> {
    Row {
        id: &target.id,
        world: &target.world,
        unit: &target.unit,
        observed: target.observed,
        low: target.low,
        high: target.high,
        facts: &target.facts,
        year: &target.year,
        confidence: target.confidence,
        weight: target.weight,
        given: given(target),
        before,
        after,
        note: &target.note,
    }
}

fn number(one: &Moved) -> Number<'_> {
    Number {
        path: &one.path,
        old: one.old,
        new: one.new,
        low: one.low,
        high: one.high,
        at_bound: one.at_bound,
    }
}

fn left(one: &LeftOut) -> Left<'_> {
    Left {
        what: &one.what,
        facts: &one.facts,
        why: &one.why,
    }
}

/// The tables for people.
pub fn text(made: &Made<'_>, lang: Lang) -> String {
    let words = Words {
        texts: Texts::new(lang),
        numbers: Numbers::new(lang),
        lang,
    };
    let mut all = words.compared(made);
    if let Some(fit) = &made.fit {
        all += &words.moved(fit);
    }
    all += &words.not_fitted(made);
    all += &words.left_out(made);
    all
}

struct Words {
    texts: Texts,
    numbers: Numbers,
    lang: Lang,
}

impl Words {
    fn get(&self, id: &str) -> String {
        self.texts.get(&format!("calibrate-{id}"))
    }

    fn number(&self, value: f64) -> String {
        self.numbers.write(value, Place::of(value, None))
    }

    /// Every target: observed and simulated, with the miss in per cent.
    fn compared(&self, made: &Made<'_>) -> String {
        let sizes = [
            ("replications", made.replications.to_string()),
            ("months", made.targets.months.to_string()),
        ];
        let sizes = sizes
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let title = self.texts.with("calibrate-compared", &sizes);
        let mut names = vec!["target", "observed", "range", "simulated", "miss"];
        if made.fit.is_some() {
            names.splice(3.., ["before", "miss", "after", "miss"]);
        }
        let mut rows: Vec<Vec<String>> =
            vec![names.into_iter().map(|name| self.get(name)).collect()];
        rows[0].extend([self.get("inside"), self.get("unit"), self.get("facts")]);
        rows.extend(made.rows().map(|row| self.row(row, made.fit.is_some())));
        format!(
            "{}: {title}\n{}",
            told(&made.scenario, self.lang),
            aligned(&rows)
        )
    }

    fn row(&self, (target, (before, after)): (&Target, Simulated), fitted: bool) -> Vec<String> {
        let mut cells = vec![
            format!(
                "{}{}",
                target.id,
                if target.weight > 0.0 { "" } else { " *" }
            ),
            self.number(target.observed),
            self.range(target.low, target.high),
        ];
        let shown = if fitted {
            vec![before, after]
        } else {
            vec![before]
        };
        for value in shown {
            cells.push(value.map_or_else(|| self.get("none"), |value| self.number(value)));
            let miss = value.map(|value| 100.0 * miss(target, value));
            cells.push(miss.map_or_else(String::new, |miss| {
                format!("{}%", self.numbers.write(miss, Place::UNITS))
            }));
        }
        let last = if fitted { after } else { before };
        let inside = last.is_some_and(|value| (target.low..=target.high).contains(&value));
        cells.push(self.get(match (given(target), inside) {
            (true, _) => "given",
            (false, true) => "yes",
            (false, false) => "no",
        }));
        cells.push(target.unit.clone());
        cells.push(numbers_of(&target.facts));
        cells
    }

    fn range(&self, low: f64, high: f64) -> String {
        let ends = [self.number(low), self.number(high)];
        let ends = [("low", ends[0].as_str()), ("high", ends[1].as_str())];
        self.texts.with("range", &ends)
    }

    /// Every free number: before, after, its range, and whether it wanted to go beyond.
    fn moved(&self, fit: &Fit) -> String {
        let names = ["number", "before", "after", "range"];
        let mut rows = vec![names.map(|name| self.get(name)).to_vec()];
        rows.extend(fit.moved.iter().map(|one| {
            let mut cells = vec![
                one.path.clone(),
                self.number(one.old),
                self.number(one.new),
                self.range(one.low, one.high),
            ];
            cells.extend(one.at_bound.then(|| self.get("at-bound")));
            cells
        }));
        let misses = [self.number(fit.before), self.number(fit.after)];
        let misses = [
            ("before", misses[0].as_str()),
            ("after", misses[1].as_str()),
        ];
        let title = self.texts.with("calibrate-moved", &misses);
        format!("\n{title}\n{}", aligned(&rows))
    }

    fn not_fitted(&self, made: &Made<'_>) -> String {
        let held = made.targets.targets.iter().filter(|one| one.weight <= 0.0);
        let rows: Vec<_> = held
            .map(|one| vec![one.id.clone(), one.note.clone()])
            .collect();
        format!("\n* {}\n{}", self.get("not-fitted"), aligned(&rows))
    }

    fn left_out(&self, made: &Made<'_>) -> String {
        let row = |one: &LeftOut| vec![one.what.clone(), numbers_of(&one.facts), one.why.clone()];
        let rows: Vec<_> = made.targets.left_out.iter().map(row).collect();
        format!("\n{}\n{}", self.get("left-out"), aligned(&rows))
    }
}

fn numbers_of(facts: &[u32]) -> String {
    let numbers: Vec<String> = facts.iter().map(u32::to_string).collect();
    if numbers.is_empty() {
        "–".to_owned()
    } else {
        numbers.join(", ")
    }
}
