//! `zalm parameters`: the numbers that a scenario rests on.

use crate::asked::Given;
use crate::exit::{Exit, Failure};
use crate::stdout::{one_line, print, print_json};
use clap::Args;
use serde::Serialize;
use zalm_scenario::{Distribution, Evidence, Parameter, ParameterSpec};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.parameters/1";

/// List the parameters of a scenario: value, unit, plausible range, evidence, source.
#[derive(Args)]
pub struct Parameters {
    #[command(flatten)]
    given: Given,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    parameters: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'static str,
    value: f64,
    unit: &'static str,
    /// Plausible range.
    low: f64,
    high: f64,
    /// Range that makes sense at all.
    min: f64,
    max: f64,
    distribution: &'a Distribution,
    evidence: Evidence,
    source: &'a str,
    doc: &'static str,
}

impl Parameters {
    /// Prints the list.
    ///
    /// # Errors
    /// When something is wrong with the scenario.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let checked = self.given.read()?;
        let parameters: Vec<_> = checked.scenario.parameters.iter().map(row).collect();
        if self.json {
            print_json(&Document {
                schema: SCHEMA,
                parameters,
            })?;
        } else {
            print(&parameters.iter().map(text).collect::<String>())?;
        }
        Ok(Exit::Good)
    }
}

fn row<'a>((spec, parameter): (&'static ParameterSpec, &'a Parameter)) -> Row<'a> {
    Row {
        name: spec.name,
        value: parameter.value,
        unit: spec.unit,
        low: parameter.low,
        high: parameter.high,
        min: spec.min,
        max: spec.max,
        distribution: &parameter.distribution,
        evidence: parameter.evidence,
        source: &parameter.source,
        doc: spec.doc,
    }
}

fn text(row: &Row<'_>) -> String {
    let unit = if row.unit == "1" {
        String::new()
    } else {
        format!(" {}", row.unit)
    };
    let distribution = match row.distribution {
        Distribution::Split => String::new(),
        Distribution::Experts { opinions } => format!(", pool of {} experts", opinions.len()),
        other => format!(", {other:?}"),
    };
    format!(
        "{} = {}{unit}  [{} to {}{distribution}]  {:?}\n  {}\n  source: {}\n",
        row.name,
        row.value,
        row.low,
        row.high,
        row.evidence,
        row.doc,
        one_line(row.source)
    )
}
