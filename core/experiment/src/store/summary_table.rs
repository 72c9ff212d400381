//! `summary.parquet`: levels and differences; the same columns as the CSV files.

use super::parquet_table::{Column, Named, Table};
use crate::results::Results;
use crate::summary::{Summary, SummaryRow};
use std::io::{self, Write};

/// Name of a column and how it is read from a row.
pub(super) type Figure<T> = (&'static str, fn(&SummaryRow) -> T);

/// The numeric columns of a summary row, by name.
pub(super) const NUMBERS: [Figure<Option<f64>>; 22] = [
    ("mean", |row| Some(row.level?.mean)),
    ("ci_low", |row| Some(row.level?.interval?.0)),
    ("ci_high", |row| Some(row.level?.interval?.1)),
    ("p05", |row| Some(row.level?.quantiles[0])),
    ("p25", |row| Some(row.level?.quantiles[1])),
    ("p50", |row| Some(row.level?.quantiles[2])),
    ("p75", |row| Some(row.level?.quantiles[3])),
    ("p95", |row| Some(row.level?.quantiles[4])),
    ("worst_mean", |row| row.worst),
    ("diff_mean", |row| Some(row.difference?.paired.mean)),
    ("diff_low", |row| Some(row.difference?.paired.interval?.0)),
    ("diff_high", |row| Some(row.difference?.paired.interval?.1)),
    ("diff_joint_low", |row| Some(row.difference?.joint?.0)),
    ("diff_joint_high", |row| Some(row.difference?.joint?.1)),
    ("diff_boot_low", |row| Some(row.difference?.bootstrap?.0)),
    ("diff_boot_high", |row| Some(row.difference?.bootstrap?.1)),
    ("p_holm", |row| row.difference?.p_holm),
    ("correlation", |row| row.difference?.paired.correlation),
    ("vrf", |row| row.difference?.paired.variance_reduction),
    ("diff_sd", |row| row.difference?.paired.sd),
    ("var_chance", |row| Some(row.variance?.chance)),
    ("var_ignorance", |row| Some(row.variance?.ignorance)),
];

/// The counts of a summary row, by name.
pub(super) const COUNTS: [Figure<u32>; 3] = [
    ("n", |row| row.level.map_or(0, |level| level.count)),
    ("n_pairs", |row| {
        row.difference
            .map_or(0, |difference| difference.paired.pairs)
    }),
    ("excluded", |row| {
        row.difference.map_or(0, |difference| difference.excluded)
    }),
];

pub(super) fn write(
    file: impl Write + Send,
    results: &Results,
    summary: &Summary,
) -> io::Result<u64> {
    let mut table = Table::new(file, &results.title);
    table.append(columns(results, &summary.rows))?;
    table.finish()
}

fn columns<'a>(results: &'a Results, rows: &'a [SummaryRow]) -> Vec<Named<'a>> {
    let stressor = rows
        .iter()
        .map(|row| &*results.stressors[row.stressor])
        .collect();
    let strategy = rows
        .iter()
        .map(|row| &*results.strategies[row.strategy])
        .collect();
    let metric = rows
        .iter()
        .map(|row| &*results.metrics[row.metric].name)
        .collect();
    let unit = rows
        .iter()
        .map(|row| results.metrics[row.metric].unit)
        .collect();
    let texts = [
        ("stressor", stressor),
        ("strategy", strategy),
        ("metric", metric),
        ("unit", unit),
    ];
    let counts = COUNTS.iter().map(|(name, count)| {
        (
            *name,
            Column::Whole(rows.iter().map(|row| count(row).cast_signed()).collect()),
        )
    });
    let numbers = NUMBERS.iter().map(|(name, number)| {
        (
            *name,
            Column::NumberOrNone(rows.iter().map(number).collect()),
        )
    });
    let texts = texts
        .into_iter()
        .map(|(name, values)| (name, Column::Text(values)));
    texts
        .chain(counts)
        .chain(numbers)
        .map(|(name, column)| (name.to_owned(), column))
        .collect()
}
