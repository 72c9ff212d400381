//! `zalm compare`: strategies x stressors x replications, statistics, run folder, report.

use crate::asked::{Asked, Extent, Given, Strategies};
use crate::clock::now;
use crate::design::{Design, Stopping, stopped};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::plugin_problems::load;
use crate::progress::Progress;
use crate::report_tables::report_input;
use crate::stderr::tell;
use crate::stdout::{columns, one_line, print};
use crate::threads::Threads;
use crate::under_way::{self, unusable};
use crate::words;
use clap::Args;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use zalm_experiment::store::{RunFolder, UnderWay};
use zalm_experiment::{
    Enough, Host, Keep, Key, PluginUse, Point, Provenance, Results, RunOptions, Study, StudyError,
    Summary, compare_json, summarise,
};
use zalm_plugin_host::{LogLevel, PluginSource};
use zalm_report::{Lang, Rendered, ReportInput, comparison_text, render_with_figures};
use zalm_scenario::Scenario;

/// Compare the strategies of a scenario under its stressors.
///
/// Prints each metric as level and as paired difference from the null alternative, with 95 %
/// intervals, and writes a run folder with the report. When it is interrupted, by Ctrl-C or
/// otherwise, the same command continues where it ended.
#[derive(Args)]
pub struct Compare {
    #[command(flatten)]
    given: Given,
    /// Run folder to make or to continue [default: the next runs/SCENARIO-N, or the last one when the
    /// same comparison is unfinished in it]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    extent: Extent,
    #[command(flatten)]
    design: Design,
    #[command(flatten)]
    stopping: Stopping,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    told: Told,
    /// Show every metric in the table, not only the key metrics
    #[arg(long)]
    all: bool,
}

/// What is kept of a run: enough for the tables.
const KEEP: Keep = Keep::Series;

/// What was run.
struct Ran {
    results: Results,
    /// Keys of the units that the results are made of.
    units: Vec<Key>,
    host: Host,
}

/// What is made of the runs.
struct Made {
    ran: Ran,
    summary: Summary,
    provenance: Provenance,
    input: ReportInput,
}

impl Compare {
    /// Runs the comparison.
    ///
    /// # Errors
    /// When something is wrong with the input or the run folder, or when it is interrupted.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let stop = stop_flag()?;
        let lang = self.told.language()?;
        let asked = self.extent.read(&self.given, &self.strategies.libraries)?;
        let source = load(&self.given.scenario, &asked.checked, &self.strategies)?;
        let scenario = &asked.checked.scenario;
        let enough = self.stopping.enough(scenario)?;
        let (points, design) = self.design.points(scenario)?;
        let provenance = self.provenance(&asked, &source, &design);
        let folder = under_way::open(self.out.as_deref(), &self.given.scenario, &provenance)?;
        let path = folder.folder().to_owned();
        let study = Study::in_folder(scenario, &source, &folder);
        let ended = |error| under_way::ended(error, &folder);
        let done = study.done(&points, 0..scenario.replications, KEEP);
        let done = done.map_err(ended)?;
        if !folder.is_complete() {
            under_way::tell_resuming(done);
        }
        let ran = self.run(&study, &points, enough.as_ref(), done, &stop);
        let ran = ran.map_err(ended)?;
        drop(study);
        let made = make(ran, scenario, provenance, lang);
        if !folder.is_complete() {
            keep(folder, &made, &render_with_figures(&made.input, lang))?;
        }
        tell_log(&source);
        if self.told.json {
            print(&compare_json(&made.ran.results, &made.summary))?;
        } else {
            print(&comparison_text(&made.input, lang, self.all, columns()))?;
        }
        tell(format!("report: {}", path.join("report.html").display()));
        Ok(tell_failures(&made.ran.results))
    }

    /// All runs that are not there yet.
    fn run(
        &self,
        study: &Study,
        points: &[Point],
        enough: Option<&Enough>,
        (done, all): (usize, usize),
        stop: &AtomicBool,
    ) -> Result<Ran, StudyError> {
        let started = now();
        let scenario = study.scenario();
        let most = scenario.replications;
        let threads = self.threads.count();
        let runs = scenario.strategies.len() * scenario.stressors.len() * (all - done);
        let progress = Progress::start(runs);
        let played = AtomicUsize::new(0);
        let options = RunOptions {
            threads,
            shuffle: None,
            progress: &|done, all| {
                played.fetch_add(1, Ordering::Relaxed);
                progress.show(done, all);
            },
            stop,
            rerun: &self.given.rerun(&self.strategies),
            only_replication: None,
        };
        let ended = match enough {
            None => study
                .evaluate(points, 0..most, KEEP, &options)
                .map(|results| (Results::joined(results), None)),
            Some(enough) => study
                .until(&points[0], enough, most, KEEP, &options)
                .map(|(results, look)| (results, Some(look))),
        };
        let took = progress.finish();
        let (results, look) = ended?;
        let played = played.into_inner();
        if played > 0 {
            tell(format!(
                "{played} runs in {:.1} s, threads: {threads}",
                took.as_secs_f64()
            ));
        }
        if let Some(look) = &look {
            tell(stopped(look, &results));
        }
        Ok(Ran {
            units: study.keys(points, 0..results.planned, KEEP)?,
            results,
            host: Host {
                command_line: words::typed(),
                threads: threads.get(),
                started,
                finished: now(),
                ..Host::default()
            },
        })
    }

    /// Where the results come from.
    fn provenance(&self, asked: &Asked, source: &PluginSource, design: &str) -> Provenance {
        let own = [self.design.words(), self.stopping.words()].concat();
        let own = words::line(own.iter().map(String::as_str));
        let stopping = words::line(self.stopping.words().iter().map(String::as_str));
        let design = format!("{design} {stopping}").trim().to_owned();
        provenance(asked, source, &own, design)
    }
}

/// What follows from the runs.
fn make(ran: Ran, scenario: &Scenario, provenance: Provenance, lang: Lang) -> Made {
    let summary = summarise(&ran.results);
    let input = report_input(scenario, &ran.results, &summary, &provenance, lang);
    Made {
        ran,
        summary,
        provenance,
        input,
    }
}

fn keep(folder: UnderWay, made: &Made, rendered: &Rendered) -> Result<(), Failure> {
    let content = RunFolder {
        results: &made.ran.results,
        summary: &made.summary,
        provenance: &made.provenance,
        host: &made.ran.host,
        report_html: Some(&rendered.html),
        figures: &rendered.figures,
    };
    let written = folder.finish(&content, &made.ran.units);
    written.map(drop).map_err(|error| unusable(&error))
}

/// Where results come from: `own` are the words of the command beside those that every command has,
/// `design` says which points are played, nothing for the scenario as it is.
pub fn provenance(asked: &Asked, source: &PluginSource, own: &str, design: String) -> Provenance {
    let plugin = |used: &zalm_plugin_host::PluginUse| PluginUse {
        strategy: used.name.clone(),
        plugin: used.library.manifest.id.clone(),
        version: used.library.manifest.version.clone(),
        sha256: used.library.sha256.clone(),
        built_with: used.library.manifest.built_with(),
        parameters: used.course(),
        name_nl: used.library.description.name.nl.clone(),
        name_en: used.library.description.name.en.clone(),
        description: used.library.description.doc.clone(),
    };
    let checked = &asked.checked;
    Provenance {
        zalm_version: env!("CARGO_PKG_VERSION").to_owned(),
        command: format!("zalm {} {own}", asked.command)
            .trim_end()
            .to_owned(),
        design,
        plugins: source.strategies().iter().map(plugin).collect(),
        scenario_text: checked
            .sources
            .first()
            .map_or_else(String::new, |own| own.text.clone()),
        resolved_text: checked.resolved.clone(),
    }
}

/// What strategies had to say that a person should know.
pub fn tell_log(source: &PluginSource) {
    for line in source
        .log()
        .iter()
        .filter(|line| line.level >= LogLevel::Warning)
    {
        let text = one_line(&line.text);
        tell(format!(
            "{} says {} times, first in month {}: {text}",
            line.plugin, line.times, line.month
        ));
    }
}

fn tell_failures(results: &Results) -> Exit {
    let failed = results.failures().count();
    let Some((_, first)) = results.failures().next() else {
        return Exit::Good;
    };
    tell(format!(
        "error: {failed} of {} runs failed; the first: {}",
        results.runs.len(),
        first.reason
    ));
    tell(format!("  to see it again: {}", first.rerun));
    Exit::FailedRuns
}
