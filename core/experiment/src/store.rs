//! The run folder: one run, one folder, one thing to cite.
//!
//! While it is under way it holds a journal of units, to which it can be continued after any end.
//! Tables are written at the end, under other names until they are whole, and `run.json` last: a
//! folder without it is unfinished. Nothing of another experiment is overwritten. Outside the
//! `host` object of `run.json` equal runs give equal bytes, interrupted or not.

mod csv_table;
mod error;
mod folder;
mod journal;
mod kept;
mod lock;
mod manifest;
mod parquet_table;
mod recipe;
mod ro_crate;
mod runs_table;
mod series_table;
pub mod shards;
mod summary_table;
#[cfg(test)]
mod tests;
mod under_way;

pub use error::StoreError;
pub use journal::Journal;
pub use kept::kept;
pub(crate) use manifest::failed_runs;
pub use manifest::{FailedRun, FileEntry, Manifest};
pub use recipe::{Input, Recipe};
pub use ro_crate::{RO_CRATE, Stated, ro_crate};
pub use under_way::{COMPLETE, State, UnderWay, state, unfinished_report};

use crate::provenance::{Host, Provenance};
use crate::results::Results;
use crate::runs::Runs;
use crate::summary::Summary;
use folder::Files;
use recipe::RECIPE;
use std::io::{self, Write};
use under_way::RESOLVED;

/// Version of the layout of a run folder.
pub const SCHEMA: &str = "zalm.run/3";

/// What goes into a run folder.
#[derive(Clone, Copy)]
pub struct RunFolder<'a> {
    /// All runs; their series may be left out.
    pub results: &'a Results,
    /// The same runs with their series.
    pub runs: &'a dyn Runs,
    /// Their statistics.
    pub summary: &'a Summary,
    /// Where they come from.
    pub provenance: &'a Provenance,
    /// What differs between equal runs.
    pub host: &'a Host,
    /// The report as HTML; `None` writes no report.
    pub report_html: Option<&'a str>,
    /// Name and SVG of each figure of the report.
    pub figures: &'a [(String, String)],
}

/// Writes `summary.csv`; returns the number of rows.
///
/// # Errors
/// When it cannot be written.
pub fn summary_csv(file: impl Write, results: &Results, summary: &Summary) -> io::Result<u64> {
    csv_table::write(file, results, summary, csv_table::POINT)
}

/// Writes everything but `run.json` and the journal.
fn tables(files: &mut Files, content: &RunFolder) -> Result<(), StoreError> {
    let provenance = content.provenance;
    files.text("scenario.ron", &provenance.scenario_text)?;
    files.text(RESOLVED, &provenance.resolved_text)?;
    if !provenance.recipe.is_empty() {
        files.text(RECIPE, &provenance.recipe.to_json())?;
    }
    files.table("series.parquet", |file| {
        series_table::write(file, content.results, content.runs)
    })?;
    files.table("runs.parquet", |file| {
        runs_table::write(file, content.results)
    })?;
    files.table("summary.parquet", |file| {
        summary_table::write(file, content.results, content.summary)
    })?;
    for (name, style) in [
        ("summary.csv", csv_table::POINT),
        ("summary-nl.csv", csv_table::COMMA),
    ] {
        files.table(name, |file| {
            csv_table::write(file, content.results, content.summary, style)
        })?;
    }
    if let Some(html) = content.report_html {
        files.text("report.html", html)?;
    }
    for (name, svg) in content.figures {
        files.text(&format!("figures/{name}"), svg)?;
    }
    Ok(())
}
