//! `zalm plugin install`: takes over a library that somebody else built.

use super::RIGHTS;
use super::build::put;
use super::pack::Packed;
use super::serve::tried;
use super::verify::is_pack;
use crate::exit::{Exit, Failure};
use crate::stdout::print;
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_plugin_host::{Found, id_of};

/// Copy a strategy library that somebody else built to where `zalm compare` looks, if it loads here.
#[derive(Args)]
pub struct Install {
    /// The library, or an archive of `zalm plugin pack`
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder to put it into
    #[arg(long, value_name = "DIR", default_value = "plugins")]
    to: PathBuf,
}

impl Install {
    /// The library itself: out of an archive into `trial`, or the file that was given.
    fn library(&self, trial: &Path) -> Result<PathBuf, Failure> {
        let wrong = |why: String| Failure::invalid(format!("{} {why}", self.file.display()));
        let bytes =
            std::fs::read(&self.file).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        if !is_pack(&bytes) {
            return Ok(self.file.clone());
        }
        let packed = Packed::read(&bytes).map_err(wrong)?;
        let file = trial.join("packed");
        std::fs::write(&file, packed.library().map_err(wrong)?.1)
            .map_err(|error| wrong(format!("cannot be unpacked: {error}")))?;
        Ok(file)
    }

    /// Checks, copies and says what it is.
    ///
    /// # Errors
    /// When it is refused, with the reason, or cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let refused = |refusal: zalm_plugin_host::Refusal| Failure::invalid(refusal.to_string());
        // It is tried under the name that it is to have, and comes to its place only when it is good.
        let trial = tempfile::tempdir()
            .map_err(|error| Failure::unexpected(format!("no temporary folder: {error}")))?;
        let file = self.library(trial.path())?;
        let id = id_of(&file).map_err(refused)?;
        let in_place = put(&file, trial.path(), &id)?;
        let library = tried(&Found::read(&in_place))?;
        let file = put(&in_place, &self.to, &id)?;
        print(&format!(
            "{id} {} is in {}\n  sha256 {}\n{RIGHTS}\n",
            library.manifest.version,
            file.display(),
            library.sha256
        ))?;
        Ok(Exit::Good)
    }
}
