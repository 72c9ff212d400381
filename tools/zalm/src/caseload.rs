//! `zalm export caseload` and `zalm import caseload`: baseline and follow-up per life domain as a
//! spreadsheet, out of a simulation and back from a project.

use crate::asked::{Changes, Given, Strategies};
use crate::exit::{Exit, Failure};
use crate::instruments::project;
use crate::language::Told;
use crate::plugin_problems::load;
use crate::progress::Progress;
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::{columns, print};
use crate::whole_file::{free, keep};
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_instruments::Voice;
use zalm_instruments::caseload::{self, Ask, Case, FitError, Found};
use zalm_report::{Lang, folded};
use zalm_scenario::{Measurement, Month, Project, Scenario};

/// Write the caseload of a team as a spreadsheet: baseline and follow-up (0-meting and 1-meting) of
/// every household in each life domain.
///
/// The cases are simulated, up to the month in which strategies begin unless --until says otherwise.
/// With --empty the spreadsheet holds its first row alone, to be filled in by a project with its own
/// cases and handed back with `zalm import caseload`.
#[derive(Args)]
pub struct ExportCaseload {
    #[command(flatten)]
    given: Given,
    /// The project, by its id [default: the scenario's first]
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Last month [default: the one before strategies begin]
    #[arg(long, value_name = "YYYY-MM")]
    until: Option<Month>,
    /// The replication, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    /// Leave out the cases
    #[arg(long)]
    empty: bool,
    /// The spreadsheet to make, as CSV [default: on stdout]
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    /// Overwrite the spreadsheet when it exists
    #[arg(long, requires = "out")]
    force: bool,
    /// Language of the first row: nl or en [default: ZALM_LANG, else LANG, else nl]
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    #[command(flatten)]
    strategies: Strategies,
}

/// Read the caseload of a project, and fit the scenario to it.
///
/// The spreadsheet is one of `zalm export caseload`, filled in and saved as CSV. The team's effect and
/// the chance that a household leaves it are set so that the simulated caseload changes as the
/// project's own did; all else stays. With --out that becomes a scenario, to be compared as any other.
#[derive(Args)]
pub struct ImportCaseload {
    /// The scenario that the project is in
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// The spreadsheet, as CSV
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The project, by its id [default: the scenario's first]
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Replications of each simulated caseload
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1000))]
    replications: u32,
    /// The scenario to make
    #[arg(long, value_name = "FILE.ron")]
    out: Option<PathBuf>,
    /// Overwrite that scenario when it exists
    #[arg(long, requires = "out")]
    force: bool,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    told: Told,
}

impl ExportCaseload {
    /// Plays the months and writes the spreadsheet.
    ///
    /// # Errors
    /// When the scenario has problems, when it has no such project or month, when the run cannot be
    /// played, or when the file cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let lang = Told::in_language(self.lang).language();
        if let Some(out) = &self.out {
            free(out, self.force)?;
        }
        let checked = self.given.read()?;
        let place = place(&checked.scenario, self.project.as_deref())?;
        let cases = if self.empty {
            Vec::new()
        } else {
            let source = load(&self.given.scenario, &checked, &self.strategies)?;
            self.cases(&checked.scenario, &source, place)?
        };
        let sheet = caseload::write(&cases, &Voice::new(lang));
        let Some(out) = &self.out else {
            print(&sheet)?;
            return Ok(Exit::Good);
        };
        keep(out, &sheet, self.force)?;
        tell(say(
            "caseload",
            &[("file", &out.display()), ("cases", &cases.len())],
        ));
        Ok(Exit::Good)
    }

    fn cases(
        &self,
        scenario: &Scenario,
        source: &zalm_plugin_host::PluginSource,
        place: usize,
    ) -> Result<Vec<Case>, Failure> {
        let last = scenario.start.plus(scenario.months.cast_signed() - 1);
        let until = self
            .until
            .unwrap_or(scenario.policy_date.plus(-1).max(scenario.start));
        if !(scenario.start..=last).contains(&until) {
            return Err(Failure::invalid(say(
                "until-outside",
                &[
                    ("until", &until),
                    ("first", &scenario.start),
                    ("last", &last),
                ],
            )));
        }
        let until = until.since(scenario.start).cast_unsigned();
        let span = (self.replication, until);
        caseload::played(scenario, source, place, span).map_err(|reason| failed(&reason))
    }
}

impl ImportCaseload {
    /// Fits the scenario and writes it.
    ///
    /// # Errors
    /// Everything that is wrong with the spreadsheet or the scenario, or when a run cannot be played
    /// or the file cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let voice = Voice::new(self.told.language());
        if let Some(out) = &self.out {
            free(out, self.force)?;
        }
        let name = self.file.display().to_string();
        let bytes = std::fs::read(&self.file).map_err(|error| Failure::of_file(&name, [error]))?;
        let cases = caseload::read(&bytes).map_err(|problems| {
            Failure::of_file(&name, problems.iter().map(|one| voice.say(one)))
        })?;
        let given = Given {
            scenario: self.scenario.clone(),
            changes: Changes::default(),
            kept: None,
        };
        let checked = given.read()?;
        let scenario = &checked.scenario;
        let place = place(scenario, self.project.as_deref())?;
        let source = load(&self.scenario, &checked, &self.strategies)?;
        let ask = Ask {
            scenario,
            source: &source,
            project: place,
            replications: self.replications,
        };
        let progress = Progress::of(0, "caseloads");
        let found = ask.fit(&cases, &|done, all| progress.show(done, all));
        progress.finish();
        let found = found.map_err(|error| match &error {
            FitError::Cases(problem) => Failure::of_file(&name, [voice.say(problem)]),
            FitError::Run(reason) => failed(reason),
        })?;
        let project = &scenario.projects[place];
        self.answer(&found, &name, project, &voice)?;
        self.write(&found, &name, &voice)?;
        if project.measurement == Measurement::InOut {
            let id = zalm_instruments::Value::Name(project.id.clone());
            tell(voice.with("caseload-measures", &[("project", id)]));
        }
        Ok(Exit::Good)
    }

    fn answer(
        &self,
        found: &Found,
        file: &str,
        project: &Project,
        voice: &Voice,
    ) -> Result<(), Failure> {
        if self.told.json {
            return print(&caseload::json(found, (file, &project.id), voice));
        }
        let name = zalm_instruments::Value::told(&project.name);
        let text = caseload::text(found, (file, name), voice);
        print(&folded(&text, columns()))
    }

    fn write(&self, found: &Found, file: &str, voice: &Voice) -> Result<(), Failure> {
        let Some(out) = &self.out else {
            tell(voice.text("caseload-not-written"));
            return Ok(());
        };
        let text = caseload::ron(found, file, &base(&self.scenario, out));
        keep(out, &text, self.force)?;
        let file = zalm_instruments::Value::Name(out.display().to_string());
        tell(voice.with("caseload-written", &[("file", file)]));
        Ok(())
    }
}

/// The scenario as seen from the file that has it as its base: by its name from the same folder, else
/// by its whole path.
fn base(scenario: &Path, out: &Path) -> String {
    let folder = |file: &Path| {
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).canonicalize().ok()
    };
    let whole = scenario.canonicalize().unwrap_or(scenario.to_owned());
    let near = folder(out).is_some() && folder(out) == whole.parent().map(Path::to_owned);
    let name = whole.file_name().filter(|_| near);
    let base = name.map_or(whole.as_os_str(), |name| name);
    base.to_string_lossy().into_owned()
}

/// Place of the project called `id`, or of the first.
fn place(scenario: &Scenario, id: Option<&str>) -> Result<usize, Failure> {
    let found = project(scenario, id)?;
    let place = scenario.projects.iter().position(|one| one.id == found.id);
    Ok(place.unwrap_or_default())
}

fn failed(reason: &str) -> Failure {
    Failure::runs_failed(say("run-failed", &[("reason", &reason)]))
}
