//! The same money in the ledger, in the tables and in the report, of random scenarios: in memory, and
//! of a few through the program.

use super::config;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zalm_experiment::store::summary_csv;
use zalm_experiment::{Provenance, Results, results_sha256, summarise};
use zalm_instruments::comparison::{Courses, report_input};
use zalm_report::{Lang, ReportInput, render};
use zalm_scenario::{Scenario, resolved};
use zalm_tests::strategies::{compared, libraries};
use zalm_tests::wild::wildness;
use zalm_tests::{run, scratch, zalm};

/// Of the random scenarios of the books, so many are played through the program too, files and all:
/// one in this many.
const ONE_IN: u32 = 14;

#[test]
fn the_program_writes_the_same_tables_and_report() {
    let mut config = config();
    config.cases = config.cases.div_ceil(ONE_IN);
    let outcome = TestRunner::new(config).run(&wildness(), |wild| {
        let mut scenario = wild.scenario();
        scenario.replications = 3;
        // The report's figures are of the first stressor; all that the scenario does is in it.
        scenario.stressors.truncate(1);
        // What is wild here is read as a file there, where a value lies in its own plausible range.
        for parameter in &mut scenario.parameters.0 {
            parameter.low = parameter.low.min(parameter.value);
            parameter.high = parameter.high.max(parameter.value);
        }
        through_the_program(&scenario)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn through_the_program(scenario: &Scenario) -> Result<(), TestCaseError> {
    let scratch = scratch();
    let (file, folder) = (scratch.path().join("wild.ron"), scratch.path().join("run"));
    std::fs::write(&file, resolved(scenario)).expect("a scenario");
    let output = run(zalm()
        .args(["compare", "--lang", "en", "--out"])
        .args([&folder, &file]));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    prop_assert_eq!(output.status.code(), Some(0), "{}", said);
    let results = compared(scenario, &libraries(scenario), 2, None);
    let manifest = text(&folder, "run.json");
    prop_assert!(
        manifest.contains(&results_sha256(&results)),
        "other results"
    );
    let table = File::open(folder.join("summary.csv")).expect("a table");
    let html = text(&folder, "report.html");
    agree(scenario, &results, &Rows::read(table), &html)
}

/// The same of results in memory.
pub(super) fn in_tables_and_report(
    scenario: &Scenario,
    results: &Results,
) -> Result<(), TestCaseError> {
    let summary = summarise(results);
    let mut table = Vec::new();
    summary_csv(&mut table, results, &summary).expect("there is memory");
    let input = report_input(
        scenario,
        (results, &summary),
        &Courses::of(scenario, results),
        &Provenance::default(),
        Lang::En,
    );
    let table = Rows::read(&table[..]);
    unrounded(&input, &table)?;
    agree(scenario, results, &table, &render(&input, Lang::En))
}

/// What the report is made of, to the last digit: every level and difference is in the table, and what
/// a payer pays more or less in the years adds up to what it does in all.
fn unrounded(input: &ReportInput, table: &Rows) -> Result<(), TestCaseError> {
    let same = |value: Option<f64>, told: f64| {
        value.map_or(told.is_nan(), |value| value.to_bits() == told.to_bits())
    };
    for cell in &input.cells {
        let strategy = &input.strategies[cell.strategy].id;
        let metric = &input.metrics[cell.metric].name;
        let (level, difference) = (
            cell.level.map(|level| level.mean),
            cell.difference.map(|difference| difference.estimate.mean),
        );
        let of = |column| table.number(strategy, metric, column);
        prop_assert!(
            same(level, of("mean")),
            "{strategy} {metric}: report {level:?}"
        );
        prop_assert!(
            same(difference, of("diff_mean")),
            "{strategy} {metric}: report {difference:?}"
        );
    }
    for budget in &input.budgets {
        let strategy = &input.strategies[budget.strategy].id;
        let metric = &input.metrics[budget.metric].name;
        let in_all = table.number(strategy, metric, "diff_mean");
        let years = budget.years.iter().map(|(_, euro)| euro).sum::<f64>();
        prop_assert!(
            (years - in_all).abs() < 0.01,
            "{metric}: years {years}, in all {in_all}"
        );
    }
    prop_assert!(input.budgets.len() >= input.payers.len());
    Ok(())
}

fn agree(
    scenario: &Scenario,
    results: &Results,
    summary: &Rows,
    html: &str,
) -> Result<(), TestCaseError> {
    ledger(scenario, results)?;
    tables(scenario, results, summary)?;
    report(scenario, results, summary, html)
}

fn text(folder: &Path, name: &str) -> String {
    let file = folder.join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn metric(results: &Results, name: &str) -> usize {
    let found = results
        .metrics
        .iter()
        .position(|metric| metric.name == name);
    found.unwrap_or_else(|| panic!("there is no metric {name}"))
}

/// Every run: what the payers bear is all that is borne. That each bears what its accounts in the
/// ledger paid is audited by the model in every month, and a month that fails ends the run.
fn ledger(scenario: &Scenario, results: &Results) -> Result<(), TestCaseError> {
    for run in &results.runs {
        let value = |name: &str| run.value(metric(results, name)).unwrap_or(f64::NAN);
        let payers = scenario
            .payers
            .iter()
            .map(|payer| value(&format!("cost.{}", payer.id)));
        let (sum, total) = (payers.sum::<f64>(), value("cost.total"));
        prop_assert!((sum - total).abs() < 0.01, "payers {sum}, total {total}");
    }
    Ok(())
}

/// The table for spreadsheets.
struct Rows {
    columns: csv::StringRecord,
    /// By strategy and metric.
    rows: HashMap<(String, String), csv::StringRecord>,
}

impl Rows {
    fn read(table: impl Read) -> Self {
        let mut reader = csv::Reader::from_reader(table);
        let columns = reader.headers().expect("a head").clone();
        let rows = reader.records().map(|row| {
            let row = row.expect("a row");
            ((row[1].to_owned(), row[2].to_owned()), row)
        });
        let rows = rows.collect();
        assert_eq!((&columns[1], &columns[2]), ("strategy", "metric"));
        Self { columns, rows }
    }

    /// A number; NaN where there is none.
    fn number(&self, strategy: &str, metric: &str, column: &str) -> f64 {
        let row = self.rows.get(&(strategy.to_owned(), metric.to_owned()));
        let row = row.unwrap_or_else(|| panic!("no row {strategy} {metric}"));
        let at = self.columns.iter().position(|name| name == column);
        row[at.unwrap_or_else(|| panic!("no column {column}"))]
            .parse()
            .unwrap_or(f64::NAN)
    }
}

/// The table: means of the runs, and payers together the total.
fn tables(scenario: &Scenario, results: &Results, summary: &Rows) -> Result<(), TestCaseError> {
    for (at, strategy) in results.strategies.iter().enumerate() {
        let total = summary.number(strategy, "cost.total", "mean");
        let payers = scenario.payers.iter();
        let means =
            payers.map(|payer| summary.number(strategy, &format!("cost.{}", payer.id), "mean"));
        let sum = means.sum::<f64>();
        prop_assert!(
            (sum - total).abs() < 0.01,
            "{strategy}: payers {sum}, total {total}"
        );
        let of_runs: Vec<f64> = results
            .arm(0, at)
            .filter_map(|run| run.value(metric(results, "cost.total")))
            .collect();
        let mean = of_runs.iter().sum::<f64>() / of_runs.len() as f64;
        prop_assert!(
            (mean - total).abs() < 0.01,
            "{strategy}: runs {mean}, table {total}"
        );
    }
    Ok(())
}

/// The report: what each payer pays more or less, as rounded there, is what the table says.
fn report(
    scenario: &Scenario,
    results: &Results,
    summary: &Rows,
    html: &str,
) -> Result<(), TestCaseError> {
    let data = html
        .split("download=\"payers-0.csv\" href=\"data:text/csv;charset=utf-8,")
        .nth(1);
    let data = data.and_then(|rest| rest.split('"').next());
    let data = plain(data.expect("the data of the figure of payers"));
    let mut reader = csv::Reader::from_reader(data.as_bytes());
    let shown: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let others = results
        .strategies
        .iter()
        .filter(|name| Some(*name) != results.null.map(|null| &results.strategies[null]));
    let mut compared = 0;
    for (strategy, rows) in others.zip(shown.chunks(scenario.payers.len())) {
        for (payer, shown) in scenario.payers.iter().zip(rows) {
            let of = |column| summary.number(strategy, &format!("cost.{}", payer.id), column);
            let table = of("diff_mean");
            let (said, step) = rounded(&shown[2]);
            // The report rounds to what its interval can tell: a nought may be as far off as that.
            let width = of("diff_high") - of("diff_low");
            let off = if said == 0.0 && width.is_finite() {
                step.max(width / 2.0)
            } else {
                step
            };
            prop_assert!(
                (said - table).abs() <= off,
                "{}: the report says {}, the table {table}",
                payer.id,
                &shown[2]
            );
            compared += 1;
        }
    }
    prop_assert!(compared >= scenario.payers.len(), "{data}");
    Ok(())
}

/// Text of an address.
fn plain(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'%' {
            let digits = std::str::from_utf8(&rest[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
            rest = &rest[2..];
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// A number as people read it, and how far it may be from what was rounded.
fn rounded(shown: &str) -> (f64, f64) {
    let sign = if shown.contains(['-', '−']) {
        -1.0
    } else {
        1.0
    };
    let digits: String = shown
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let value: f64 = digits
        .parse()
        .unwrap_or_else(|_| panic!("{shown:?} is no number"));
    let step = match digits.split_once('.') {
        Some((_, decimals)) => 10_f64.powi(-(decimals.len() as i32)),
        None => 10_f64.powi(digits.len() as i32 - digits.trim_end_matches('0').len() as i32),
    };
    let short = if shown.contains('M') {
        1e6
    } else if shown.contains('k') {
        1e3
    } else {
        1.0
    };
    (sign * value * short, (step * short).max(1.0))
}
