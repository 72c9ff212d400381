//! `zalm metrics`: what a scenario measures.

use crate::asked::{Given, Libraries};
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::plugin_problems::{loaded, lock_beside, terms};
use crate::stdout::{print, print_json};
use clap::Args;
use serde::Serialize;
use zalm_model::{Better, MetricSpec, StrategySource as _};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.metrics/1";

/// List the metrics of a scenario, those of its strategies too: unit, direction, how months become one number, meaning.
#[derive(Args)]
pub struct Metrics {
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    libraries: Libraries,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    metrics: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    unit: &'static str,
    better: &'static str,
    aggregate: &'static str,
    doc: &'a str,
}

impl Metrics {
    /// Prints the list.
    ///
    /// # Errors
    /// When something is wrong with the scenario.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let checked = self.given.read()?;
        let mut metrics = zalm_model::metrics(&checked.scenario);
        let terms = terms(lock_beside(&self.given.scenario)?, None)?;
        metrics.extend(loaded(&checked, &self.libraries.search(), &terms)?.metrics());
        let rows: Vec<Row<'_>> = metrics.iter().map(row).collect();
        if self.json {
            print_json(&Document {
                schema: SCHEMA,
                metrics: rows,
            })?;
        } else {
            let head = ["metric", "unit", "better", "over months", "meaning"];
            let head = head.into_iter().map(str::to_owned).collect();
            let lines: Vec<_> = std::iter::once(head)
                .chain(rows.iter().map(Row::cells))
                .collect();
            print(&aligned(&lines))?;
        }
        Ok(Exit::Good)
    }
}

fn row(metric: &MetricSpec) -> Row<'_> {
    Row {
        name: &metric.name,
        unit: metric.unit,
        better: match metric.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "neither",
        },
        aggregate: metric.aggregate.name(),
        doc: &metric.doc,
    }
}

impl Row<'_> {
    fn cells(&self) -> Vec<String> {
        [self.name, self.unit, self.better, self.aggregate, self.doc]
            .map(str::to_owned)
            .into()
    }
}
