//! What a month costs: the whole model, its household sweep against plain loops, a fork, a world.
//!
//! `cargo bench -p zalm-benches --bench month`. Times are of this machine at this moment; the
//! ratios, taken in turns in one run, are what can be compared.
#![forbid(unsafe_code)]

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use zalm_benches::interleaved::{Contender, machine, quantile, timed};
use zalm_benches::plain::Plain;
use zalm_benches::rm1::Rm1;
use zalm_model::Simulation;
use zalm_model::bench::{Columns, Sweep};
use zalm_scenario::{Scenario, read};

fn main() {
    // `cargo test --benches` wants to know that this runs, not how fast.
    let quick = std::env::args().any(|argument| argument == "--test");
    println!("{}", machine());
    for households in [2_210, 100_000] {
        sweep_against_plain_loops(households, if quick { 1 } else { 21 });
        month_against_plain_loops(households, if quick { 1 } else { 11 });
    }
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(5))
        .sample_size(10)
        .configure_from_args();
    for households in [2_210, 100_000] {
        whole_month(&mut criterion, households);
        fork(&mut criterion, households);
        build(&mut criterion, households);
    }
    criterion.final_summary();
}

/// The default scenario with another number of households.
fn scenario(households: u32) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/heechterp-schieringen.ron");
    let mut scenario = read(&path, &[]).expect("the default scenario").scenario;
    scenario.place.neighbourhoods.truncate(1);
    scenario.place.neighbourhoods[0].households.value = f64::from(households);
    scenario
}

/// Months of the sweep in a round.
const MONTHS: u32 = 60;

/// The contender that the others are held against.
const PLAIN: &str = "plain loops";

/// The sweep in the ECS and by hand, with RM-1 beside them: a kernel with fewer states, whose
/// figures are published.
fn sweep_against_plain_loops(households: u32, rounds: usize) {
    let scenario = scenario(households);
    let share = check_that_they_agree(&scenario);
    let contenders = [
        Contender {
            name: "sweep",
            round: Box::new(|| {
                let mut sweep = Sweep::new(&scenario, 0);
                Box::new(move || (0..MONTHS).for_each(|_| sweep.month()))
            }),
        },
        Contender {
            name: PLAIN,
            round: Box::new(|| {
                let mut plain = by_hand(&scenario);
                Box::new(move || (0..MONTHS).for_each(|_| plain.month()))
            }),
        },
        Contender {
            name: "RM-1",
            round: Box::new(|| {
                let mut rm1 = Rm1::new(households as usize, 1, 1.0);
                Box::new(move || (0..MONTHS).for_each(|_| rm1.step()))
            }),
        },
    ];
    println!(
        "\nhousehold sweep, {households} households, {:.1} % events a month",
        100.0 * share
    );
    race(
        &contenders,
        rounds,
        f64::from(households) * f64::from(MONTHS),
    );
}

/// Times the contenders in turns, and tells each as a multiple of the one called plain loops.
fn race(contenders: &[Contender<'_>], rounds: usize, household_months: f64) {
    let seconds = timed(contenders, rounds);
    let plain = contenders.iter().position(|one| one.name == PLAIN);
    let plain = plain.expect("plain loops among the contenders");
    for (which, contender) in contenders.iter().enumerate() {
        let column = |of: &dyn Fn(&Vec<f64>) -> f64| seconds.iter().map(of).collect::<Vec<f64>>();
        let each = column(&|round| round[which] / household_months * 1e9);
        let ratio = column(&|round| round[which] / round[plain]);
        println!(
            "  {:12} {:6.2} ns per household-month; {:.2} x plain loops (quartiles {:.2} to {:.2})",
            contender.name,
            quantile(each, 0.5),
            quantile(ratio.clone(), 0.5),
            quantile(ratio.clone(), 0.25),
            quantile(ratio, 0.75),
        );
    }
}

/// The whole month, without a strategy, in the two years after the policy date, against plain loops
/// over what it does to every household: the sweep, and in each quarter all cached hazards, as often
/// as they can change for a whole neighbourhood. What the month does beyond that, to those in help
/// and on the move, to payers, projects and neighbourhoods, is not in the plain loops: the ratio
/// says what all of it costs together.
fn month_against_plain_loops(households: u32, rounds: usize) {
    let scenario = scenario(households);
    let (from, months) = (scenario.policy_month(), 24);
    let mut simulation = Simulation::new(&scenario, 0);
    simulation.run_to(from, None).expect("books that balance");
    let copy = simulation.snapshot();
    let contenders = [
        Contender {
            name: "whole month",
            round: Box::new(|| {
                let mut simulation = Simulation::new(&scenario, 0);
                simulation.restore(&copy);
                Box::new(move || {
                    let end = simulation.run_to(from + months, None);
                    end.expect("books that balance");
                })
            }),
        },
        Contender {
            name: PLAIN,
            round: Box::new(|| {
                let mut simulation = Simulation::new(&scenario, 0);
                simulation.restore(&copy);
                let columns = Columns::of_run(&mut simulation);
                let mut plain = Plain::new(columns, &scenario, 0, from);
                Box::new(move || {
                    for month in 0..months {
                        if month % 3 == 0 {
                            plain.refresh_all();
                        }
                        plain.month();
                    }
                })
            }),
        },
    ];
    println!("\nwhole month, {households} households");
    race(
        &contenders,
        rounds,
        f64::from(households) * f64::from(months),
    );
}

fn by_hand(scenario: &Scenario) -> Plain {
    Plain::new(Sweep::new(scenario, 0).columns(), scenario, 0, 0)
}

/// Both must end in the same state, or a ratio between them says nothing. Share of
/// household-months in which something happens.
fn check_that_they_agree(scenario: &Scenario) -> f64 {
    let (mut sweep, mut plain) = (Sweep::new(scenario, 0), by_hand(scenario));
    for _ in 0..MONTHS {
        sweep.month();
        plain.month();
    }
    let swept = sweep.columns();
    assert!(
        swept
            .levels
            .iter()
            .map(|levels| levels.0)
            .eq(plain.levels()),
        "other severities"
    );
    let served = swept.care.iter().map(|care| care.served);
    assert!(served.eq(plain.served()), "other places in use");
    plain.events as f64 / swept.levels.len() as f64 / f64::from(MONTHS)
}

/// The whole model without a strategy, in the year after the policy date.
fn whole_month(criterion: &mut Criterion, households: u32) {
    let scenario = scenario(households);
    let from = scenario.policy_month();
    let mut simulation = Simulation::new(&scenario, 0);
    simulation.run_to(from, None).expect("books that balance");
    let copy = simulation.snapshot();
    let mut group = criterion.benchmark_group("month of the whole model");
    group.throughput(Throughput::Elements(u64::from(households) * 12));
    group.bench_function(BenchmarkId::from_parameter(households), |bencher| {
        bencher.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                simulation.restore(&copy);
                let start = std::time::Instant::now();
                simulation
                    .run_to(from + 12, None)
                    .expect("books that balance");
                spent += start.elapsed();
            }
            spent
        });
    });
    group.finish();
}

/// A copy of the state and its way back.
fn fork(criterion: &mut Criterion, households: u32) {
    let scenario = scenario(households);
    let mut simulation = Simulation::new(&scenario, 0);
    simulation.run_to(12, None).expect("books that balance");
    let copy = simulation.snapshot();
    let mut group = criterion.benchmark_group("fork");
    group.throughput(Throughput::Elements(u64::from(households)));
    group.bench_function(BenchmarkId::new("snapshot", households), |bencher| {
        bencher.iter(|| black_box(simulation.snapshot()));
    });
    group.bench_function(BenchmarkId::new("restore", households), |bencher| {
        bencher.iter(|| simulation.restore(black_box(&copy)));
    });
    group.finish();
}

/// A world at month 0.
fn build(criterion: &mut Criterion, households: u32) {
    let scenario = scenario(households);
    let mut group = criterion.benchmark_group("build");
    group.throughput(Throughput::Elements(u64::from(households)));
    group.bench_function(BenchmarkId::from_parameter(households), |bencher| {
        bencher.iter_batched(
            || (),
            |()| Simulation::new(black_box(&scenario), 0),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}
