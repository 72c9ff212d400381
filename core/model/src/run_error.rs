//! Why a run cannot go on.

use crate::strategy::StrategyError;
use std::fmt;

/// A run that cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    /// The strategy failed.
    Strategy(StrategyError),
    /// The books do not balance, or a closed budget was overspent.
    Ledger {
        /// Month index.
        month: u32,
        /// What is wrong.
        message: String,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Strategy(error) => error.fmt(f),
            Self::Ledger { month, message } => write!(f, "books of month {month}: {message}"),
        }
    }
}

impl std::error::Error for RunError {}
