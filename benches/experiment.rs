//! What a whole comparison costs: runs a second on one thread and on two, what statistics and writing
//! add, what a run leaves in memory, and how many replications a difference takes.
//!
//! `cargo bench -p zalm-benches --bench experiment`. The comparison is 10,000 households over 156
//! months, eight strategies under three stressors; its 100 replications are brought down to a few,
//! because every replication is the same work. `-- REPLICATIONS` asks for another number.
#![forbid(unsafe_code)]

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use zalm_benches::interleaved::machine;
use zalm_experiment::store::{RunFolder, UnderWay};
use zalm_experiment::{
    Host, Keep, Played, Point, Provenance, Results, RunOptions, Study, StudyError, summarise,
};
use zalm_model::{Simulation, StrategySource, metrics};
use zalm_plugin_host::{PluginSource, SearchPath, Terms};
use zalm_scenario::{Scenario, read};
use zalm_statistics::{Precision, Stopping};

/// Households, months, strategies and stressors of the comparison.
const HOUSEHOLDS: u32 = 10_000;
const MONTHS: u32 = 156;
const STRATEGIES: usize = 8;
const STRESSORS: usize = 3;
/// Replications unless asked otherwise; even, for two threads.
const REPLICATIONS: u32 = 4;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let quick = words.iter().any(|word| word == "--test");
    let asked = words.iter().find_map(|word| word.parse::<u32>().ok());
    let replications = if quick {
        2
    } else {
        asked.unwrap_or(REPLICATIONS)
    };
    let households = if quick { 300 } else { HOUSEHOLDS };
    println!("{}", machine());
    speed(&scenario("eight-strategies", households), replications);
    memory(
        &scenario("eight-strategies", 300),
        if quick { 2 } else { 40 },
    );
    half_width(
        &scenario("heechterp-schieringen", 2_210),
        if quick { 3 } else { 40 },
    );
}

/// A shipped scenario with another number of households, over the months of the comparison.
fn scenario(name: &str, households: u32) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join(format!("../scenarios/{name}.ron"));
    let mut scenario = read(&path, &[]).expect("a shipped scenario").scenario;
    scenario.place.neighbourhoods.truncate(1);
    scenario.place.neighbourhoods[0].households.value = f64::from(households);
    scenario.months = MONTHS;
    scenario.strategies.truncate(STRATEGIES);
    scenario.stressors.truncate(STRESSORS);
    scenario
}

fn source(scenario: &Scenario) -> PluginSource {
    let here = SearchPath::new(&[]);
    let loaded = PluginSource::load_on(&scenario.strategies, &here, &Terms::default());
    loaded.unwrap_or_else(|problems| panic!("{}", problems[0]))
}

fn provenance(scenario: &Scenario) -> Provenance {
    Provenance {
        resolved_text: zalm_scenario::resolved(scenario),
        ..Provenance::default()
    }
}

/// Plays the first replications of a study on so many threads; with the seconds that it took.
fn play(study: &Study<'_>, replications: u32, threads: usize) -> (Results, f64) {
    let stop = AtomicBool::new(false);
    let options = RunOptions {
        threads: NonZeroUsize::new(threads).expect("a thread at least"),
        ..RunOptions::quiet(&stop, "")
    };
    let begun = Instant::now();
    let placed = study.place(&[Point::default()], Keep::Series);
    let placed = placed.expect("a point that can be");
    let results = placed.evaluate(0..replications, &options);
    let results = Results::joined(results.unwrap_or_else(|error: StudyError| panic!("{error}")));
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(results.failures().count(), 0, "a run failed");
    (results, seconds)
}

/// Household-months a second, with one thread and with two, and what is not running.
fn speed(scenario: &Scenario, replications: u32) {
    let source = source(scenario);
    let forks = (scenario.strategies.len() * scenario.stressors.len()) as u32;
    let (shared, own) = (
        scenario.policy_month(),
        scenario.months - scenario.policy_month(),
    );
    // What is played, not what it stands for: months before the policy date once for all forks.
    let months = f64::from(replications) * f64::from(shared + forks * own);
    let household_months = months * scenario.place.neighbourhoods[0].households.value;
    let in_memory = |threads| play(&Study::in_memory(scenario, &source), replications, threads).1;
    let one = in_memory(1);
    let two = in_memory(2);
    println!(
        "\n{} households, {} months, {forks} forks, {replications} replications (a comparison has 100)\n  \
         one thread: {one:.1} s, {:.1} million household-months a second\n  two threads: {two:.1} s, {:.2} \
         times as fast",
        scenario.place.neighbourhoods[0].households.value,
        scenario.months,
        household_months / one / 1e6,
        one / two
    );
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("run");
    let provenance = provenance(scenario);
    let opened = UnderWay::open(&folder, &provenance, "", "").expect("a run folder");
    let study = Study::in_folder(scenario, &source, &opened).thin();
    let (mut results, kept) = play(&study, replications, 1);
    let placed = study.place(&[Point::default()], Keep::Series);
    let placed = placed.expect("a point that can be");
    let played = Played::new(&placed, 0..replications, "");
    let units = placed.keys(0..replications);
    let begun = Instant::now();
    played
        .digest(&mut results, &mut |_| ())
        .expect("a journal that can be read");
    let summary = summarise(&results);
    let statistics = begun.elapsed().as_secs_f64();
    let content = RunFolder {
        results: &results,
        runs: &played,
        summary: &summary,
        provenance: &provenance,
        host: &Host::default(),
        report_html: None,
        figures: &[],
    };
    opened
        .finish(&content, &units)
        .expect("a disk that is not full");
    let writing = begun.elapsed().as_secs_f64() - statistics;
    println!(
        "  statistics {statistics:.2} s, tables {writing:.2} s, journal {:+.2} s: together {:.1} % of the \
         running",
        kept - one,
        100.0 * (statistics + writing + (kept - one).max(0.0)) / one
    );
}

/// What a run adds to this process and to the journal: small worlds, because it does not depend on
/// their size.
fn memory(scenario: &Scenario, replications: u32) {
    let source = source(scenario);
    let folder = tempfile::tempdir().expect("a folder");
    let opened = UnderWay::open(&folder.path().join("run"), &provenance(scenario), "", "");
    let opened = opened.expect("a run folder");
    let study = Study::in_folder(scenario, &source, &opened).thin();
    let forks = (scenario.strategies.len() * scenario.stressors.len()) as u32;
    println!("\nmemory of the process, of a comparison under way");
    let mut before = None;
    for count in [replications, 2 * replications, 4 * replications] {
        let (results, _) = play(&study, count, 1);
        let runs = count * forks;
        let resident = resident();
        let summary = summarise(&results);
        let more = before.map_or_else(String::new, |(runs_before, kb)| {
            let each = (resident - kb) / f64::from(runs - runs_before);
            format!(", {each:.1} kB a run more")
        });
        println!(
            "  {runs} runs: {:.0} MB{more} ({} rows)",
            resident / 1e3,
            summary.rows.len()
        );
        before = Some((runs, resident));
    }
}

/// Kilobytes of memory that this process holds; nil where the system does not say.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// Replications that the difference between two strategies takes to be known to within so much.
const WITHIN: f64 = 1.0;

/// Three ways to give chance to two strategies: of its own for each; the same until the policy date
/// and unrelated from there on, which is what one seed gives to a generator that is asked in turn, as
/// soon as one strategy asks once more; and keyed by event, as zalm does.
fn half_width(scenario: &Scenario, replications: u32) {
    let source = source(scenario);
    let at = metrics(scenario)
        .iter()
        .position(|one| one.name == "households.multi_problem");
    let at = at.expect("a metric of every scenario");
    let (null, strategy) = ("carousel", "stakeholder-model");
    let mut differences = [const { Vec::new() }; 3];
    for replication in 0..replications {
        let other = replication + 1_000_000;
        let mut world = begun(scenario, replication);
        let fork = world.snapshot();
        let base = ended(scenario, &mut world, &source, null, at);
        world.restore(&fork);
        let keyed = ended(scenario, &mut world, &source, strategy, at);
        let mut elsewhere = begun(scenario, other);
        let independent = ended(scenario, &mut elsewhere, &source, strategy, at);
        elsewhere.restore(&fork);
        let shared = ended(scenario, &mut elsewhere, &source, strategy, at);
        for (list, value) in differences.iter_mut().zip([independent, shared, keyed]) {
            list.push(value - base);
        }
    }
    println!(
        "\nreplications that take {strategy} - {null} to within {WITHIN} household in a multi-problem \
         situation (95 %), from {replications}"
    );
    let names = ["independent seeds", "one shared seed", "keyed by event"];
    for (name, values) in names.iter().zip(&differences) {
        let look = Stopping::at(Precision::Absolute(WITHIN)).look(values);
        let planned = look.map_or_else(
            |refused| refused.to_string(),
            |look| look.planned.to_string(),
        );
        println!("  {name:18} {planned}");
    }
}

/// A world at the policy date.
fn begun(scenario: &Scenario, replication: u32) -> Simulation {
    let mut world = Simulation::new(scenario, replication);
    world
        .run_to(scenario.policy_month(), None)
        .expect("no strategy acts yet");
    world
}

/// The outcome of a metric when a strategy acts from here on.
fn ended(
    scenario: &Scenario,
    world: &mut Simulation,
    source: &PluginSource,
    strategy: &str,
    metric: usize,
) -> f64 {
    let mut strategy = source.create(strategy).expect("a strategy of the scenario");
    world
        .run_to(scenario.months, Some(strategy.as_mut()))
        .expect("a run that ends");
    world.record().outcomes[metric]
}
