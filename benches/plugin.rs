//! What the border to a strategy costs: loading, a call that does nothing, a call over many rows
//! beside a plain loop, the share of strategies in a whole run, and a process of its own. Each figure
//! with a bound says whether it is met.
//!
//! `cargo bench -p zalm-benches --bench plugin`; it builds the program `zalm`, as whole comparisons are
//! timed too.
#![forbid(unsafe_code)]

use criterion::{BenchmarkId, Criterion, Throughput};
use std::cell::RefCell;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use zalm_benches::interleaved::{Contender, machine, quantile, timed};
use zalm_model::{
    COLUMNS, ColumnData, ColumnKind, Command, Kept, Simulation, Strategy, StrategyError,
    StrategyRandom, StrategySource, View, row_id,
};
use zalm_plugin_host::{OwnProcess, PluginSource, SearchPath, Terms, find};
use zalm_scenario::{Scenario, StrategyUse, StrategyValue, read};

fn main() {
    println!("{}", machine());
    let program = program();
    loading(&program);
    empty_call();
    bulk();
    share_of_a_comparison();
    isolated(&program);
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

/// Says a figure, and whether it is at most what is asked of it.
fn held(what: &str, value: f64, bound: f64, unit: &str) {
    let word = if value <= bound { "met" } else { "MISSED" };
    println!("{what}: {value:.2}{unit}, at most {bound}{unit}: {word}");
}

/// The program `zalm`, built beside this one.
fn program() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Program::new(cargo)
        .args(["build", "--release", "--quiet", "--package", "zalm"])
        .status();
    assert!(built.is_ok_and(|status| status.success()), "zalm builds");
    let here = std::env::current_exe().expect("this program");
    let folder = here.parent().and_then(Path::parent);
    let name = format!("zalm{}", std::env::consts::EXE_SUFFIX);
    folder.expect("cargo's folder").join(name)
}

/// Milliseconds since.
fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

/// Reading, hashing, checking and opening each library once: a second time it is there already. Beside
/// it what a command pays before that: an instance in a process of its own, of one library and, at the
/// same time, of all.
fn loading(program: &Path) {
    let own_process = OwnProcess {
        program: program.to_owned(),
        words: ["plugin", "serve"].map(str::to_owned).to_vec(),
        limit: Duration::from_secs(60),
        memory: 4096,
    };
    for plugin in ["idle", "carousel"] {
        let begun = Instant::now();
        let found = find(plugin, &here()).expect("built beside this program");
        found.load().expect("a good library");
        let loaded = milliseconds(begun);
        held(&format!("{plugin}: load and check"), loaded, 5.0, " ms");
        let begun = Instant::now();
        own_process.load(&found).expect("a good library");
        let tried = milliseconds(begun);
        println!("{plugin}: tried in a process of its own before: {tried:.2} ms");
    }
    let strategies = scenario("eight-strategies").strategies;
    let terms = Terms {
        own_process: Some(own_process),
        ..Terms::default()
    };
    let begun = Instant::now();
    let loaded = PluginSource::load_on(&strategies, &here(), &terms);
    loaded.unwrap_or_else(|problems| panic!("{}", problems[0]));
    let each = milliseconds(begun) / strategies.len() as f64;
    let count = strategies.len();
    println!("all {count} of a comparison, tried, loaded and checked: {each:.2} ms each");
}

/// A call with no rows.
fn empty_call() {
    const CALLS: u32 = 100_000;
    let source = source("idle");
    let mut instance = source.create("idle").expect("an instance");
    let empty = view(0);
    let begun = Instant::now();
    for _ in 0..CALLS {
        instance
            .decide(black_box(&empty), &NoDraws)
            .expect("no commands");
    }
    let each = 1e6 * milliseconds(begun) / f64::from(CALLS);
    println!("empty call: {each:.0} ns");
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

/// The loop that the library is held against.
const COPY_AND_CHECK: &str = "loop with copy and check";

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
            contender(COPY_AND_CHECK, &view, |view| {
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
            let name = contender.name;
            let row = quantile(seconds.iter().map(of).collect(), 0.5);
            println!("{rows} rows, {name}: {row:.2} ns a row");
            if which > 0 {
                let times = quantile(seconds.iter().map(times).collect(), 0.5);
                let what = format!("{rows} rows, the library beside a {name}");
                match name {
                    COPY_AND_CHECK => held(&what, times, 1.2, " times as long"),
                    _ => println!("{what}: {times:.2} times as long"),
                }
            }
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

/// Whole comparisons of the default scenario with strategies in processes of their own and in that of
/// the program, in turns.
fn isolated(program: &Path) {
    let compare = |name, more: &'static [&'static str]| Contender {
        name,
        round: Box::new(move || {
            let out = tempfile::tempdir().expect("a temporary folder");
            let mut command = Program::new(program);
            command
                .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
                .args(["compare", "scenarios/heechterp-schieringen.ron"])
                .args(["--replications", "10", "--threads", "1", "--out"])
                .arg(out.path().join("run"))
                .args(more)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            Box::new(move || {
                let status = command.status().expect("zalm starts");
                assert!(status.success(), "a whole comparison");
                drop(out);
            })
        }),
    };
    let contenders = [
        compare("their own processes", &["--isolate"]),
        compare("this process", &[]),
    ];
    let rounds = timed(&contenders, 7).into_iter();
    let times = quantile(rounds.map(|round| round[0] / round[1]).collect(), 0.5);
    held(
        "a whole comparison with --isolate",
        times,
        1.1,
        " times as long",
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
    held(
        "share of strategies in all runs",
        100.0 * inside / all,
        2.0,
        " %",
    );
}
