//! Choosing the best of several strategies, and saying which cannot be told apart.
//!
//! Higher is better: turn the sign of what is better lower.

mod bias;
mod kim_nelson;
mod with_best;

pub use bias::{expected_maximum, selection_bias};
pub use kim_nelson::{KimNelson, Selection};
pub use with_best::{WithBest, with_best};
