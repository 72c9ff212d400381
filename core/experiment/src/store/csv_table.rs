//! `summary.csv` and, for a Dutch spreadsheet, `summary-nl.csv`.

use super::summary_table::{COUNTS, NUMBERS};
use crate::results::Results;
use crate::summary::{Summary, SummaryRow};
use std::io::{self, Write};

/// How fields and decimals are written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    separator: u8,
    decimal: char,
}

/// Fields apart by a comma, decimals by a point.
pub(super) const POINT: Style = Style {
    separator: b',',
    decimal: '.',
};

/// Fields apart by a semicolon, decimals by a comma.
pub(super) const COMMA: Style = Style {
    separator: b';',
    decimal: ',',
};

pub(super) fn write(
    file: impl Write,
    results: &Results,
    summary: &Summary,
    style: Style,
) -> io::Result<u64> {
    let mut csv = csv::WriterBuilder::new()
        .delimiter(style.separator)
        .from_writer(file);
    let names = ["stressor", "strategy", "metric", "unit"].into_iter();
    csv.write_record(names.chain(COUNTS.map(|c| c.0)).chain(NUMBERS.map(|n| n.0)))?;
    for row in &summary.rows {
        csv.write_record(record(results, row, style))?;
    }
    csv.flush()?;
    Ok(summary.rows.len() as u64)
}

fn record(results: &Results, row: &SummaryRow, style: Style) -> Vec<String> {
    let metric = &results.metrics[row.metric];
    let names = [
        &*results.stressors[row.stressor],
        &*results.strategies[row.strategy],
        &*metric.name,
        metric.unit,
    ];
    let counts = COUNTS.iter().map(|(_, count)| count(row).to_string());
    let numbers = NUMBERS.iter().map(|(_, number)| match number(row) {
        Some(number) => number.to_string().replace('.', &style.decimal.to_string()),
        None => String::new(),
    });
    names
        .into_iter()
        .map(harmless)
        .chain(counts)
        .chain(numbers)
        .collect()
}

/// A name that a spreadsheet would run as a formula gets a quote before it.
fn harmless(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{name}")
    } else {
        name.to_owned()
    }
}
