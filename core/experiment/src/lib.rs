//! Experiments: runs of every strategy under every stressor, statistics, tables and run folders.
//!
//! [`Placed::evaluate`] (or [`run`], in memory) → [`summarise`] → [`store::UnderWay::finish`]; the JSON
//! document is [`compare_json`]. Knows the model
//! and the trait for strategies, not the loader of plugins, no report and no command line.
#![forbid(unsafe_code)]

pub mod calibration;
mod choice;
mod digest;
mod document;
mod dwellings;
mod experiment;
#[cfg(test)]
mod fixture;
mod grouped;
pub mod patterns;
mod pool;
mod provenance;
mod results;
mod runner;
mod runs;
pub mod store;
mod study;
mod summary;
mod survival;
mod told;
mod watched;
#[cfg(test)]
mod whole;
mod words;
mod world;

pub use choice::{Choice, choices};
pub use digest::{results_sha256, sha256, sha256_of};
pub use document::{COMPARE_SCHEMA, compare_json};
pub use dwellings::{Dwelling, dwellings, in_problem};
pub use experiment::Experiment;
pub use provenance::{Host, PluginUse, Provenance};
pub use results::{Draw, Failure, Outcome, Results, Run};
pub use runner::{RunOptions, run};
pub use runs::{Played, Runs};
pub use study::{
    Aim, Change, Enough, Keep, Key, Look, Noise, Part, Placed, Point, Replayed, Study, StudyError,
    Wait, design, quantile,
};
pub use summary::{
    CUTS, Difference, LEVEL, Level, Summary, SummaryRow, Variance, differences, level, paired_in,
    summarise,
};
pub use survival::ArmSurvival;
pub use told::told;
pub use watched::{Arm, Watched, watched};
pub use words::quoted;
