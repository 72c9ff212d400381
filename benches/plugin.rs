//! What the border to a strategy costs: loading, a call that does nothing, a call over many rows
//! beside a plain loop, the share of strategies in a whole run, and a process of its own.
//!
//! `cargo bench -p zalm-benches --bench plugin`.
#![forbid(unsafe_code)]

use criterion::{BenchmarkId, Criterion, Throughput};
use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use zalm_benches::interleaved::{Contender, machine, quantile, timed};
use zalm_model::{
    COLUMNS, ColumnData, ColumnKind, Command, Kept, Simulation, Strategy, StrategyError,
    StrategyRandom, StrategySource, View, row_id,
};
use zalm_plugin_host::{Isolation, PluginSource, SearchPath, Terms, find, serve};
use zalm_scenario::{Scenario, StrategyUse, StrategyValue, read};

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let [_, word, socket, library, sha256] = &words[..]
        && word == SERVE
    {
        let served = serve(Path::new(socket), Path::new(library), sha256);
        return served.unwrap_or_else(|error| panic!("{error}"));
    }
    println!("{}", machine());
    loading();
    bulk();
    share_of_a_comparison();
    isolated();
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(3))
        .sample_size(20)
        .configure_from_args();
    for plugin in ["idle", "carousel"] {
        rows(&mut criterion, plugin);
    }
    criterion.final_summary();
}

/// Word with which this program is the process of an isolated strategy.
const SERVE: &str = "serve-strategy";

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
    source_on(StrategyUse::of(plugin, plugin), &Terms::default())
}

fn source_on(strategy: StrategyUse, terms: &Terms) -> PluginSource {
    let loaded = PluginSource::load_on(&[strategy], &here(), terms);
    loaded.unwrap_or_else(|problems| panic!("{}", problems[0]))
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
    for rows in [10, 1_000, 10_000, 100_000, 1_000_000] {
        let view = view(rows);
        let mut instance = source.create(plugin).expect("an instance");
        group.throughput(Throughput::Elements(rows.into()));
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            bencher.iter(|| instance.decide(&view, &NoDraws).expect("commands"));
        });
    }
    group.finish();
}

/// The sum over two columns: by a library, in a plain loop, and in a plain loop after both columns
/// were copied and checked for numbers, as a border that trusts nobody would.
fn bulk() {
    let how = ("how".to_owned(), StrategyValue::Text("bulk".into()));
    let strategy = StrategyUse {
        parameters: [how].into(),
        ..StrategyUse::of("bulk", "misbehave")
    };
    let source = source_on(strategy, &Terms::default());
    for rows in [1_000, 10_000, 100_000, 1_000_000] {
        let view = Rc::new(view(rows));
        let library = Rc::new(RefCell::new(source.create("bulk").expect("an instance")));
        let contenders = [
            contender("library", &view, move |view| {
                let decided = library.borrow_mut().decide(view, &NoDraws);
                black_box(decided.expect("commands"));
            }),
            contender("plain loop", &view, |view| {
                let (cost, tie) = columns(view);
                black_box(sum(cost, tie));
            }),
            contender("loop with copy and check", &view, |view| {
                let (cost, tie) = columns(view);
                let (cost, tie) = (black_box(cost.to_vec()), black_box(tie.to_vec()));
                assert!(tie.iter().all(|x| x.is_finite()), "numbers");
                black_box(sum(&cost, &tie));
            }),
        ];
        let seconds = timed(&contenders, 41);
        for (which, contender) in contenders.iter().enumerate() {
            let of = |round: &Vec<f64>| 1e9 * round[which] / f64::from(rows);
            let times = |round: &Vec<f64>| round[0] / round[which];
            println!(
                "{rows} rows, {}: {:.2} ns a row; the library takes {:.2} times as long",
                contender.name,
                quantile(seconds.iter().map(of).collect(), 0.5),
                quantile(seconds.iter().map(times).collect(), 0.5)
            );
        }
    }
}

fn contender(
    name: &'static str,
    view: &Rc<View>,
    work: impl Fn(&View) + Clone + 'static,
) -> Contender<'static> {
    let view = Rc::clone(view);
    Contender {
        name,
        round: Box::new(move || {
            let (view, work) = (Rc::clone(&view), work.clone());
            Box::new(move || work(&view))
        }),
    }
}

/// The columns that the library sums.
fn columns(view: &View) -> (&[i64], &[f64]) {
    let column = |name: &str| {
        let at = COLUMNS.iter().position(|column| column.name == name);
        &view.columns[at.expect("a column of the model")]
    };
    match (column("project.cost"), column("payer.tie")) {
        (ColumnData::I64(cost), ColumnData::F64(tie)) => (cost, tie),
        _ => unreachable!("cost is whole, a tie is a share"),
    }
}

fn sum(cost: &[i64], tie: &[f64]) -> f64 {
    let pairs = cost.iter().zip(tie);
    pairs.map(|(cost, tie)| *cost as f64 * tie).sum()
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

fn scenario(name: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let read = read(&folder.join(format!("{name}.ron")), &[]);
    read.expect("a sound scenario").scenario
}

/// Runs of the default scenario with the carousel in a process of its own and in this one, in
/// turns.
fn isolated() {
    let isolation = Isolation {
        program: std::env::current_exe().expect("this program"),
        words: vec![SERVE.to_owned()],
        limit: Duration::from_secs(60),
    };
    let terms = Terms {
        isolation: Some(isolation),
        ..Terms::default()
    };
    let scenario = Rc::new(scenario("heechterp-schieringen"));
    let run = |name, source: PluginSource| {
        let (scenario, source) = (Rc::clone(&scenario), Rc::new(source));
        Contender {
            name,
            round: Box::new(move || {
                let mut simulation = Simulation::new(&scenario, 1);
                let (months, source) = (scenario.months, Rc::clone(&source));
                Box::new(move || {
                    let mut strategy = source.create("carousel").expect("an instance");
                    let done = simulation.run_to(months, Some(strategy.as_mut()));
                    done.unwrap_or_else(|error| panic!("{error}"));
                })
            }),
        }
    };
    let own = source_on(StrategyUse::of("carousel", "carousel"), &terms);
    let contenders = [
        run("its own process", own),
        run("this process", source("carousel")),
    ];
    let rounds = timed(&contenders, 9).into_iter();
    println!(
        "a run with the strategy in a process of its own takes {:.3} times as long",
        quantile(rounds.map(|round| round[0] / round[1]).collect(), 0.5)
    );
}

/// The comparison of all eight: how much of it is spent inside each strategy, checks and all.
fn share_of_a_comparison() {
    static INSIDE: AtomicU64 = AtomicU64::new(0);
    let scenario = scenario("eight-strategies");
    let loaded = PluginSource::load(&scenario.strategies, &here());
    let source = loaded.unwrap_or_else(|problems| panic!("{}", problems[0]));
    let (mut inside, mut all) = (0.0, 0.0);
    for used in &scenario.strategies {
        INSIDE.store(0, Ordering::Relaxed);
        let begun = Instant::now();
        for replication in 0..3 {
            let mut strategy = Timed {
                inner: source.create(&used.name).expect("an instance"),
                nanoseconds: &INSIDE,
            };
            let mut simulation = Simulation::new(&scenario, replication);
            let done = simulation.run_to(scenario.months, Some(&mut strategy));
            done.unwrap_or_else(|error| panic!("{error}"));
        }
        let spent = INSIDE.load(Ordering::Relaxed) as f64;
        let whole = begun.elapsed().as_nanos() as f64;
        println!(
            "share of {} in its runs: {:.2} %",
            used.name,
            100.0 * spent / whole
        );
        (inside, all) = (inside + spent, all + whole);
    }
    println!(
        "share of strategies in all runs: {:.2} %",
        100.0 * inside / all
    );
}
