//! Payers, and what problems, crises and care cost them.

use crate::domain::Domain;
use crate::figure::{Evidence, Figure};
use serde::{Deserialize, Serialize};

/// What kind of party a payer is; decides which pulls move it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayerKind {
    /// A department (silo) of the municipality.
    Municipal,
    /// The State, a ministry or the province.
    State,
    /// A health insurer.
    Insurer,
    /// A housing corporation.
    Corporation,
    /// A foundation that gives.
    Fund,
    /// Customers who buy goods and services.
    Market,
}

/// A party that pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// Short name used everywhere.
    pub id: String,
    /// Dutch name for reports.
    pub name_nl: String,
    /// English name for reports.
    pub name_en: String,
    /// Kind of party.
    pub kind: PayerKind,
    /// Closed budget for care and projects in this place, euro per household per year.
    pub budget: Figure,
    /// Share of the closed budget that is not yet promised (vrije ruimte), 0..1.
    pub free_room: Figure,
    /// Taste for what is new, 0 none .. 1 as strong as the whole own benefit.
    pub novelty_taste: Figure,
    /// Openness of the organisation to work that crosses its borders, 0..1.
    pub openness: Figure,
    /// Share of what others gain that it counts as its own gain (mission), 0..1.
    pub mission: Figure,
}

/// What one month of problems in a domain costs, and who bears it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseCost {
    /// Name of the item, such as `income-support`.
    pub id: String,
    /// Domain whose severity drives it.
    pub domain: Domain,
    /// Payer that bears it at the start.
    pub payer: String,
    /// Euro per year at severity 2, 3 and 4 (nothing below 2).
    pub per_year: [f64; 3],
    /// Whether it pays for places, buildings and staff in service, which cost money while they stand
    /// empty too.
    #[serde(default)]
    pub places: bool,
    /// Evidence for the amounts.
    pub evidence: Evidence,
    /// Source for the amounts.
    pub source: String,
}

/// A crisis: what it costs when a household at severity 4 tips over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crisis {
    /// Name, such as `eviction`.
    pub id: String,
    /// Domain at severity 4 in which it strikes.
    pub domain: Domain,
    /// Chance that it strikes a household at severity 4, relative to `household.crisis`.
    pub weight: Figure,
    /// Domains in which the household gets one step worse by it.
    pub spills: Vec<Domain>,
    /// Whether it fills places, which cost money while they stand empty too.
    #[serde(default)]
    pub places: bool,
    /// Euro per event and the payer that bears each part.
    pub costs: Vec<(String, Figure)>,
}

/// Silo care in one domain: who pays the professionals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiloCare {
    /// Domain served.
    pub domain: Domain,
    /// Payer whose closed budget pays the places.
    pub payer: String,
    /// Places (households served at once) per 1,000 households at the start.
    pub places: Figure,
    /// Cost of one place, euro per year.
    pub cost: Figure,
}
