//! The checked scenario: what the model is built from.
//!
//! Every number that describes the world is a [`Figure`]: a value with its evidence and source.
//! References between sections (payers, projects, plugins) are by `id`; after
//! [`crate::read`] has succeeded every reference resolves.

use crate::calendar::Month;
use crate::parameters::Parameters;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How well a number is supported, weakest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// Read in a published count or measurement.
    Measured,
    /// Computed from measured figures.
    Derived,
    /// An order of magnitude from the literature or from memory; to be calibrated.
    Estimate,
    /// Nobody has measured it, as far as we know.
    Assumption,
}

/// A number with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The value, in the unit that the field's documentation names.
    pub value: f64,
    /// How well it is supported.
    pub evidence: Evidence,
    /// Fact number, seed paragraph, data file or the reasoning behind an assumption.
    pub source: String,
}

/// The eight life domains, in the order of every array over domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Domain {
    /// Housing (wonen).
    Housing,
    /// Finances and debts (financiën en schulden).
    Finances,
    /// Work and daytime activity (werk en dagbesteding).
    Work,
    /// Physical health (lichamelijke gezondheid).
    PhysicalHealth,
    /// Mental health and addiction (geestelijke gezondheid en verslaving).
    MentalHealth,
    /// Parenting and youth (opvoeding en jeugd); only in households with children.
    Parenting,
    /// Justice and safety (justitie en veiligheid).
    Justice,
    /// Social network and participation (sociaal netwerk en participatie).
    Social,
}

impl Domain {
    /// All domains in array order.
    pub const ALL: [Self; 8] = [
        Self::Housing,
        Self::Finances,
        Self::Work,
        Self::PhysicalHealth,
        Self::MentalHealth,
        Self::Parenting,
        Self::Justice,
        Self::Social,
    ];

    /// Name as used in parameters, metrics and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Housing => "housing",
            Self::Finances => "finances",
            Self::Work => "work",
            Self::PhysicalHealth => "physical_health",
            Self::MentalHealth => "mental_health",
            Self::Parenting => "parenting",
            Self::Justice => "justice",
            Self::Social => "social",
        }
    }
}

/// One neighbourhood with its households, made by `zalm import cbs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbourhood {
    /// CBS code, such as `WK008034`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Households, count.
    pub households: Figure,
    /// Inhabitants, count.
    pub inhabitants: Figure,
    /// One-person households, share 0..1.
    pub one_person: Figure,
    /// Households with children, share 0..1.
    pub with_children: Figure,
    /// Households in the danger zone of sliding down (gevarenzone), share 0..1.
    pub danger_zone: Figure,
    /// Dwellings owned by housing corporations, share 0..1.
    pub corporation_rent: Figure,
}

/// A place: one or more neighbourhoods of one municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Name of the place as a whole.
    pub name: String,
    /// Municipality, name.
    pub municipality: String,
    /// The citation that the data licence asks for, such as "Bron: CBS, ... 2016".
    pub citation: String,
    /// The neighbourhoods, at least one.
    pub neighbourhoods: Vec<Neighbourhood>,
}

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
    /// Domains in which the household gets one step worse by it.
    pub spills: Vec<Domain>,
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
    pub name: String,
    /// First month.
    pub start: Month,
    /// Workers, full-time equivalents.
    pub workers: Figure,
    /// Share of the active ingredients that the method holds and keeps together, 0..1.
    pub fidelity: Figure,
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

/// Something that happens at a stated month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Shock {
    /// A payer's closed budget falls by a share.
    Cut {
        /// Month.
        at: Month,
        /// Payer cut.
        payer: String,
        /// Share of the closed budget, 0..1.
        share: f64,
    },
    /// Responsibility for items moves to another payer, with a discount on the money.
    Decentralise {
        /// Month.
        at: Month,
        /// Use costs, crises or silo domains (by id or domain name) that move.
        items: Vec<String>,
        /// Payer that hands over.
        from: String,
        /// Payer that receives.
        to: String,
        /// Share of the money that is kept back, 0..1.
        discount: f64,
    },
    /// More problems arise than before.
    DemandGrowth {
        /// First month.
        at: Month,
        /// Growth of the onset of problems, share per year (may be negative).
        per_year: f64,
        /// Months that it lasts.
        months: u32,
    },
    /// A payer no longer gives new money at all.
    Exit {
        /// Month.
        at: Month,
        /// Payer that leaves.
        payer: String,
    },
    /// The alderman goes.
    AldermanLeaves {
        /// Month.
        at: Month,
    },
}

impl Shock {
    /// The month in which it starts.
    pub fn at(&self) -> Month {
        match self {
            Self::Cut { at, .. }
            | Self::Decentralise { at, .. }
            | Self::DemandGrowth { at, .. }
            | Self::Exit { at, .. }
            | Self::AldermanLeaves { at } => *at,
        }
    }
}

/// A stress scenario: shocks after the policy date, one story, one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stressor {
    /// Short name.
    pub name: String,
    /// What happens, in one or two sentences.
    pub narrative: String,
    /// Where it comes from.
    pub source: String,
    /// The shocks.
    pub shocks: Vec<Shock>,
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
    /// Name in tables and reports.
    pub name: String,
    /// Plugin id, such as `carousel`.
    pub plugin: String,
    /// Parameters for the plugin; what is absent takes the plugin's default.
    #[serde(default)]
    pub parameters: BTreeMap<String, StrategyValue>,
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Title for tables and reports.
    pub title: String,
    /// The question that the scenario asks.
    pub question: String,
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
    /// Who pays.
    pub payers: Vec<Payer>,
    /// What problems cost.
    pub use_costs: Vec<UseCost>,
    /// What crises cost.
    pub crises: Vec<Crisis>,
    /// Silo care.
    pub silo_care: Vec<SiloCare>,
    /// The director.
    pub municipality: Municipality,
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

/// A mechanism that a scenario can switch off, to see what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mechanism {
    /// Problems feed each other.
    Interaction,
    /// Crises at the highest severity.
    Crises,
    /// Care avoidance.
    Avoidance,
    /// Workers look for people who do not come.
    Outreach,
    /// Several professionals in one household hinder each other.
    Coordination,
    /// Trust grows with time and is lost when a worker leaves.
    Trust,
    /// Help that stops early is followed by relapse.
    Relapse,
    /// Workers leave when their contract nears its end.
    Uncertainty,
    /// Aldermen, officials and managers come and go.
    StakeholderCarousel,
    /// Leaders tire.
    BurnOut,
    /// Payers learn from evidence.
    Evidence,
    /// Payers shun what they are unsure of, the more so when money is tight.
    RiskAversion,
    /// Payers like what is new.
    Novelty,
    /// Institutions resist the loss of people, money and power.
    Resistance,
    /// Payers weigh the ties they have with a project.
    Ties,
    /// The municipality presses for joint solutions.
    Direction,
    /// Other claimants compete for the same money.
    Rivals,
}

impl Mechanism {
    /// All mechanisms.
    pub const ALL: [Self; 17] = [
        Self::Interaction,
        Self::Crises,
        Self::Avoidance,
        Self::Outreach,
        Self::Coordination,
        Self::Trust,
        Self::Relapse,
        Self::Uncertainty,
        Self::StakeholderCarousel,
        Self::BurnOut,
        Self::Evidence,
        Self::RiskAversion,
        Self::Novelty,
        Self::Resistance,
        Self::Ties,
        Self::Direction,
        Self::Rivals,
    ];
}
