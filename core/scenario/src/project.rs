//! Projects on temporary money.

use crate::calendar::Month;
use crate::figure::Figure;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How well a project measures what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Measurement {
    /// Counts of people in and out (in- en uitstroom).
    InOut,
    /// Baseline and follow-up per life domain (0- en 1-meting).
    Baseline,
    /// Outcome compared with the goals.
    Outcome,
    /// Indicative cost-benefit analysis: effects per payer (indicatieve MKBA).
    CostBenefit,
}

/// Temporary money with which a project starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Payer that gives it.
    pub payer: String,
    /// Share of the project's cost, 0..1.
    pub share: Figure,
    /// Length, months from the project's start.
    pub months: u32,
}

/// A project on temporary money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Short name used everywhere.
    pub id: String,
    /// Name for reports.
    pub name: Text,
    /// First month.
    pub start: Month,
    /// Workers, full-time equivalents.
    pub workers: Figure,
    /// How fully the method is carried out and its ingredients are kept together, 0..1.
    pub fidelity: Figure,
    /// Ingredients that are otherwise than in the scenario's `method`, by name.
    #[serde(default)]
    pub method: BTreeMap<String, Figure>,
    /// Outreach: share of worker time spent looking for people who do not come, 0..1.
    pub outreach: Figure,
    /// Informal network built around households, 0..1.
    pub network: Figure,
    /// How it measures at the start.
    pub measurement: Measurement,
    /// Economic component: share of the cost that could be earned with goods and services, 0..1.
    pub economic: Figure,
    /// Leader: drive (zalmgedrag), 0..1.
    pub drive: Figure,
    /// Leader: skill in bridging and in landing policy, 0..1.
    pub skill: Figure,
    /// Ties with each payer at the start, executing, management, civil service, political, 0..1.
    pub ties: BTreeMap<String, [f64; 4]>,
    /// Where the ties come from.
    pub ties_source: String,
    /// Temporary money at the start; shares sum to at most 1.
    pub grants: Vec<Grant>,
}
