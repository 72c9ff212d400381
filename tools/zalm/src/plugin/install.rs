//! `zalm plugin install`: takes over a library that somebody else built.

use super::RIGHTS;
use super::build::put;
use crate::exit::{Exit, Failure};
use crate::stdout::print;
use clap::Args;
use std::path::PathBuf;
use zalm_plugin_host::{Found, id_of};

/// Copy a strategy library that somebody else built to where `zalm compare` looks, if it loads here.
#[derive(Args)]
pub struct Install {
    /// The library
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder to put it into
    #[arg(long, value_name = "DIR", default_value = "plugins")]
    to: PathBuf,
}

impl Install {
    /// Checks, copies and says what it is.
    ///
    /// # Errors
    /// When it is refused, with the reason, or cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let refused = |refusal: zalm_plugin_host::Refusal| Failure::invalid(refusal.to_string());
        let id = id_of(&self.file).map_err(refused)?;
        // It is tried under the name that it is to have, and comes to its place only when it is good.
        let trial = tempfile::tempdir()
            .map_err(|error| Failure::unexpected(format!("no temporary folder: {error}")))?;
        let tried = put(&self.file, trial.path(), &id)?;
        let library = Found::read(&tried).load().map_err(refused)?;
        let file = put(&tried, &self.to, &id)?;
        print(&format!(
            "{id} {} is in {}\n  sha256 {}\n{RIGHTS}\n",
            library.manifest.version,
            file.display(),
            library.sha256
        ))?;
        Ok(Exit::Good)
    }
}
