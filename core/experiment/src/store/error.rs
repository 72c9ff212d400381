//! Why a run folder could not be written, and what to do about it.

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
    /// The folder in which the run folder should be made cannot be used.
    Parent {
        /// That folder.
        parent: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file could not be written.
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
            Self::Exists { folder } => write!(
                f,
                "{} exists already and is not overwritten; choose another folder with --out, or \
                 move it away",
                folder.display()
            ),
            Self::Parent { parent, source } => write!(
                f,
                "no run folder can be made in {}: {source}; choose a folder that you may write \
                 with --out",
                parent.display()
            ),
            Self::Write { file, source } => write!(
                f,
                "{} could not be written: {source}; nothing was kept, so make room or choose \
                 another folder with --out and run again",
                file.display()
            ),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Exists { .. } => None,
            Self::Parent { source, .. } | Self::Write { source, .. } => Some(source),
        }
    }
}
