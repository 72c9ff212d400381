//! What is made of the runs of a comparison: statistics, the tables of the report, the run folder.

use crate::exit::Failure;
use crate::under_way::unusable;
use std::path::PathBuf;
use zalm_experiment::store::{RunFolder, UnderWay};
use zalm_experiment::{Host, Key, Provenance, Results, Runs, Summary, summarise};
use zalm_instruments::comparison::{Courses, report_input};
use zalm_report::{Lang, ReportInput, render_with_figures};
use zalm_scenario::Scenario;

/// What was run.
pub struct Ran {
    /// The results.
    pub results: Results,
    /// Keys of the units that they are made of.
    pub units: Vec<Key>,
    /// Where and when.
    pub host: Host,
}

/// What is made of it.
pub struct Made {
    /// The runs.
    pub ran: Ran,
    /// Statistics over them.
    pub summary: Summary,
    /// Where they come from.
    pub provenance: Provenance,
    /// What a report shows of them.
    pub input: ReportInput,
    /// The run folder.
    pub folder: PathBuf,
}

impl Made {
    /// What follows from the runs.
    pub fn of(
        ran: Ran,
        scenario: &Scenario,
        courses: &Courses,
        provenance: Provenance,
        lang: Lang,
        folder: PathBuf,
    ) -> Self {
        let summary = summarise(&ran.results);
        let measured = (&ran.results, &summary);
        let input = report_input(scenario, measured, courses, &provenance, lang);
        Self {
            ran,
            summary,
            provenance,
            input,
            folder,
        }
    }

    /// Writes the run folder, with the report; `runs` has the runs with their series.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, folder: &UnderWay, runs: &dyn Runs, lang: Lang) -> Result<(), Failure> {
        let rendered = render_with_figures(&self.input, lang);
        let content = RunFolder {
            results: &self.ran.results,
            runs,
            summary: &self.summary,
            provenance: &self.provenance,
            host: &self.ran.host,
            report_html: Some(&rendered.html),
            figures: &rendered.figures,
        };
        let written = folder.finish(&content, &self.ran.units);
        written.map(drop).map_err(|error| unusable(&error))
    }
}
