//! Targets of calibration: what was observed in the world, and what in the model it is held against.
//!
//! The list is data (`scenarios/base/targets.ron`), with a fact number for every figure.

use crate::domain::Domain;
use crate::figure::{Evidence, Figure};
use crate::place::Place;
use serde::{Deserialize, Serialize};

/// The world that is the scenario itself, with its projects and strategies.
pub const SCENARIO_WORLD: &str = "scenario";

/// Observed stocks and flows, and what a fit may move to meet them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Months that are watched in a quiet world.
    pub months: u32,
    /// How strongly a fit holds on to the values that stood: weight of a whole plausible range.
    pub pull: f64,
    /// Places without projects and shocks, in which households are watched.
    pub worlds: Vec<QuietWorld>,
    /// What was observed.
    pub targets: Vec<Target>,
    /// What a fit may move, within its range.
    pub free: Vec<Free>,
    /// What was observed, or should have been, and is not compared.
    pub left_out: Vec<LeftOut>,
}

/// A place in which households live with silo care alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietWorld {
    /// Name in targets and tables.
    pub name: String,
    /// The place.
    pub place: Place,
    /// Places of silo care per 1,000 households, relative to the scenario's.
    pub care: Figure,
    /// Whether the scenario's projects work there, on money that does not end.
    #[serde(default)]
    pub team: bool,
}

/// An observed figure and the statistic of the model that it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Name in tables.
    pub id: String,
    /// World in which the model is watched: a quiet one, or [`SCENARIO_WORLD`].
    pub world: String,
    /// What is watched.
    pub statistic: Statistic,
    /// Observed value.
    pub observed: f64,
    /// Low end of what was observed.
    pub low: f64,
    /// High end of what was observed.
    pub high: f64,
    /// Unit of the three.
    pub unit: String,
    /// Numbers of the facts they come from.
    pub facts: Vec<u32>,
    /// Year or years of the observation.
    pub year: String,
    /// How well the observation is supported.
    pub confidence: Evidence,
    /// Weight of its squared relative miss in a fit; 0 compares without fitting.
    pub weight: f64,
    /// How the figure and the statistic fit each other; with weight 0, why it is not fitted.
    pub note: String,
}

/// A statistic of the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Statistic {
    /// A declared metric of a quiet world, over the months that are watched.
    Metric {
        /// Name of the metric.
        name: String,
        /// What it is divided by.
        per: Per,
        /// Whether a sum over months is brought back to a year.
        a_year: bool,
    },
    /// Share of households with at least this severity in a domain.
    Severity {
        /// Domain.
        domain: Domain,
        /// Least severity, 1..=4.
        from: u8,
    },
    /// Share of those households that leaves that state in a year.
    Outflow {
        /// Domain.
        domain: Domain,
        /// Least severity, 1..=4.
        from: u8,
    },
    /// Share of those who left it that is back within twelve months.
    Return {
        /// Domain.
        domain: Domain,
        /// Least severity, 1..=4.
        from: u8,
    },
    /// Share of households that have a silo professional in a domain.
    Served {
        /// Domain.
        domain: Domain,
        /// What it is divided by.
        per: Per,
    },
    /// Share of the problems of those whom a team takes in that are less severe some months later,
    /// beyond the same share of multi-problem households without a team.
    Improved {
        /// Months.
        months: u32,
    },
    /// A parameter, which the model takes as it is given.
    Parameter {
        /// Name.
        name: String,
    },
    /// Share of first projects that go on, a year after their first money ended, with the null
    /// alternative and the first stressor.
    Continued {
        /// Only as a team that is held together; else also embedded.
        whole: bool,
    },
    /// Share of social enterprises that live on for another year.
    FirmSurvival,
}

/// What a number is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Per {
    /// Nothing.
    One,
    /// Households of the place.
    Households,
    /// Households with children.
    HouseholdsWithChildren,
    /// Dwellings of housing corporations.
    CorporationDwellings,
}

/// Something that a fit may move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Free {
    /// A parameter, within the plausible range that the scenario gives it.
    Parameter {
        /// Name.
        name: String,
    },
    /// The weight of a crisis.
    CrisisWeight {
        /// Id of the crisis.
        crisis: String,
        /// Low end of the plausible range.
        low: f64,
        /// High end of the plausible range.
        high: f64,
    },
}

impl Free {
    /// Path of its figure in a scenario, such as `parameters.onset.work`.
    pub fn path(&self) -> String {
        match self {
            Self::Parameter { name } => format!("parameters.{name}"),
            Self::CrisisWeight { crisis, .. } => format!("crises[{crisis}].weight"),
        }
    }
}

/// Something that is not compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Numbers of the facts about it; none when nobody counted it.
    pub facts: Vec<u32>,
    /// Why it is not compared.
    pub why: String,
}
