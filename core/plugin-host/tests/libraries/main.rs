//! Real libraries, built by cargo beside this test and loaded at run time.

mod in_c;
mod linked;
mod loading;
mod running;
mod same_codes;
mod vocabulary;

use std::collections::BTreeMap;
use zalm_model::{COLUMNS, ColumnData, ColumnKind, StrategyRandom, View, row_id};
use zalm_plugin_host::{PluginSource, SearchPath};
use zalm_scenario::{StrategyUse, StrategyValue};

/// The directories of this test binary.
fn here() -> SearchPath {
    SearchPath::new(&[])
}

fn strategy(plugin: &str, parameters: &[(&str, StrategyValue)]) -> StrategyUse {
    let parameters: BTreeMap<_, _> = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    StrategyUse {
        parameters,
        ..StrategyUse::of(&format!("my {plugin}"), plugin)
    }
}

fn load(strategy: StrategyUse) -> PluginSource {
    PluginSource::load(&[strategy], &here()).unwrap_or_else(|problems| {
        panic!(
            "{}",
            problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        )
    })
}

/// One project and two payers; cell values are 10 times the column's position plus the row's.
fn view(month: u32) -> View {
    let columns = COLUMNS
        .iter()
        .enumerate()
        .map(|(at, spec)| match spec.kind {
            ColumnKind::I64 => ColumnData::I64((0..2).map(|row| at as i64 * 10 + row).collect()),
            ColumnKind::F64 => ColumnData::F64(
                (0..2)
                    .map(|row| (at as f64 * 10.0 + f64::from(row)) / 1000.0)
                    .collect(),
            ),
        });
    View {
        month,
        year: 2010 + (month / 12) as i32,
        month_of_year: (month % 12) as i32 + 1,
        rows: vec![row_id(0, 0), row_id(0, 1)],
        columns: columns.collect(),
    }
}

/// Draws that can be computed by hand.
struct Draws;

impl StrategyRandom for Draws {
    fn bits(&self, stream: u32, id: u64, draw: u32) -> u64 {
        (u64::from(stream) << 60) | (id << 8) | u64::from(draw)
    }
}
