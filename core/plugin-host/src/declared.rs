//! The parts of a description: parameters, columns, metrics, events.

use serde::{Deserialize, Serialize};
use zalm_model::{Aggregate, Better, MetricSpec, Role};
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
    /// Names that it had before, which older scenarios may use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
}

impl ParameterDescription {
    /// Whether a scenario may call it so.
    pub(crate) fn answers_to(&self, name: &str) -> bool {
        self.name == name || self.formerly.iter().any(|old| old == name)
    }
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
    /// Whether the strategy can do without: a host that does not have the column passes it as
    /// absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
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

/// An event of a strategy's own type, for the event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDescription {
    /// Name, without a dot; in the log the plugin's id and a dot stand before it.
    pub name: String,
    /// Its values, all numbers, in the order in which they come.
    #[serde(default)]
    pub fields: Vec<FieldDescription>,
    /// What it means, in English.
    #[serde(default)]
    pub doc: String,
}

/// A value of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDescription {
    /// Name.
    pub name: String,
    /// Unit.
    #[serde(default)]
    pub unit: String,
}
