//! `zalm run`: one run, to see what happened in it.

use crate::after_runs::tell_log;
use crate::asked::{Given, Strategies};
use crate::choice::choose;
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::instruments::unknown;
use crate::plugin_problems::load;
use crate::profile::{self, Profile, Row};
use crate::progress::Progress;
use crate::say::say;
use crate::stdout::{one_line, print, print_json};
use crate::threads::Threads;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Instant;
use zalm_experiment::{Arm, told};
use zalm_model::{MetricSpec, ProjectFate, RunRecord, StrategySource};
use zalm_scenario::{Checked, Scenario};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.single-run/1";

/// Name of the step that every month has once.
const SWEEP: &str = "sweep::sweep";

/// Play one run, and show its outcomes, the fate of its projects and its event log.
///
/// With `--shard I/N --out DIR` it is part I of N of `zalm compare`, and takes the options of that.
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    given: Given,
    /// The strategy [default: the scenario's null alternative]
    #[arg(long, value_name = "NAME")]
    strategy: Option<String>,
    /// The stressor [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
    /// The replication, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    threads: Threads,
    /// Show where the time went, by step of the month
    #[arg(long)]
    profile: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// The words of a command line, in which `zalm run .. --shard I/N` is `zalm compare .. --shard I/N`: a
/// shard is of a comparison, and is asked for by either name.
pub fn shards_are_compared(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    let asks = |word: &OsString| {
        let word = word.to_string_lossy();
        word == "--shard" || word.starts_with("--shard=")
    };
    if words.get(1).is_some_and(|word| word == "run") && words.iter().any(asks) {
        words[1] = "compare".into();
    }
    words
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    title: &'a str,
    strategy: &'a str,
    stressor: &'a str,
    replication: u32,
    seed: u64,
    digest: String,
    outcomes: BTreeMap<&'a str, f64>,
    projects: Vec<Project<'a>>,
    events: Vec<Event<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<Vec<Row>>,
}

#[derive(Serialize)]
struct Project<'a> {
    project: &'a str,
    end: Option<String>,
    cause: &'a str,
    form: &'a str,
}

#[derive(Serialize)]
struct Event<'a> {
    month: String,
    text: &'a str,
}

impl Run {
    /// Plays the run.
    ///
    /// # Errors
    /// When something is wrong with the input.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let mut checked = self.given.read()?;
        self.narrow(&mut checked)?;
        let source = load(&self.given.scenario, &checked, &self.strategies)?;
        let scenario = &checked.scenario;
        let arm = Arm {
            strategy: &scenario.strategies[0].name,
            stressor: scenario.stressors.first(),
            replication: self.replication,
        };
        let (record, profile) = play(scenario, &source, arm, self.threads)?;
        tell_log(&source);
        let mut metrics = zalm_model::metrics(scenario);
        metrics.extend(source.metrics());
        self.show(scenario, &metrics, &record, &profile)
    }

    /// Leaves one strategy and one stressor.
    fn narrow(&self, checked: &mut Checked) -> Result<(), Failure> {
        let scenario = &mut checked.scenario;
        let usual = &scenario.null_alternative;
        let name = self.strategy.as_ref().unwrap_or(usual).clone();
        let names = std::slice::from_ref(&name);
        choose(scenario, names, &self.strategies.libraries.search())?;
        scenario.strategies.retain(|one| one.name == name);
        let Some(stressor) = &self.stressor else {
            scenario.stressors.truncate(1);
            return Ok(());
        };
        let names: Vec<&str> = scenario
            .stressors
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        if !names.contains(&stressor.as_str()) {
            return Err(unknown("stressor", stressor, &names));
        }
        scenario.stressors.retain(|one| one.name == *stressor);
        Ok(())
    }

    fn show(
        &self,
        scenario: &Scenario,
        metrics: &[MetricSpec],
        record: &RunRecord,
        profile: &Profile,
    ) -> Result<Exit, Failure> {
        let mut document = self.document(scenario, metrics, record);
        document.profile = self.profile.then(|| profile.rows());
        if self.json {
            print_json(&document)?;
        } else {
            let time = document.profile.as_deref().map(profile::text);
            print(&(document.text(metrics) + &time.unwrap_or_default()))?;
        }
        Ok(Exit::Good)
    }

    fn document<'a>(
        &'a self,
        scenario: &'a Scenario,
        metrics: &'a [MetricSpec],
        record: &'a RunRecord,
    ) -> Document<'a> {
        let month = |index: u32| scenario.start.plus(index.cast_signed()).to_string();
        let project = |fate: &'a ProjectFate| Project {
            project: &fate.project,
            end: fate.end.map(month),
            cause: &fate.cause,
            form: &fate.form,
        };
        let event = |(at, text): &'a (u32, String)| Event {
            month: month(*at),
            text,
        };
        let names = metrics.iter().map(|metric| metric.name.as_str());
        Document {
            schema: SCHEMA,
            title: &scenario.title.en,
            strategy: &scenario.strategies[0].name,
            stressor: scenario
                .stressors
                .first()
                .map_or("", |one| one.name.as_str()),
            replication: self.replication,
            seed: scenario.seed,
            digest: format!("{:016x}", record.digest),
            outcomes: names.zip(record.outcomes.iter().copied()).collect(),
            projects: record.fates.iter().map(project).collect(),
            events: record.events.iter().map(event).collect(),
            profile: None,
        }
    }
}

/// Plays the run, shows on stderr how far it is, and looks at the clock after each step.
fn play(
    scenario: &Scenario,
    source: &dyn StrategySource,
    arm: Arm,
    threads: Threads,
) -> Result<(RunRecord, Profile), Failure> {
    let past = scenario.parameters.rates().household_past as usize;
    let months = past + scenario.months as usize;
    let (progress, mut done) = (Progress::of(months, "months"), 0);
    let (started, mut profile) = (Instant::now(), Profile::default());
    let record = told(scenario, source, arm, threads.count(), &mut |moment| {
        profile.lap(moment, started.elapsed());
        // Every month has one sweep, those before month 0 too.
        if moment.step.name == SWEEP {
            done += 1;
            progress.show(done, months);
        }
    });
    profile.end(started.elapsed());
    progress.finish();
    let failed = |reason| Failure::runs_failed(say("run-failed", &[("reason", &reason)]));
    Ok((record.map_err(failed)?, profile))
}

impl Document<'_> {
    fn text(&self, metrics: &[MetricSpec]) -> String {
        let outcome = |metric: &MetricSpec| {
            let value = self
                .outcomes
                .get(metric.name.as_str())
                .copied()
                .unwrap_or(f64::NAN);
            vec![metric.name.clone(), rounded(value), metric.unit.to_owned()]
        };
        let outcomes: Vec<_> = metrics.iter().map(outcome).collect();
        let projects: Vec<_> = self.projects.iter().map(Project::row).collect();
        let event = |event: &Event| vec![event.month.clone(), one_line(event.text)];
        let events: Vec<_> = self.events.iter().map(event).collect();
        format!(
            "{}\nstrategy {}, stressor {}, replication {}, seed {}, digest {}\n\n\
             Projects\n{}\nEvents\n{}\nOutcomes\n{}",
            one_line(self.title),
            self.strategy,
            self.stressor,
            self.replication,
            self.seed,
            self.digest,
            or_none(&aligned(&projects)),
            or_none(&aligned(&events)),
            aligned(&outcomes)
        )
    }
}

impl Project<'_> {
    fn row(&self) -> Vec<String> {
        let fate = self.end.as_ref().map_or_else(
            || "still together at the end".to_owned(),
            |end| format!("team ended in {end}: {}", self.cause),
        );
        vec![self.project.to_owned(), fate, format!("form {}", self.form)]
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "  none\n" } else { text }
}

/// A value for people: four decimals at most; none where another strategy measures it.
fn rounded(value: f64) -> String {
    if value.is_nan() {
        return "none".to_owned();
    }
    ((value * 1e4).round() / 1e4).to_string()
}
