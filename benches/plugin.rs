//! What the border to a strategy costs: loading, a call that does nothing, a call over many rows, and
//! the share of strategies in a whole run.
//!
//! `cargo bench -p zalm-benches --bench plugin`.
#![forbid(unsafe_code)]

use criterion::{BenchmarkId, Criterion, Throughput};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use zalm_benches::interleaved::machine;
use zalm_model::{
    COLUMNS, ColumnData, ColumnKind, Command, Kept, Simulation, Strategy, StrategyError,
    StrategyRandom, StrategySource, View, row_id,
};
use zalm_plugin_host::{PluginSource, SearchPath, find};
use zalm_scenario::{Scenario, StrategyUse, read};

fn main() {
    println!("{}", machine());
    loading();
    share_of_a_run();
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(3))
        .sample_size(20)
        .configure_from_args();
    for plugin in ["idle", "carousel"] {
        rows(&mut criterion, plugin);
    }
    criterion.final_summary();
}

/// The directories of this program, where cargo builds the libraries that it names.
fn here() -> SearchPath {
    SearchPath::new(&[])
}

/// Reading, hashing, checking and opening each library once: a second time it is there already.
fn loading() {
    for plugin in ["idle", "carousel"] {
        let begun = Instant::now();
        let found = find(plugin, &here()).expect("built beside this program");
        let read = begun.elapsed();
        found.load().expect("a good library");
        let loaded = begun.elapsed() - read;
        println!(
            "{plugin}: found, read and hashed in {read:.1?}, opened and checked in {loaded:.1?}"
        );
    }
}

fn source(plugin: &str) -> PluginSource {
    let strategy = StrategyUse::of(plugin, plugin);
    PluginSource::load(&[strategy], &here()).unwrap_or_else(|problems| panic!("{}", problems[0]))
}

/// A table of ten payers to a project; every project's money ends in five months.
fn view(rows: u32) -> View {
    let column = |kind| match kind {
        ColumnKind::F64 => ColumnData::F64(vec![0.5; rows as usize]),
        ColumnKind::I64 => ColumnData::I64(vec![5; rows as usize]),
    };
    View {
        month: 30,
        year: 2012,
        month_of_year: 7,
        rows: (0..rows).map(|row| row_id(row / 10, row % 10)).collect(),
        columns: COLUMNS.iter().map(|spec| column(spec.kind)).collect(),
    }
}

struct NoDraws;

impl StrategyRandom for NoDraws {
    fn bits(&self, _: u32, _: u64, _: u32) -> u64 {
        0
    }
}

/// One decision, with all checks of what is handed back.
fn rows(criterion: &mut Criterion, plugin: &str) {
    let source = source(plugin);
    let mut group = criterion.benchmark_group(plugin);
    for rows in [10, 1_000, 10_000, 100_000] {
        let view = view(rows);
        let mut instance = source.create(plugin).expect("an instance");
        group.throughput(Throughput::Elements(rows.into()));
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            bencher.iter(|| instance.decide(&view, &NoDraws).expect("commands"));
        });
    }
    group.finish();
}

/// Counts the time inside decisions.
struct Timed<'a> {
    inner: Box<dyn Strategy>,
    nanoseconds: &'a AtomicU64,
}

impl Strategy for Timed<'static> {
    fn kept(&mut self) -> Option<&mut Kept> {
        self.inner.kept()
    }

    fn decide(
        &mut self,
        view: &View,
        random: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        let begun = Instant::now();
        let commands = self.inner.decide(view, random);
        let spent = begun.elapsed().as_nanos() as u64;
        self.nanoseconds.fetch_add(spent, Ordering::Relaxed);
        commands
    }
}

/// The default scenario with the carousel: how much of a run is spent inside the strategy.
fn share_of_a_run() {
    static INSIDE: AtomicU64 = AtomicU64::new(0);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/heechterp-schieringen.ron");
    let scenario: Scenario = read(&path, &[]).expect("the default scenario").scenario;
    let source = source("carousel");
    let begun = Instant::now();
    for replication in 0..5 {
        let mut strategy = Timed {
            inner: source.create("carousel").expect("an instance"),
            nanoseconds: &INSIDE,
        };
        let mut simulation = Simulation::new(&scenario, replication);
        let done = simulation.run_to(scenario.months, Some(&mut strategy));
        done.unwrap_or_else(|error| panic!("{error}"));
    }
    let inside = INSIDE.load(Ordering::Relaxed) as f64;
    let all = begun.elapsed().as_nanos() as f64;
    println!(
        "share of the strategy in a run: {:.2} %",
        100.0 * inside / all
    );
}
