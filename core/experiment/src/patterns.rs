//! The 22 patterns of the seeds, asked of a scenario.
//!
//! A pattern is no rule of the model. It is a claim about it: two arms that differ in one thing, a
//! measure, a direction, and the mechanisms that must make it. [`ask`] plays the arms in pairs
//! under the same chance, once as they are and once with those mechanisms switched off, judges by
//! one rule ([`verdict()`]), reads off the event log of a typical pair how it came about, and counts
//! in what share of the plausible parameter space the effect has the expected sign.
//!
//! One pattern, one file.

mod arm;
mod asked;
mod board;
mod claim;
mod document;
mod inquiry;
mod path;
mod play;
mod verdict;

mod p01_carousel;
mod p02_careless_embedding;
mod p03_deliberate_embedding;
mod p04_coalition;
mod p05_entrepreneur;
mod p06_stakeholder_model;
mod p07_social_enterprise;
mod p08_benefits_elsewhere;
mod p09_weak_measurement;
mod p10_new_for_old;
mod p11_turnover;
mod p12_one_plan;
mod p13_ladder;
mod p14_copied;
mod p15_portfolio;
mod p16_novelty;
mod p17_applications;
mod p18_volunteers;
mod p19_decentralisation;
mod p20_outreach;
mod p21_health;
mod p22_early;

pub use arm::{Arm, Words};
pub use claim::{Claim, Expected, Measure};
pub use document::{PATTERNS_SCHEMA, patterns_json};
pub use inquiry::{Findings, Found, FoundClaim, Inquiry, Share, ask};
pub use path::{Path, PathLine};
pub use verdict::{VANISHED, Verdict, verdict};

use zalm_scenario::{Scenario, StrategyUse};

/// A pattern that the seeds describe.
pub struct Pattern {
    /// Its number, 1..=22.
    pub number: u8,
    /// Short name.
    pub id: &'static str,
    /// What it says.
    pub title: Words,
    /// Paragraph of the seeds.
    pub seed: &'static str,
    /// Parts of event log lines that tell how it comes about; `newcomer` for those of founded
    /// projects.
    pub watch: &'static [&'static str],
    /// What it claims about a world, the main claim first; or what that world lacks.
    pub claims: fn(&Scenario) -> Result<Vec<Claim>, Words>,
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "pattern {} {}", self.number, self.id)
    }
}

/// Why a pattern cannot be asked of a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unasked {
    /// The world lacks what it is about.
    World(Words),
    /// A strategy that it needs is not there.
    Strategy {
        /// Plugin id.
        plugin: String,
        /// Why not.
        why: String,
    },
}

/// All patterns, by number.
pub const PATTERNS: [&Pattern; 22] = [
    &p01_carousel::PATTERN,
    &p02_careless_embedding::PATTERN,
    &p03_deliberate_embedding::PATTERN,
    &p04_coalition::PATTERN,
    &p05_entrepreneur::PATTERN,
    &p06_stakeholder_model::PATTERN,
    &p07_social_enterprise::PATTERN,
    &p08_benefits_elsewhere::PATTERN,
    &p09_weak_measurement::PATTERN,
    &p10_new_for_old::PATTERN,
    &p11_turnover::PATTERN,
    &p12_one_plan::PATTERN,
    &p13_ladder::PATTERN,
    &p14_copied::PATTERN,
    &p15_portfolio::PATTERN,
    &p16_novelty::PATTERN,
    &p17_applications::PATTERN,
    &p18_volunteers::PATTERN,
    &p19_decentralisation::PATTERN,
    &p20_outreach::PATTERN,
    &p21_health::PATTERN,
    &p22_early::PATTERN,
];

/// The strategies that the arms of these patterns need in a world, each once.
pub fn strategies(world: &Scenario, patterns: &[&Pattern]) -> Vec<StrategyUse> {
    let board = board::Board::new(world, patterns, &Default::default(), false);
    let mut uses: Vec<StrategyUse> = Vec::new();
    for used in board.arms.iter().filter_map(Arm::acts) {
        if !uses.iter().any(|one| one.name == used.name) {
            uses.push(used.clone());
        }
    }
    uses
}
