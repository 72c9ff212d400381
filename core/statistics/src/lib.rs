//! Statistics of experiments: one file per method, each held against published or recomputed
//! numbers.
//!
//! Pure functions over slices: no model, no scenario, no file. Chance comes only from [`Keyed`]
//! generators, so equal input gives equal output. What cannot be estimated is `None` or an error
//! that says what to do: never NaN, never a zero in place of a missing result.
#![forbid(unsafe_code)]

mod aalen_johansen;
mod bootstrap;
mod cholesky;
pub mod design;
pub mod discovery;
pub mod economics;
mod error;
#[cfg(test)]
mod halton;
mod inequality;
#[cfg(test)]
mod ishigami;
pub mod judgement;
mod kaplan_meier;
mod keyed;
mod moments;
mod multiple;
mod nested;
mod paired;
mod paired_shares;
mod quantile;
mod reference;
pub mod robustness;
pub mod selection;
pub mod sensitivity;
mod stopping;
pub mod stress;
mod wilson;

pub use aalen_johansen::{Incidence, IncidenceStep, cumulative_incidence};
pub use bootstrap::{Bootstrap, RESAMPLES, Resamples};
pub use error::Refused;
pub use inequality::{Winners, gini, theil, winners};
pub use kaplan_meier::{KaplanMeier, KaplanMeierStep, Spell, kaplan_meier};
pub use keyed::Keyed;
pub use moments::Moments;
pub use multiple::{bonferroni, holm};
pub use nested::{Nested, nested};
pub use paired::{Paired, paired_difference};
pub use paired_shares::YesNo;
pub use quantile::{quantile, quantile_interval, sorted_finite, tail_mean};
pub use reference::{
    normal_below, normal_density, normal_quantile, student_quantile, student_two_sided,
};
pub use stopping::{Look, Precision, Stopping};
pub use wilson::wilson;
