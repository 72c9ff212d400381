//! The numbers that vary, and how they are taken together.

use crate::play::Asked;
use serde::Serialize;
use zalm_experiment::design::varied;
use zalm_experiment::{Change, Point, quantile};
use zalm_scenario::{Evidence, Parameter, ParameterSpec, Scenario, Stressor};
use zalm_statistics::design::Groups;

/// Evidence, from best to weakest.
pub(crate) const EVIDENCE: [Evidence; 4] = [
    Evidence::Measured,
    Evidence::Derived,
    Evidence::Estimate,
    Evidence::Assumption,
];

/// How numbers are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// Each alone.
    Parameter,
    /// Those of one subject: what stands before the dot of the name.
    Subject,
    /// Those that are equally well supported.
    Evidence,
}

/// The numbers that vary.
pub(crate) struct Inputs<'a> {
    parameters: Vec<Chosen<'a>>,
    /// Which go together.
    pub groups: Groups,
    /// Name of each group.
    pub names: Vec<String>,
}

impl<'a> Inputs<'a> {
    /// Parameters by name, where `*` stands for any text; all with a range when none is named.
    ///
    /// # Errors
    /// Names that do not exist, all at once; numbers without a range.
    pub fn chosen(scenario: &'a Scenario, vary: &[String], by: By) -> Result<Self, Asked> {
        let problems = |all: Vec<String>| {
            Asked(format!(
                "{}\n`zalm parameters SCENARIO` lists them; `team.*` stands for all that begin so",
                all.join("\n")
            ))
        };
        let names = varied(scenario, vary).map_err(problems)?;
        let all = scenario.parameters.iter();
        let parameters: Vec<Chosen<'a>> =
            all.filter(|(spec, _)| names.contains(&spec.name)).collect();
        let (groups, names) = grouped(&parameters, by)?;
        Ok(Self {
            parameters,
            groups,
            names,
        })
    }

    /// How many numbers vary.
    pub fn count(&self) -> usize {
        self.parameters.len()
    }

    /// How many numbers are in a group.
    pub fn members(&self, group: usize) -> usize {
        self.groups.members(group).count()
    }

    /// A number.
    pub fn parameter(&self, input: usize) -> Chosen<'a> {
        self.parameters[input]
    }

    /// A draw: a point of the unit cube, each number at that share of its distribution.
    pub fn point(&self, draw: u32, row: &[f64]) -> Point {
        let changes = self.parameters.iter().zip(row);
        Point::new(
            draw,
            changes.map(|(chosen, u)| change(chosen, *u)).collect(),
        )
    }

    /// The values of a row, in their units.
    pub fn values(&self, row: &[f64]) -> Vec<f64> {
        let pairs = self.parameters.iter().zip(row);
        pairs
            .map(|((spec, parameter), u)| quantile(spec, parameter, *u))
            .collect()
    }

    /// One number at a value, the others as they are.
    pub fn alone(&self, draw: u32, input: usize, value: f64) -> Point {
        let (spec, _) = self.parameters[input];
        Point::new(draw, vec![Change::parameter(spec.name, value)])
    }
}

/// Points under one stressor: no other need be played.
pub(crate) fn under(stressor: &Stressor, mut points: Vec<Point>) -> Vec<Point> {
    for point in &mut points {
        let only = Change::Stressors(vec![stressor.clone()]);
        point.changes.push(only);
    }
    points
}

fn change((spec, parameter): &Chosen<'_>, u: f64) -> Change {
    Change::parameter(spec.name, quantile(spec, parameter, u))
}

/// A number and what is declared of it.
type Chosen<'a> = (&'static ParameterSpec, &'a Parameter);

/// The group of each number, and the names of the groups in the order of their first member.
fn grouped(parameters: &[Chosen<'_>], by: By) -> Result<(Groups, Vec<String>), Asked> {
    let group = |(spec, parameter): &Chosen<'_>| match by {
        By::Parameter => spec.name.to_owned(),
        By::Subject => spec.name.split('.').next().unwrap_or(spec.name).to_owned(),
        By::Evidence => format!("{:?}", parameter.evidence),
    };
    let mut names: Vec<String> = Vec::new();
    let mut of = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        let name = group(parameter);
        let place = names.iter().position(|one| *one == name);
        of.push(place.unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        }));
    }
    Ok((Groups::new(of)?, names))
}
