//! `zalm compare`: strategies x stressors x replications, statistics, run folder, report.

use crate::asked::{Asked, Extent, Given, Strategies};
use crate::clock::now;
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
use std::sync::atomic::AtomicBool;
use zalm_experiment::store::{RunFolder, UnderWay};
use zalm_experiment::{
    Host, Keep, Key, PluginUse, Point, Provenance, Results, RunOptions, Study, Summary,
    compare_json, summarise,
};
use zalm_plugin_host::{LogLevel, PluginSource};
use zalm_report::{Lang, Rendered, ReportInput, comparison_text, render_with_figures};

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
    strategies: Strategies,
    #[command(flatten)]
    told: Told,
    /// Show every metric in the table, not only the key metrics
    #[arg(long)]
    all: bool,
}

/// What is made of the runs.
struct Made {
    results: Results,
    /// Keys of the units that the results are made of.
    units: Vec<Key>,
    summary: Summary,
    provenance: Provenance,
    host: Host,
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
        let provenance = provenance(&asked, &source);
        let folder = under_way::open(self.out.as_deref(), &self.given.scenario, &provenance)?;
        let path = folder.folder().to_owned();
        let made = self.make(&asked, &source, &folder, provenance, &stop, lang)?;
        if !folder.is_complete() {
            keep(folder, &made, &render_with_figures(&made.input, lang))?;
        }
        tell_log(&source);
        if self.told.json {
            print(&compare_json(&made.results, &made.summary))?;
        } else {
            print(&comparison_text(&made.input, lang, self.all, columns()))?;
        }
        tell(format!("report: {}", path.join("report.html").display()));
        Ok(tell_failures(&made.results))
    }

    /// All runs and what follows from them.
    fn make(
        &self,
        asked: &Asked,
        source: &PluginSource,
        folder: &UnderWay,
        provenance: Provenance,
        stop: &AtomicBool,
        lang: Lang,
    ) -> Result<Made, Failure> {
        let started = now();
        let scenario = &asked.checked.scenario;
        let study = Study::in_folder(scenario, source, folder);
        let points = [Point::default()];
        let replications = 0..scenario.replications;
        let done = study
            .done(&points, replications.clone(), Keep::Series)
            .map_err(|error| under_way::ended(error, folder))?;
        under_way::tell_resuming(folder, done);
        let threads = self.threads.count();
        let runs = scenario.strategies.len() * scenario.stressors.len() * (done.1 - done.0);
        let progress = Progress::start(runs);
        let options = RunOptions {
            threads,
            shuffle: None,
            progress: &|done, all| progress.show(done, all),
            stop,
            rerun: &self.rerun(),
            only_replication: None,
        };
        let results = study.evaluate(&points, replications.clone(), Keep::Series, &options);
        let took = progress.finish();
        let results = results.map_err(|error| under_way::ended(error, folder))?;
        if !folder.is_complete() {
            tell(format!(
                "{runs} runs in {:.1} s, threads: {threads}",
                took.as_secs_f64()
            ));
        }
        let units = study
            .keys(&points, replications, Keep::Series)
            .map_err(|error| under_way::ended(error, folder))?;
        let results = Results::joined(results);
        let summary = summarise(&results);
        let host = Host {
            command_line: words::typed(),
            threads: threads.get(),
            started,
            finished: now(),
            ..Host::default()
        };
        let input = report_input(scenario, &results, &summary, &provenance, lang);
        Ok(Made {
            results,
            units,
            summary,
            provenance,
            host,
            input,
        })
    }

    /// Start of the command that repeats one run.
    fn rerun(&self) -> String {
        let scenario = self.given.scenario.display().to_string();
        let mut all = vec!["zalm".to_owned(), "run".to_owned(), scenario];
        all.extend(self.given.changes.words());
        all.extend(self.strategies.words());
        words::line(all.iter().map(String::as_str))
    }
}

fn keep(folder: UnderWay, made: &Made, rendered: &Rendered) -> Result<(), Failure> {
    let content = RunFolder {
        results: &made.results,
        summary: &made.summary,
        provenance: &made.provenance,
        host: &made.host,
        report_html: Some(&rendered.html),
        figures: &rendered.figures,
    };
    let written = folder.finish(&content, &made.units);
    written.map(drop).map_err(|error| unusable(&error))
}

fn provenance(asked: &Asked, source: &PluginSource) -> Provenance {
    let plugin = |used: &zalm_plugin_host::PluginUse| PluginUse {
        strategy: used.name.clone(),
        plugin: used.library.manifest.id.clone(),
        version: used.library.manifest.version.clone(),
        sha256: used.library.sha256.clone(),
        name_nl: used.library.description.name.nl.clone(),
        name_en: used.library.description.name.en.clone(),
        description: used.library.description.doc.clone(),
    };
    let checked = &asked.checked;
    Provenance {
        zalm_version: env!("CARGO_PKG_VERSION").to_owned(),
        command: format!("zalm {}", asked.command),
        design: String::new(),
        plugins: source.strategies().iter().map(plugin).collect(),
        scenario_text: checked
            .sources
            .first()
            .map_or_else(String::new, |own| own.text.clone()),
        resolved_text: checked.resolved.clone(),
    }
}

/// What strategies had to say that a person should know.
fn tell_log(source: &PluginSource) {
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
