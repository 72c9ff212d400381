//! Estimators, one file per method, each held against published or recomputed numbers.
//!
//! What cannot be estimated is `None`: never NaN, never a zero in place of a missing result.

mod aalen_johansen;
mod bootstrap;
mod kaplan_meier;
mod latin_hypercube;
mod moments;
mod multiple;
mod paired;
mod quantile;
mod reference;
mod wilson;

pub use aalen_johansen::{Incidence, IncidenceStep, cumulative_incidence};
pub use bootstrap::{RESAMPLES, bootstrap_mean};
pub use kaplan_meier::{KaplanMeier, KaplanMeierStep, Spell, kaplan_meier};
pub use latin_hypercube::latin_hypercube;
pub use moments::Moments;
pub use multiple::{bonferroni_half_width, holm};
pub use paired::{Paired, paired_difference};
pub use quantile::{quantile, sorted_finite};
pub use reference::{normal_quantile, student_quantile, student_two_sided};
pub use wilson::wilson;
