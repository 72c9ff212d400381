//! Work whose instructions are counted: RM-1, and the whole model in a small place.
//!
//! `cargo run -p zalm-ci -- instructions` plays it under valgrind's callgrind and holds the counts
//! against those that were committed. A count is the same however busy a machine is.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::path::Path;
use zalm_benches::rm1::Rm1;
use zalm_model::Simulation;
use zalm_scenario::{Scenario, read};

/// Households of the small place.
const HOUSEHOLDS: f64 = 500.0;

fn main() {
    let word = std::env::args().nth(1).unwrap_or_default();
    match &word[..] {
        "rm1" => black_box(counted_rm1(10_000, 24)),
        "model" => black_box(counted_model(&scenario())),
        // `cargo test --benches` wants to know that this runs.
        _ => black_box(counted_rm1(100, 1) ^ counted_model(&scenario())),
    };
}

fn scenario() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/heechterp-schieringen.ron");
    let mut scenario = read(&path, &[]).expect("the default scenario").scenario;
    scenario.place.neighbourhoods.truncate(1);
    scenario.place.neighbourhoods[0].households.value = HOUSEHOLDS;
    scenario
}

/// RM-1 from its first draw to its digest. Only what happens in functions called `counted_` is
/// counted.
#[inline(never)]
fn counted_rm1(households: usize, months: u32) -> u64 {
    let mut model = Rm1::new(households, 1, 1.0);
    (0..months).for_each(|_| model.step());
    model.digest()
}

/// The whole model: a place is built and settles, lives to the policy date, is copied and put
/// back, and lives to the end.
#[inline(never)]
fn counted_model(scenario: &Scenario) -> u64 {
    let mut world = Simulation::new(scenario, 0);
    let done = world.run_to(scenario.policy_month(), None);
    done.expect("books that balance");
    let copy = world.snapshot();
    world.restore(&copy);
    let done = world.run_to(scenario.months, None);
    done.expect("books that balance");
    world.record().digest
}
