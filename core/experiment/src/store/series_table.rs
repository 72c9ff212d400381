//! `series.parquet`: every metric over time in every run that succeeded, long.

use super::parquet_table::{Column, GROUP_ROWS, Named, Table};
use crate::results::{Results, Run};
use crate::runs::Runs;
use crate::store::StoreError;
use std::io::{self, Write};

/// Rows to come. Texts are places in the names of [`Texts`]: there are few, and they recur in every row.
#[derive(Default)]
struct Rows {
    strategy: Vec<u32>,
    stressor: Vec<u32>,
    draw: Vec<i32>,
    replication: Vec<i32>,
    month: Vec<i32>,
    metric: Vec<u32>,
    value: Vec<Option<f64>>,
}

/// The texts that rows are made of.
struct Texts<'a> {
    results: &'a Results,
    /// One per month of the scenario, its last included.
    dates: Vec<String>,
}

pub(super) fn write(
    file: impl Write + Send,
    results: &Results,
    runs: &dyn Runs,
) -> io::Result<u64> {
    let date = |month: u32| results.start.plus(month.cast_signed()).to_string();
    let texts = Texts {
        results,
        dates: (0..=results.months).map(date).collect(),
    };
    let mut table = Table::new(file, &results.title);
    let mut rows = Rows::default();
    let mut add = |run: &Run| -> io::Result<()> {
        let Some(record) = run.record() else {
            return Ok(());
        };
        for sample in &record.series {
            let values = sample.values.iter().take(results.metrics.len());
            for (metric, value) in (0..).zip(values) {
                rows.strategy.push(run.strategy as u32);
                rows.stressor.push(run.stressor as u32);
                rows.draw.push(run.draw.cast_signed());
                rows.replication.push(run.replication.cast_signed());
                rows.month.push(sample.month.cast_signed());
                rows.metric.push(metric);
                rows.value
                    .push(Some(*value).filter(|value| value.is_finite()));
            }
        }
        if rows.value.len() >= GROUP_ROWS {
            std::mem::take(&mut rows).append_to(&mut table, &texts)?;
        }
        Ok(())
    };
    let failed = |source| StoreError::Write {
        file: "series.parquet".into(),
        source,
    };
    let read = runs.each(&mut |run| add(run).map_err(failed));
    read.map_err(|error| match error {
        StoreError::Write { source, .. } => source,
        other => io::Error::other(other),
    })?;
    rows.append_to(&mut table, &texts)?;
    table.finish()
}

impl Rows {
    fn append_to<W: Write + Send>(self, table: &mut Table<W>, texts: &Texts) -> io::Result<()> {
        let Texts { results, dates } = texts;
        let dates = dates.iter().map(String::as_str).collect();
        let places = self
            .month
            .iter()
            .map(|month| month.cast_unsigned())
            .collect();
        let strategies = results.strategies.iter().map(String::as_str).collect();
        let stressors = results.stressors.iter().map(String::as_str).collect();
        let metrics = results.metrics.iter().map(|metric| &*metric.name).collect();
        let columns: [(&str, Column); 8] = [
            ("strategy", Column::Named(strategies, self.strategy)),
            ("stressor", Column::Named(stressors, self.stressor)),
            ("draw", Column::Whole(self.draw)),
            ("replication", Column::Whole(self.replication)),
            ("month", Column::Whole(self.month)),
            ("date", Column::Named(dates, places)),
            ("metric", Column::Named(metrics, self.metric)),
            ("value", Column::NumberOrNone(self.value)),
        ];
        let columns: Vec<Named> = columns
            .into_iter()
            .map(|(name, column)| (name.to_owned(), column))
            .collect();
        table.append(columns)
    }
}
