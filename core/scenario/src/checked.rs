//! The checked scenario: what the model is built from.
//!
//! Every number that describes the world is a [`Figure`]: a value with its evidence and source.
//! References between sections (payers, projects, plugins) are by `id`; after
//! [`crate::read`] has succeeded every reference resolves.

use crate::calendar::Month;
use crate::coupling::Coupling;
use crate::discount::DiscountRate;
use crate::figure::Figure;
use crate::mechanism::Mechanism;
use crate::method::Method;
use crate::parameters::Parameters;
use crate::payer::{Crisis, Payer, SiloCare, UseCost};
use crate::place::{AreaInvestment, Place};
use crate::project::Project;
use crate::shock::{Shock, Stressor};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The municipality as a director.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Strength of direction (regie) that stands apart from persons, 0..1.
    pub direction: Figure,
    /// How far aldermen differ in courage, standard deviation on the same scale.
    pub alderman_spread: Figure,
    /// Months of municipal elections.
    pub elections: Vec<Month>,
}

/// A value of a strategy parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StrategyValue {
    /// true or false.
    Bool(bool),
    /// Whole number.
    Integer(i64),
    /// Number.
    Number(f64),
    /// Text.
    Text(String),
}

/// A strategy to compare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrategyUse {
    /// Name in data files and on the command line.
    pub name: String,
    /// Name for people; absent, the plugin's own name.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// Plugin id, such as `carousel`; empty when it has layers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plugin: String,
    /// Parameters for the plugin; what is absent takes the plugin's default.
    #[serde(default)]
    pub parameters: BTreeMap<String, StrategyValue>,
    /// Other values from later months on, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ParameterChange>,
    /// Plugins that decide one after the other in a month, instead of one plugin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<LayerUse>,
}

/// Parameters of a strategy that change in the run: those who carry it out change course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterChange {
    /// First month of the other values, after the policy date.
    pub from: Month,
    /// The other values; what is absent stays as it was.
    pub parameters: BTreeMap<String, StrategyValue>,
}

/// A plugin as a layer of a strategy: organisational form, network or financing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerUse {
    /// Plugin id.
    pub plugin: String,
    /// Parameters for the plugin; what is absent takes the plugin's default.
    #[serde(default)]
    pub parameters: BTreeMap<String, StrategyValue>,
    /// Other values from later months on, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ParameterChange>,
}

impl StrategyUse {
    /// A strategy of one plugin.
    pub fn of(name: &str, plugin: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: Text::default(),
            plugin: plugin.to_owned(),
            parameters: BTreeMap::new(),
            changes: Vec::new(),
            layers: Vec::new(),
        }
    }

    /// Its layers in the order in which they decide; one when it is a single plugin.
    pub fn in_layers(&self) -> Vec<LayerUse> {
        if self.layers.is_empty() {
            vec![LayerUse {
                plugin: self.plugin.clone(),
                parameters: self.parameters.clone(),
                changes: self.changes.clone(),
            }]
        } else {
            self.layers.clone()
        }
    }

    /// Its plugins in words: `joint-adoption + benefit-capture`.
    pub fn plugins(&self) -> String {
        let layers = self.in_layers();
        let plugins: Vec<&str> = layers.iter().map(|layer| layer.plugin.as_str()).collect();
        plugins.join(" + ")
    }
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Title for tables and reports.
    pub title: Text,
    /// The question that the scenario asks.
    pub question: Text,
    /// Who lives there.
    pub place: Place,
    /// First month.
    pub start: Month,
    /// Length, months.
    pub months: u32,
    /// Month from which strategies act; all runs of a replication share what lies before it.
    pub policy_date: Month,
    /// Months between two rows of the series.
    pub series_every: u32,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications (chance).
    pub replications: u32,
    /// Every rate, weight and effect of the model.
    pub parameters: Parameters,
    /// Mechanisms that are switched off.
    pub switched_off: Vec<Mechanism>,
    /// Domains that feed each other otherwise than the rest do.
    pub couplings: Vec<Coupling>,
    /// Who pays.
    pub payers: Vec<Payer>,
    /// What problems cost.
    pub use_costs: Vec<UseCost>,
    /// What crises cost.
    pub crises: Vec<Crisis>,
    /// Silo care.
    pub silo_care: Vec<SiloCare>,
    /// Discount rates of a cost-benefit analysis, in order of time.
    pub discount_rates: Vec<DiscountRate>,
    /// The director.
    pub municipality: Municipality,
    /// Money for the neighbourhoods themselves.
    pub area_investments: Vec<AreaInvestment>,
    /// What the method of a frontline team is made of.
    pub method: Method,
    /// Projects on temporary money.
    pub projects: Vec<Project>,
    /// Shocks that happen in every run.
    pub shocks: Vec<Shock>,
    /// Strategies to compare.
    pub strategies: Vec<StrategyUse>,
    /// Name of the strategy that all others are compared with.
    pub null_alternative: String,
    /// Stress scenarios; one of them may have no shocks.
    pub stressors: Vec<Stressor>,
}

impl Scenario {
    /// Month index (0 = `start`) of the policy date.
    pub fn policy_month(&self) -> u32 {
        u32::try_from(self.policy_date.since(self.start)).unwrap_or(0)
    }

    /// Households over all neighbourhoods, count.
    pub fn households(&self) -> u32 {
        self.place
            .neighbourhoods
            .iter()
            .map(|n| n.households.value as u32)
            .sum()
    }
}
