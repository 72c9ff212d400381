//! `zalm export`: a run folder for repositories of research data, a caseload as a spreadsheet.

use crate::caseload::ExportCaseload;
use crate::exit::{Exit, Failure};
use crate::rerun::complete;
use crate::stderr::tell;
use crate::whole_file::write_whole;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use zalm_experiment::store::{RO_CRATE, ro_crate};

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
        let Self { run, license } = self;
        let text = ro_crate(&complete(run)?, license.as_deref());
        let file = run.join(RO_CRATE);
        write_whole(&file, &text, true)
            .map_err(|error| Failure::unexpected(format!("{}: {error}", file.display())))?;
        tell(format!("crate: {}", file.display()));
        if license.is_none() {
            tell("no --license was given; repositories ask for one");
        }
        Ok(Exit::Good)
    }
}
