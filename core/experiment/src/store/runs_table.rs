//! `runs.parquet`: one row per run, with the parameters that were drawn, the fate of the first
//! project and every outcome.

use super::parquet_table::{Column, Named, Table};
use crate::results::{Draw, Results, Run};
use std::io::{self, Write};
use zalm_model::ProjectFate;

pub(super) fn write(file: impl Write + Send, results: &Results) -> io::Result<u64> {
    let mut table = Table::new(file, &results.title);
    table.append(columns(results))?;
    table.finish()
}

fn columns(results: &Results) -> Vec<Named<'_>> {
    let runs = || results.runs.iter();
    let draws = || runs().map(|run| results.draw(run));
    let fate = |run: &'_ Run| {
        run.record()
            .and_then(|record| record.fates.first())
            .cloned()
    };
    let fates: Vec<Option<ProjectFate>> = runs().map(fate).collect();
    let end = |fate: &Option<ProjectFate>| Some(fate.as_ref()?.end?.cast_signed());
    let text = |pick: fn(&ProjectFate) -> &String| -> Vec<Option<&str>> {
        runs()
            .map(|run| run.record()?.fates.first().map(|fate| pick(fate).as_str()))
            .collect()
    };
    let status = |run: &Run| {
        if run.record().is_some() {
            "done"
        } else {
            "failed"
        }
    };
    let fixed = [
        (
            "strategy",
            Column::Text(
                runs()
                    .map(|run| &*results.strategies[run.strategy])
                    .collect(),
            ),
        ),
        (
            "stressor",
            Column::Text(
                runs()
                    .map(|run| &*results.stressors[run.stressor])
                    .collect(),
            ),
        ),
        (
            "draw",
            Column::Whole(runs().map(|run| run.draw.cast_signed()).collect()),
        ),
        (
            "replication",
            Column::Whole(runs().map(|run| run.replication.cast_signed()).collect()),
        ),
        ("status", Column::Text(runs().map(status).collect())),
        (
            "reason",
            Column::TextOrNone(runs().map(|run| Some(&*run.failure()?.reason)).collect()),
        ),
        (
            "seed",
            Column::Seed(draws().map(|draw| draw.seed).collect()),
        ),
        ("project", Column::TextOrNone(text(|fate| &fate.project))),
        (
            "end_month",
            Column::WholeOrNone(fates.iter().map(end).collect()),
        ),
        ("cause", Column::TextOrNone(text(|fate| &fate.cause))),
        ("form", Column::TextOrNone(text(|fate| &fate.form))),
    ];
    let outcomes = results.metrics.iter().enumerate().map(|(index, metric)| {
        (
            metric.name.clone(),
            Column::NumberOrNone(runs().map(|run| run.value(index)).collect()),
        )
    });
    let drawn = results.drawn().into_iter().map(|name| {
        let value = |draw: &Draw| draw.value(name);
        let column = Column::NumberOrNone(draws().map(value).collect());
        (format!("parameters.{name}"), column)
    });
    fixed
        .into_iter()
        .map(|(name, column)| (name.to_owned(), column))
        .chain(drawn)
        .chain(outcomes)
        .collect()
}
