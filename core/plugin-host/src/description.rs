//! What a loaded library says about itself: names, parameters, columns.

use crate::nearest::hint;
use crate::parameters::check_value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zalm_model::{Aggregate, Better, COLUMNS, MetricSpec, Role};
use zalm_scenario::StrategyValue;

/// Names for tables and reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// English.
    pub en: String,
    /// Dutch.
    pub nl: String,
}

/// Type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterType {
    /// true or false.
    Bool,
    /// Whole number.
    I64,
    /// Number.
    F64,
    /// Text.
    Text,
}

impl ParameterType {
    /// The type in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::I64 => "a whole number",
            Self::F64 => "a number",
            Self::Text => "text in quotes",
        }
    }
}

/// A parameter of a strategy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterDescription {
    /// Name in scenarios.
    pub name: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// Unit; empty for yes or no and text.
    #[serde(default)]
    pub unit: String,
    /// Value when a scenario does not give one.
    pub default: StrategyValue,
    /// Smallest value allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest value allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// What it means, in English.
    #[serde(default)]
    pub doc: String,
}

/// What a strategy decides about, as descriptions name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleName {
    /// In which organisational form the team goes on.
    #[default]
    Form,
    /// Who is brought to the table.
    Network,
    /// In which way money is given.
    Financing,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Form => Self::Form,
            RoleName::Network => Self::Network,
            RoleName::Financing => Self::Financing,
        }
    }
}

/// A column that a strategy reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnDescription {
    /// Name, such as `project.cost`.
    pub name: String,
    /// `f64` or `i64`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Unit; empty when the plugin does not say.
    #[serde(default)]
    pub unit: String,
}

/// A column that a strategy keeps for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnDescription {
    /// Name, without a dot.
    pub name: String,
    /// Unit.
    #[serde(default)]
    pub unit: String,
    /// Value of a row that was never written.
    pub default: f64,
    /// What it means, in English.
    #[serde(default)]
    pub doc: String,
}

/// Which direction of a metric is better, as descriptions name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BetterName {
    /// More.
    Higher,
    /// Less.
    Lower,
    /// It describes.
    #[default]
    Neither,
}

/// How the months of a run become one number, as descriptions name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AggregateName {
    /// Sum over the months from the policy date.
    Sum,
    /// Mean over them.
    Mean,
    /// Value in the last month.
    Last,
}

/// A metric that a strategy measures itself: the sum of what it adds in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricDescription {
    /// Name, without a dot; in tables the plugin's id and a dot stand before it.
    pub name: String,
    /// Unit.
    #[serde(default)]
    pub unit: String,
    /// Which direction is better.
    #[serde(default)]
    pub better: BetterName,
    /// How the months become one number.
    pub aggregate: AggregateName,
    /// What it means, in English.
    #[serde(default)]
    pub doc: String,
}

impl MetricDescription {
    /// The metric in the tables of strategy `id`. Its unit stays as long as the library that
    /// declares it: to the end of the program.
    pub(crate) fn spec(&self, id: &str) -> MetricSpec {
        MetricSpec {
            name: format!("{id}.{}", self.name),
            unit: self.unit.clone().leak(),
            better: match self.better {
                BetterName::Higher => Better::Higher,
                BetterName::Lower => Better::Lower,
                BetterName::Neither => Better::Neither,
            },
            aggregate: match self.aggregate {
                AggregateName::Sum => Aggregate::Sum,
                AggregateName::Mean => Aggregate::Mean,
                AggregateName::Last => Aggregate::Last,
            },
            doc: self.doc.clone(),
        }
    }
}

/// What a strategy says about itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Id in scenarios.
    pub id: String,
    /// Version.
    pub version: String,
    /// Names.
    pub name: Names,
    /// What it does, in English.
    #[serde(default)]
    pub doc: String,
    /// What it decides about in a combination: `form` (also when it does not say), `network` or
    /// `financing`.
    #[serde(default)]
    pub role: RoleName,
    /// Its parameters.
    pub parameters: Vec<ParameterDescription>,
    /// The columns that it reads, in the order in which it gets them.
    pub columns: Vec<ColumnDescription>,
    /// The columns that it keeps for itself; it gets them after those that it reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnDescription>,
    /// The metrics that it measures itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<MetricDescription>,
    /// Phases in which it acts.
    #[serde(default)]
    pub phases: Vec<String>,
    /// What it may ask.
    #[serde(default)]
    pub capabilities: Vec<String>,
}

impl Description {
    /// Reads a description and checks it against the model.
    ///
    /// # Errors
    /// What is wrong, for the plugin's author.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let description: Self = serde_json::from_str(text)
            .map_err(|error| format!("has a description that cannot be read: {error}"))?;
        description.check_parameters()?;
        description.column_indices()?;
        description.check_own()?;
        let metrics = description.metrics.iter();
        named_once("a metric", metrics.map(|metric| &*metric.name))?;
        match description.phases.iter().find(|phase| *phase != "month") {
            Some(phase) => Err(format!(
                "wants to act in phase {phase}; there is only month"
            )),
            None => Ok(description),
        }
    }

    fn check_parameters(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for parameter in &self.parameters {
            if !names.insert(&parameter.name) {
                return Err(format!("declares parameter {} twice", parameter.name));
            }
            check_value(parameter, &parameter.default)
                .map_err(|wrong| format!("declares a default that it refuses: {wrong}"))?;
        }
        Ok(())
    }

    fn check_own(&self) -> Result<(), String> {
        named_once("a column of its own", self.own.iter().map(|own| &*own.name))?;
        for own in &self.own {
            if !own.default.is_finite() {
                return Err(format!(
                    "keeps column {} with a default that is no number",
                    own.name
                ));
            }
        }
        Ok(())
    }

    /// Position of each wanted column in the model's list.
    ///
    /// # Errors
    /// The first column that the model does not have in this form.
    pub(crate) fn column_indices(&self) -> Result<Vec<usize>, String> {
        self.columns.iter().map(column_index).collect()
    }
}

/// Names of what a strategy has itself: none twice, none empty or with a dot.
fn named_once<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) || name.is_empty() || name.contains('.') {
            return Err(format!(
                "declares {what} {name:?}; expected a name that is there once, without a dot"
            ));
        }
    }
    Ok(())
}

fn column_index(wanted: &ColumnDescription) -> Result<usize, String> {
    let index = COLUMNS
        .iter()
        .position(|column| column.name == wanted.name)
        .ok_or_else(|| {
            let names = COLUMNS.iter().map(|column| column.name);
            format!(
                "wants column {}, which does not exist{}",
                wanted.name,
                hint(&wanted.name, names)
            )
        })?;
    let column = &COLUMNS[index];
    let kind = column.kind.name();
    if wanted.kind != kind {
        return Err(format!(
            "wants column {} as {}; it is {kind}",
            wanted.name, wanted.kind
        ));
    }
    if !wanted.unit.is_empty() && wanted.unit != column.unit {
        return Err(format!(
            "wants column {} in {}; it is in {}",
            wanted.name, wanted.unit, column.unit
        ));
    }
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::Description;

    fn with(parameters: &str, columns: &str) -> Result<Description, String> {
        Description::read(&format!(
            r#"{{"id":"a","version":"1.0.0","name":{{"en":"A","nl":"A"}},
                "parameters":[{parameters}],"columns":[{columns}]}}"#
        ))
    }

    #[test]
    fn a_column_is_checked_by_name_type_and_unit() {
        let wrong = |column: &str| with("", column).expect_err("refused");
        assert!(
            with(
                "",
                r#"{"name":"project.cost","type":"i64","unit":"cent/month"}"#
            )
            .is_ok()
        );
        let error = wrong(r#"{"name":"project.costs","type":"i64"}"#);
        assert!(error.contains("did you mean project.cost?"), "{error}");
        let error = wrong(r#"{"name":"project.cost","type":"f64"}"#);
        assert!(error.contains("it is i64"), "{error}");
        let error = wrong(r#"{"name":"project.cost","type":"i64","unit":"euro"}"#);
        assert!(error.contains("it is in cent/month"), "{error}");
    }

    #[test]
    fn a_role_is_one_of_three_and_form_when_none_is_said() {
        let role = |text: &str| {
            Description::read(&format!(
                r#"{{"id":"a","version":"1.0.0","name":{{"en":"A","nl":"A"}},{text}
                "parameters":[],"columns":[]}}"#
            ))
        };
        assert_eq!(role("").map(|one| one.role), Ok(super::RoleName::Form));
        let said = role(r#""role":"network","#);
        assert_eq!(said.map(|one| one.role), Ok(super::RoleName::Network));
        let error = role(r#""role":"finance","#).expect_err("refused");
        assert!(
            error.contains("finance") && error.contains("financing"),
            "{error}"
        );
    }

    #[test]
    fn a_default_outside_its_range_is_refused() {
        let error = with(
            r#"{"name":"n","type":"i64","default":9,"min":0,"max":5}"#,
            "",
        );
        let error = error.expect_err("refused");
        assert!(error.contains("default") && error.contains('9'), "{error}");
    }
}
