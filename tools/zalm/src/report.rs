//! `zalm report`: the report of a run folder again, in either language. Nothing is run.

use crate::again::asked;
use crate::exit::{Exit, Failure};
use crate::language::Told;
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::{columns, print};
use crate::under_way::unusable;
use crate::whole_file::write_whole;
use crate::words::line;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use zalm_experiment::store::{State, UnderWay, kept, state, unfinished_report};
use zalm_experiment::{
    Keep, Played, Point, Provenance, Results, RunOptions, Study, StudyError, compare_json,
    summarise,
};
use zalm_instruments::comparison::{Courses, report_input};
use zalm_model::{Strategy, StrategyError, StrategyErrorKind, StrategySource};
use zalm_report::{Lang, comparison_text, render_with_figures};
use zalm_scenario::Scenario;

/// Make the report of a run folder again, in Dutch or English.
///
/// Reads what `zalm compare` kept in the folder and runs nothing. The figures lie as SVG files in a
/// folder beside the page, in its language. A folder that is not finished gives
/// a report of the replications that are done, and says so on page one; that page goes when the run is
/// finished.
#[derive(Args)]
pub struct Report {
    /// The run folder
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Page to write, over what is there [default: RUN/report-nl.html or
    /// RUN/report-en.html, of an unfinished run report-unfinished-nl.html]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    told: Told,
    /// Show every metric in the table, not only the key metrics
    #[arg(long)]
    all: bool,
}

impl Report {
    /// Writes the page and prints the table.
    ///
    /// # Errors
    /// When it is no run folder, or when the page cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let lang = self.told.language();
        let (folder, provenance) = kept(&self.run).map_err(|error| unusable(&error))?;
        self.is_comparison(&provenance)?;
        let scenario = self.scenario()?;
        let (points, sampled) = if provenance.recipe.is_empty() {
            (vec![Point::default()], true)
        } else {
            asked(&self.run)?.compare.points(&scenario)?
        };
        let (mut results, courses) = done(&scenario, &points, &folder)?;
        results.sampled = sampled;
        let summary = summarise(&results);
        let provenance = shown(&provenance, &self.run);
        let input = report_input(&scenario, (&results, &summary), &courses, &provenance, lang);
        let out = self.out.clone().map_or_else(|| self.page(lang), Ok)?;
        let rendered = render_with_figures(&input, lang);
        let written = |path: &Path, text: &str| {
            write_whole(path, text, true)
                .map_err(|error| Failure::unexpected(format!("{}: {error}", path.display())))
        };
        written(&out, &rendered.html)?;
        // In the language of the page: `figures/` has those of the run's own report.
        let folder = figures_of(&out);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::unexpected(format!("{}: {error}", folder.display())))?;
        for (name, svg) in &rendered.figures {
            written(&folder.join(name), svg)?;
        }
        if self.told.json {
            print(&compare_json(&results, &summary))?;
        } else {
            print(&comparison_text(&input, lang, self.all, columns()))?;
        }
        tell(say("report", &[("file", &out.display())]));
        Ok(Exit::Good)
    }

    /// Refuses the folder of an analysis: its answer is there already, and is no comparison.
    fn is_comparison(&self, provenance: &Provenance) -> Result<(), Failure> {
        let verb = provenance.design.split_whitespace().next().unwrap_or("");
        if !provenance.recipe.is_empty() || verb.is_empty() || verb.starts_with("--") {
            return Ok(());
        }
        Err(Failure::invalid(say(
            "no-comparison",
            &[("folder", &self.run.display()), ("verb", &verb)],
        )))
    }

    /// The page in the folder. That of an unfinished run has a name of its own, and goes when the run
    /// is finished.
    fn page(&self, lang: Lang) -> Result<PathBuf, Failure> {
        let state = state(&self.run).map_err(|error| unusable(&error))?;
        let name = match state {
            State::Unfinished { .. } => unfinished_report(&lang.to_string()),
            _ => format!("report-{lang}.html"),
        };
        Ok(self.run.join(name))
    }

    fn scenario(&self) -> Result<Scenario, Failure> {
        let file = self.run.join("resolved.ron");
        let read = zalm_scenario::read(&file, &[]);
        let read = read.map_err(|problems| Failure::of_scenario(&problems))?;
        Ok(read.scenario)
    }
}

/// The folder of a page's figures: `report-en-figures` beside `report-en.html`.
fn figures_of(page: &Path) -> PathBuf {
    let stem = page.file_stem().unwrap_or_default();
    page.with_file_name(format!("{}-figures", stem.to_string_lossy()))
}

/// A run that was interrupted has no command of its own yet.
fn shown(provenance: &Provenance, folder: &Path) -> Provenance {
    let mut shown = provenance.clone();
    if shown.command.is_empty() {
        let file = folder.join("resolved.ron").display().to_string();
        shown.command = line(["zalm", "compare", &file]);
    }
    shown
}

/// The replications that are done, from the first on without a gap.
fn done(
    scenario: &Scenario,
    points: &[Point],
    folder: &UnderWay,
) -> Result<(Results, Courses), Failure> {
    let study = Study::in_folder(scenario, &NoStrategies, folder).thin();
    let failed = |error: StudyError| match error {
        StudyError::Store(error) => unusable(&error),
        other => Failure::unexpected(other.to_string()),
    };
    let placed = study.place(points, Keep::Series).map_err(failed)?;
    let is_done = |replication: &u32| {
        let (done, all) = placed.done(*replication..replication + 1);
        done == all
    };
    let last = (0..scenario.replications).take_while(is_done).count() as u32;
    let never = AtomicBool::new(false);
    let rerun = again(folder.folder());
    let options = RunOptions::quiet(&never, &rerun);
    let results = placed.evaluate(0..last, &options);
    let mut results = Results::joined(results.map_err(failed)?);
    results.planned = scenario.replications;
    let played = Played::new(&placed, 0..last, &rerun);
    let courses = Courses::read(&played, scenario, &mut results).map_err(failed)?;
    Ok((results, courses))
}

/// Start of the command that repeats one run of a folder.
fn again(folder: &Path) -> String {
    let file = folder.join("resolved.ron");
    line(["zalm", "run", &file.display().to_string()])
}

/// Nothing is run, so nothing decides.
struct NoStrategies;

impl StrategySource for NoStrategies {
    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        Err(StrategyError {
            strategy: name.to_owned(),
            month: 0,
            kind: StrategyErrorKind::Create,
            message: "a report runs nothing".to_owned(),
        })
    }
}
