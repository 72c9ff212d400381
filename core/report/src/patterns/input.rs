//! What was found about patterns, as the text has it.

use crate::input::{Estimate, MetricInfo, PayerInfo};

/// What was found about the patterns of a scenario, in the language of the reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatternsInput {
    /// Title of the scenario.
    pub title: String,
    /// Pairs of runs for every effect.
    pub replications: u32,
    /// Draws from the parameter space.
    pub draws: u32,
    /// Pairs of runs in each of those.
    pub draw_replications: u32,
    /// Seed of all randomness.
    pub seed: u64,
    /// Part of the effect that may be left without the mechanism, 0..1.
    pub vanished: f64,
    /// Who pays.
    pub payers: Vec<PayerInfo>,
    /// The patterns.
    pub patterns: Vec<PatternInput>,
}

/// What was found about a pattern.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatternInput {
    /// Number.
    pub number: u8,
    /// What it says.
    pub title: String,
    /// Paragraph of the seeds.
    pub seed: String,
    /// Code of the verdict: `holds`, `weak`, `absent`; `None` when it could not be asked.
    pub verdict: Option<String>,
    /// Why it could not be asked.
    pub not_asked: Option<String>,
    /// Its claims.
    pub claims: Vec<ClaimInput>,
    /// How the first came about.
    pub path: Option<PathInput>,
}

/// What was found about a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimInput {
    /// Name of the first arm.
    pub first: String,
    /// Name of the second arm.
    pub second: String,
    /// Names of the same arms in the world it is set beside.
    pub beside: Option<(String, String)>,
    /// What is measured.
    pub metric: Option<MetricInfo>,
    /// Months that count, from the policy date: first and one after the last.
    pub months: Option<(u32, u32)>,
    /// Mechanisms switched off in the counter-check.
    pub off: Vec<String>,
    /// Whether more is expected in the first arm.
    pub more: bool,
    /// The effect.
    pub effect: Option<Estimate>,
    /// The same without the mechanisms.
    pub counter: Option<Estimate>,
    /// What the mechanisms add.
    pub difference: Option<Estimate>,
    /// Share of the draws with the expected sign, with its interval.
    pub share: Option<Estimate>,
    /// Code of the verdict.
    pub verdict: String,
}

/// How an effect came about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathInput {
    /// Replication.
    pub replication: u32,
    /// Month, name of the arm, line of its log.
    pub lines: Vec<(String, String, String)>,
    /// Month by which half of the difference was there.
    pub half: Option<String>,
}
