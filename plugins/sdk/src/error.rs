//! Why a strategy cannot go on.

use std::fmt;

/// Result with the SDK's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What an [`Error`] means for the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Nothing was done this month, the instance is as before.
    Discard,
    /// The instance is to be dropped.
    Failed,
}

/// Why a strategy cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    /// The instance is to be dropped; the run ends with this text.
    pub fn failed(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Failed,
            message: message.into(),
        }
    }

    /// Nothing was done this month and the instance is as before; the run ends with this text
    /// unless the host chooses to skip the month.
    pub fn discard(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Discard,
            message: message.into(),
        }
    }

    /// What it means for the instance.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Text for people.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
