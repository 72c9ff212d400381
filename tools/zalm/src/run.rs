//! `zalm run`: one run, to see what happened in it.

use crate::asked::{Given, Strategies};
use crate::choice::choose;
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::nearest::hint;
use crate::plugin_problems::load;
use crate::stdout::{one_line, print, print_json};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use zalm_experiment::{Outcome, Results, RunOptions, run};
use zalm_model::{ProjectFate, RunRecord};
use zalm_scenario::{Checked, Scenario};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.single-run/1";

/// Play one run, and show its outcomes, the fate of its projects and its event log.
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    given: Given,
    /// The strategy
    #[arg(long, value_name = "NAME")]
    strategy: String,
    /// The stressor [default: the scenario's first]
    #[arg(long, value_name = "NAME")]
    stressor: Option<String>,
    /// The replication, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    #[command(flatten)]
    strategies: Strategies,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
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
        let never = AtomicBool::new(false);
        let options = RunOptions {
            only_replication: Some(self.replication),
            ..RunOptions::quiet(&never, "zalm run")
        };
        let results = run(&checked.scenario, &source, &options);
        match results.runs.first().map(|run| &run.outcome) {
            Some(Outcome::Done(record)) => self.show(&checked.scenario, &results, record),
            Some(Outcome::Failed(failure)) => {
                let text = format!("error: the run failed: {}\n", failure.reason);
                Err(Failure {
                    exit: Exit::FailedRuns,
                    text,
                })
            }
            None => Err(Failure::unexpected("the run gave no result")),
        }
    }

    /// Leaves one strategy and one stressor.
    fn narrow(&self, checked: &mut Checked) -> Result<(), Failure> {
        let scenario = &mut checked.scenario;
        let name = std::slice::from_ref(&self.strategy);
        choose(scenario, name, &self.strategies.libraries.search())?;
        scenario.strategies.retain(|one| one.name == self.strategy);
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
            return Err(Failure::invalid(format!(
                "--stressor {stressor}: the scenario has {}.{}",
                ticked(&names),
                hint(stressor, names.iter().copied())
            )));
        }
        scenario.stressors.retain(|one| one.name == *stressor);
        Ok(())
    }

    fn show(
        &self,
        scenario: &Scenario,
        results: &Results,
        record: &RunRecord,
    ) -> Result<Exit, Failure> {
        let document = self.document(scenario, results, record);
        if self.json {
            print_json(&document)?;
        } else {
            print(&document.text(results))?;
        }
        Ok(Exit::Good)
    }

    fn document<'a>(
        &'a self,
        scenario: &'a Scenario,
        results: &'a Results,
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
        let names = results.metrics.iter().map(|metric| metric.name.as_str());
        Document {
            schema: SCHEMA,
            title: &scenario.title.en,
            strategy: &self.strategy,
            stressor: results.stressors.first().map_or("", String::as_str),
            replication: self.replication,
            seed: scenario.seed,
            digest: format!("{:016x}", record.digest),
            outcomes: names.zip(record.outcomes.iter().copied()).collect(),
            projects: record.fates.iter().map(project).collect(),
            events: record.events.iter().map(event).collect(),
        }
    }
}

impl Document<'_> {
    fn text(&self, results: &Results) -> String {
        let outcome = |metric: &zalm_model::MetricSpec| {
            let value = self
                .outcomes
                .get(metric.name.as_str())
                .copied()
                .unwrap_or(f64::NAN);
            vec![metric.name.clone(), rounded(value), metric.unit.to_owned()]
        };
        let outcomes: Vec<_> = results.metrics.iter().map(outcome).collect();
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

fn ticked(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
