//! `zalm import`: files for scenarios from public figures and from a project's own cases.

use crate::caseload::ImportCaseload;
use crate::exit::{Exit, Failure};
use crate::say::say;
use crate::stdout::print;
use crate::whole_file::{free, keep};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use zalm_scenario::{CbsImport, Imported, import_cbs};

/// Make a file for scenarios from public figures, or from a project's own cases.
#[derive(Subcommand)]
pub enum Import {
    Cbs(Cbs),
    Caseload(ImportCaseload),
}

/// Make a place file from the key figures of Statistics Netherlands (CBS, Kerncijfers wijken en
/// buurten).
///
/// Reads three layouts by their headers: the table of the wijk- en buurtkaart, the kwb file (csv or
/// xlsx), and the download of StatLine.
#[derive(Args)]
pub struct Cbs {
    /// The file of CBS, csv or xlsx
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Codes of neighbourhoods, such as WK008034 or BU00803401
    #[arg(long, value_name = "CODE", required = true, value_delimiter = ',')]
    area: Vec<String>,
    /// The place file to make
    #[arg(long, value_name = "FILE.ron")]
    out: PathBuf,
    /// Year of the figures [default: read from the file's name]
    #[arg(long, value_name = "YEAR")]
    year: Option<u16>,
    /// Name of the place [default: the names of the areas]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Overwrite the place file when it exists
    #[arg(long)]
    force: bool,
}

impl Import {
    /// Makes the file.
    ///
    /// # Errors
    /// When something is wrong with the figures, or the file cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        match self {
            Self::Cbs(cbs) => cbs.execute(),
            Self::Caseload(caseload) => caseload.execute(),
        }
    }
}

impl Cbs {
    fn execute(&self) -> Result<Exit, Failure> {
        free(&self.out, self.force)?;
        let import = CbsImport {
            file: &self.file,
            areas: &self.area,
            name: self.name.as_deref(),
            year: self.year,
        };
        let imported = import_cbs(&import).map_err(|error| Failure::invalid(error.to_string()))?;
        keep(&self.out, &imported.text, self.force)?;
        print(&said(&imported, &self.out))?;
        Ok(Exit::Good)
    }
}

fn said(imported: &Imported, out: &Path) -> String {
    let place = &imported.place;
    let households: f64 = place
        .neighbourhoods
        .iter()
        .map(|one| one.households.value)
        .sum();
    let made = say(
        "place-made",
        &[
            ("file", &out.display()),
            ("place", &place.name),
            ("municipality", &place.municipality),
            ("neighbourhoods", &place.neighbourhoods.len()),
            ("households", &households),
        ],
    );
    let notes = imported.notes.iter();
    let notes = notes.map(|note| say("note", &[("note", note)]));
    [made, place.citation.clone()]
        .into_iter()
        .chain(notes)
        .map(|line| line + "\n")
        .collect()
}
