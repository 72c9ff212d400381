//! What a report is made of: plain tables, filled by whoever has the results.
//!
//! No number here is NaN or infinite; what is not known is `None`. Whoever fills these structs
//! keeps that; the page prints a dash for what is absent.

mod further;
mod survival;

pub use further::{Budget, Further, Of};
pub use survival::{ENDS, Outcome, Survival, SurvivalStep};

use crate::varied::Varied;
use serde::{Deserialize, Serialize};

/// Everything on the page, with names and stories in the language of the reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportInput {
    /// Title of the scenario.
    pub title: String,
    /// The question that the scenario asks.
    pub question: String,
    /// Place, period and size of the comparison.
    pub setting: Setting,
    /// Id of the strategy that all others are compared with.
    pub null_alternative: String,
    /// Strategies in declared order.
    pub strategies: Vec<StrategyInfo>,
    /// Stressors in declared order.
    pub stressors: Vec<StressorInfo>,
    /// Metrics in declared order.
    pub metrics: Vec<MetricInfo>,
    /// Parties that pay.
    pub payers: Vec<PayerInfo>,
    /// Levels and differences, one per stressor, strategy and metric.
    pub cells: Vec<Cell>,
    /// Which strategy is best, and which cannot be told apart from it.
    pub choices: Vec<Choice>,
    /// What became of the (first) project, one per stressor and strategy.
    pub survival: Vec<Survival>,
    /// What is lost by a wrong choice, of the strategies that have team months under every stressor;
    /// empty when fewer than two have.
    pub regrets: Vec<Regret>,
    /// Courses over time, one per stressor, strategy and metric shown.
    pub fans: Vec<Fan>,
    /// Courses of paired differences to the null alternative, with some single pairs.
    pub differences: Vec<Fan>,
    /// What payers pay more or less than under the null alternative, year by year.
    pub budgets: Vec<Budget>,
    /// Differences in what is no metric, for titles and bars; none of the null alternative.
    pub further: Vec<Further>,
    /// Every parameter with its evidence.
    pub parameters: Vec<ParameterInfo>,
    /// Runs that failed.
    pub failures: Vec<FailureInfo>,
    /// How to make the same figures again.
    pub reproduction: Reproduction,
}

/// Place, period and size of the comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Place, with its municipality.
    pub place: String,
    /// Citation that the data licence asks for.
    pub citation: String,
    /// Households, count.
    pub households: u32,
    /// Project whose fate is shown.
    pub project: String,
    /// First month, `YYYY-MM`.
    pub start: String,
    /// Month from which strategies act, `YYYY-MM`.
    pub policy_date: String,
    /// Months from the policy date to the end.
    pub horizon: u32,
    /// Replications asked for.
    pub replications_planned: u32,
    /// Replications that are complete.
    pub replications_done: u32,
    /// Which values of parameters they were played at.
    pub varied: Varied,
}

/// A strategy that is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StrategyInfo {
    /// Id on the command line and in data files.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Plugin id.
    pub plugin: String,
    /// Plugin version; empty when not known.
    pub version: String,
    /// Digest of the plugin's library; empty when not known.
    pub sha256: String,
    /// What it does, in the plugin's own words; empty when not known.
    pub description: String,
    /// Parameters that the scenario sets: name and value.
    pub parameters: Vec<(String, String)>,
}

/// A stress scenario.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StressorInfo {
    /// Id on the command line and in data files.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What happens.
    pub narrative: String,
    /// Where the story comes from.
    pub source: String,
}

/// Which direction of a metric is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// It describes.
    #[default]
    Neither,
}

/// What a metric means to the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Households in a multi-problem situation.
    MultiProblem,
    /// Households in this state of care, by its stable name; none is in two of them.
    Care(String),
    /// A rung of the neighbourhood's ladder, 0 the lowest.
    Rung(u8),
    /// Strength of the coalition's ties.
    Coalition,
    /// Months that the team stays together, as a metric.
    TeamMonths,
    /// Cost of all payers together.
    TotalCost,
    /// Cost of the teams themselves, part of the total.
    TeamCost,
    /// Cost that falls on the payer with this id, in figure 3.
    PayerCost(String),
    /// Nothing in particular.
    #[default]
    Other,
}

/// A metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetricInfo {
    /// Name in tables, ASCII.
    pub name: String,
    /// Unit: a code such as `euro`, `share`, `households`, `month`.
    pub unit: String,
    /// Which direction is better.
    pub better: Direction,
    /// What it means, in English.
    pub doc: String,
    /// Whether it belongs to the few that decide.
    pub key: bool,
    /// What it means to the page.
    pub role: Role,
}

/// A party that pays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PayerInfo {
    /// Short name.
    pub id: String,
    /// Dutch name.
    pub name_nl: String,
    /// English name.
    pub name_en: String,
}

/// A number with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Interval; `None` with fewer than two replications.
    pub interval: Option<(f64, f64)>,
}

/// A paired difference to the null alternative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The difference with its 95 % interval.
    pub estimate: Estimate,
    /// Percentile bootstrap interval, of money.
    #[serde(default)]
    pub bootstrap: Option<(f64, f64)>,
    /// How many times more runs would tell as much if strategies did not share their chance.
    #[serde(default)]
    pub variance_reduction: Option<f64>,
    /// Probability of so large a difference by chance alone, Holm-adjusted over strategies.
    pub p_holm: Option<f64>,
    /// Whether every pair differs by the same, so that there is no interval.
    #[serde(default)]
    pub constant: bool,
    /// Replications in which both runs succeeded.
    pub pairs: u32,
    /// Replications left out because one of the two runs failed.
    pub excluded: u32,
}

/// Level and difference of one metric for one strategy under one stressor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Index of the metric.
    pub metric: usize,
    /// Level.
    pub level: Option<Estimate>,
    /// Runs that all have this level, so that it has no interval; 0 where they differ.
    #[serde(default)]
    pub same: u32,
    /// Difference to the null alternative; `None` for the null alternative itself.
    pub difference: Option<Difference>,
}

/// Which strategies may be the best in a metric, jointly 95 % sure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the metric.
    pub metric: usize,
    /// Indices of the strategies that may be the best; one alone is the best.
    pub may_be_best: Vec<usize>,
    /// What of the best's mean may be the luck of whoever looks best, in the unit of the metric.
    pub luck: f64,
}

/// Team months lost by a strategy where another would have been better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Regret {
    /// Index of the strategy.
    pub strategy: usize,
    /// Months lost under each stressor against the best strategy there, 0 or more.
    pub by_stressor: Vec<f64>,
    /// The largest of these.
    pub largest: f64,
    /// Whether it is the one whose largest is the smallest.
    pub least: bool,
}

/// Course of a metric over time: mean, median and the bands that hold 50 % and 80 % of runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// Index of the stressor.
    pub stressor: usize,
    /// Index of the strategy.
    pub strategy: usize,
    /// Index of the metric.
    pub metric: usize,
    /// Points in time order.
    pub points: Vec<FanPoint>,
    /// Values of some single runs at the same moments.
    pub paths: Vec<Vec<f64>>,
}

/// One moment of a [`Fan`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FanPoint {
    /// Calendar time in years, such as 2012.5.
    pub year: f64,
    /// Mean over runs.
    pub mean: f64,
    /// 10th percentile over runs.
    pub p10: f64,
    /// 25th percentile over runs.
    #[serde(default)]
    pub p25: f64,
    /// Median over runs.
    #[serde(default)]
    pub p50: f64,
    /// 75th percentile over runs.
    #[serde(default)]
    pub p75: f64,
    /// 90th percentile over runs.
    pub p90: f64,
}

/// How well a number is supported, weakest last.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Read in a published count.
    Measured,
    /// Computed from measured figures.
    Derived,
    /// An order of magnitude.
    Estimate,
    /// Nobody has measured it.
    #[default]
    Assumption,
}

impl Grade {
    /// All grades, strongest first.
    pub const ALL: [Self; 4] = [
        Self::Measured,
        Self::Derived,
        Self::Estimate,
        Self::Assumption,
    ];
}

/// A parameter with its evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParameterInfo {
    /// Name in scenario files.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Value used.
    pub value: f64,
    /// Low and high end of the plausible range.
    pub range: Option<(f64, f64)>,
    /// How well it is supported.
    pub grade: Grade,
    /// Where it comes from.
    pub source: String,
}

/// A run that failed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FailureInfo {
    /// Strategy.
    pub strategy: String,
    /// Stressor.
    pub stressor: String,
    /// Replication.
    pub replication: u32,
    /// Why.
    pub reason: String,
    /// Command that repeats just this run.
    pub rerun: String,
}

/// How to make the same figures again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reproduction {
    /// Command line.
    pub command: String,
    /// Version of zalm.
    pub version: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// SHA-256 of the scenario file.
    pub scenario_sha256: String,
    /// SHA-256 of the scenario with everything filled in.
    pub resolved_sha256: String,
    /// SHA-256 over all result rows.
    pub results_sha256: String,
}
