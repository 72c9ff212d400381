//! `zalm export`: a run folder for repositories of research data, a caseload as a spreadsheet.

use crate::caseload::ExportCaseload;
use crate::exit::{Exit, Failure};
use crate::rerun::complete;
use crate::say::say;
use crate::stderr::tell;
use crate::whole_file::write_whole;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use zalm_experiment::sha256;
use zalm_experiment::store::{COMPLETE, RO_CRATE, Stated, ro_crate};

/// Write what others can read: a run folder as a research object, a caseload as a spreadsheet.
#[derive(Subcommand)]
pub enum Export {
    RoCrate(RoCrate),
    Caseload(ExportCaseload),
}

/// Describe a run folder as an RO-Crate 1.1 (Process Run Crate 0.5).
///
/// Writes ro-crate-metadata.json into the folder; the folder as a whole is then the crate.
#[derive(Args)]
pub struct RoCrate {
    /// The run folder
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Licence of the results, words or an address, of SPDX for one
    #[arg(long, value_name = "LICENCE")]
    license: Option<String>,
    /// Who made the run
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

impl Export {
    /// Writes what is asked.
    ///
    /// # Errors
    /// When it is not there or not whole, or when it cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        match self {
            Self::RoCrate(crated) => crated.execute(),
            Self::Caseload(caseload) => caseload.execute(),
        }
    }
}

impl RoCrate {
    fn execute(&self) -> Result<Exit, Failure> {
        let failed =
            |file: &Path, error| Failure::unexpected(format!("{}: {error}", file.display()));
        let manifest = complete(&self.run)?;
        let own = self.run.join(COMPLETE);
        let bytes = std::fs::read(&own).map_err(|error| failed(&own, error))?;
        let stated = Stated {
            run_sha256: &sha256(&bytes),
            licence: self.license.as_deref(),
            author: self.author.as_deref(),
        };
        let file = self.run.join(RO_CRATE);
        write_whole(&file, &ro_crate(&manifest, stated), true)
            .map_err(|error| failed(&file, error))?;
        tell(say("crate", &[("file", &file.display())]));
        for (given, option) in [(&self.license, "--license"), (&self.author, "--author")] {
            if given.is_none() {
                tell(say("not-given", &[("option", &option)]));
            }
        }
        Ok(Exit::Good)
    }
}
