//! The run folder: one run, one folder, one thing to cite.
//!
//! Everything is written into a temporary folder beside it, synced and then renamed, so a run
//! folder is whole or absent. Nothing is overwritten. Outside the `host` object of `run.json`
//! equal runs give equal bytes.

mod csv_table;
mod error;
mod folder;
mod manifest;
mod parquet_table;
mod runs_table;
mod series_table;
mod summary_table;
#[cfg(test)]
mod tests;

pub use error::StoreError;
pub(crate) use manifest::failed_runs;
pub use manifest::{FailedRun, FileEntry, Manifest};

use crate::digest::results_sha256;
use crate::provenance::{Host, Provenance};
use crate::results::Results;
use crate::summary::Summary;
use folder::Pending;
use std::path::Path;

/// Version of the layout of a run folder.
pub const SCHEMA: &str = "zalm.run/1";

/// What goes into a run folder.
#[derive(Clone, Copy)]
pub struct RunFolder<'a> {
    /// All runs.
    pub results: &'a Results,
    /// Their statistics.
    pub summary: &'a Summary,
    /// Where they come from.
    pub provenance: &'a Provenance,
    /// What differs between equal runs.
    pub host: &'a Host,
    /// The report as HTML; `None` writes no report.
    pub report_html: Option<&'a str>,
}

/// Checks, before any work is done, that `folder` can become a run folder; makes missing parents.
///
/// # Errors
/// When it exists already or its parent cannot be written.
pub fn check(folder: &Path) -> Result<(), StoreError> {
    Pending::begin(folder).map(drop)
}

/// Writes the run folder, whole or not at all, and returns what `run.json` says.
///
/// # Errors
/// When `folder` exists already, its parent cannot be written, or the disk fails or is full.
pub fn write(folder: &Path, content: &RunFolder) -> Result<Manifest, StoreError> {
    let mut pending = Pending::begin(folder)?;
    let provenance = content.provenance;
    pending.text("scenario.ron", &provenance.scenario_text)?;
    pending.text("resolved.ron", &provenance.resolved_text)?;
    pending.table("series.parquet", |file| {
        series_table::write(file, content.results)
    })?;
    pending.table("runs.parquet", |file| {
        runs_table::write(file, content.results)
    })?;
    pending.table("summary.parquet", |file| {
        summary_table::write(file, content.results, content.summary)
    })?;
    for (name, style) in [
        ("summary.csv", csv_table::POINT),
        ("summary-nl.csv", csv_table::COMMA),
    ] {
        pending.table(name, |file| {
            csv_table::write(file, content.results, content.summary, style)
        })?;
    }
    if let Some(html) = content.report_html {
        pending.text("report.html", html)?;
    }
    let manifest = Manifest::new(content, results_sha256(content.results), pending.files());
    pending.text("run.json", &manifest.to_json())?;
    pending.finish()?;
    Ok(manifest)
}
