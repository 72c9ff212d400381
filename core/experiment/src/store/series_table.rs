//! `series.parquet`: every metric over time in every run that succeeded, long.

use super::parquet_table::{Column, GROUP_ROWS, Named, Table};
use crate::results::{Results, Run};
use crate::runs::Runs;
use crate::store::StoreError;
use std::io::{self, Write};

#[derive(Default)]
struct Rows<'a> {
    strategy: Vec<&'a str>,
    stressor: Vec<&'a str>,
    draw: Vec<i32>,
    replication: Vec<i32>,
    month: Vec<i32>,
    date: Vec<String>,
    metric: Vec<&'a str>,
    value: Vec<Option<f64>>,
}

pub(super) fn write(
    file: impl Write + Send,
    results: &Results,
    runs: &dyn Runs,
) -> io::Result<u64> {
    let mut table = Table::new(file, &results.title);
    let mut rows = Rows::default();
    let mut add = |run: &Run| -> io::Result<()> {
        let Some(record) = run.record() else {
            return Ok(());
        };
        for sample in &record.series {
            let date = results.start.plus(sample.month.cast_signed()).to_string();
            for (metric, value) in results.metrics.iter().zip(&sample.values) {
                rows.strategy.push(&results.strategies[run.strategy]);
                rows.stressor.push(&results.stressors[run.stressor]);
                rows.draw.push(run.draw.cast_signed());
                rows.replication.push(run.replication.cast_signed());
                rows.month.push(sample.month.cast_signed());
                rows.date.push(date.clone());
                rows.metric.push(&metric.name);
                rows.value
                    .push(Some(*value).filter(|value| value.is_finite()));
            }
        }
        if rows.value.len() >= GROUP_ROWS {
            std::mem::take(&mut rows).append_to(&mut table)?;
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
    rows.append_to(&mut table)?;
    table.finish()
}

impl Rows<'_> {
    fn append_to<W: Write + Send>(self, table: &mut Table<W>) -> io::Result<()> {
        let dates = self.date.iter().map(String::as_str).collect();
        let columns: [(&str, Column); 8] = [
            ("strategy", Column::Text(self.strategy)),
            ("stressor", Column::Text(self.stressor)),
            ("draw", Column::Whole(self.draw)),
            ("replication", Column::Whole(self.replication)),
            ("month", Column::Whole(self.month)),
            ("date", Column::Text(dates)),
            ("metric", Column::Text(self.metric)),
            ("value", Column::NumberOrNone(self.value)),
        ];
        let columns: Vec<Named> = columns
            .into_iter()
            .map(|(name, column)| (name.to_owned(), column))
            .collect();
        table.append(columns)
    }
}
