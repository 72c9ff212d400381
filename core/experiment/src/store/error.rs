//! Why a run folder could not be written; what to do about it, the program says.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A run folder that was not written.
#[derive(Debug)]
pub enum StoreError {
    /// There is something at that path already.
    Exists {
        /// The path asked for.
        folder: PathBuf,
    },
    /// A run folder of another experiment.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// What differs, each in a line.
        differences: Vec<String>,
    },
    /// Another process is at work in the folder.
    Held {
        /// The folder.
        folder: PathBuf,
        /// Who.
        holder: String,
    },
    /// Nothing that `compare` made.
    NoRun {
        /// The folder.
        folder: PathBuf,
    },
    /// Shards that were not put together yet.
    Apart {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder in which the run folder should be made cannot be used.
    Parent {
        /// That folder.
        parent: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of a run folder that is not what it should be.
    Strange {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        told: String,
    },
    /// A file could not be written, or not be read back.
    Write {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists { folder } => write!(f, "{} exists already", folder.display()),
            Self::Foreign {
                folder,
                differences,
            } => write!(
                f,
                "{} holds another experiment: {}",
                folder.display(),
                differences.join("; ")
            ),
            Self::Held { folder, holder } => {
                write!(f, "{} is being worked in by {holder}", folder.display())
            }
            Self::NoRun { folder } => write!(f, "{} is no run folder", folder.display()),
            Self::Apart { folder } => {
                write!(f, "the shards in {} are not put together", folder.display())
            }
            Self::Parent { parent, source } => {
                write!(
                    f,
                    "no run folder can be made in {}: {source}",
                    parent.display()
                )
            }
            Self::Strange { file, told } => write!(f, "{}: {told}", file.display()),
            Self::Write { file, source } => write!(
                f,
                "{}: {source}; what was run before is kept",
                file.display()
            ),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Exists { .. }
            | Self::Foreign { .. }
            | Self::Held { .. }
            | Self::NoRun { .. }
            | Self::Apart { .. }
            | Self::Strange { .. } => None,
            Self::Parent { source, .. } | Self::Write { source, .. } => Some(source),
        }
    }
}
