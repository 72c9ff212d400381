//! RM-1's dense rule for one household, and what goes in and comes out: the same for every tool in
//! Rust, so that what differs between them is the tool.

use std::time::Duration;

pub use chance::{Hazards, draw, initial_levels, month_key};

#[path = "../rm1/chance.rs"]
mod chance;

pub const DOMAINS: usize = 8;
const LEVELS: usize = 5;
const PAYERS: usize = 8;

/// Level of each domain.
pub type Levels = [u8; DOMAINS];

/// Whether a household is in support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    None,
    Waiting,
    Supported,
}

/// Cents a month by domain, level, payer.
pub struct Prices([[[u64; PAYERS]; LEVELS]; DOMAINS]);

impl Prices {
    pub fn new() -> Self {
        let payers =
            |domain, level| std::array::from_fn(|payer| chance::price(domain, level, payer));
        let levels = |domain| std::array::from_fn(|level| payers(domain, level));
        Self(std::array::from_fn(levels))
    }
}

/// What is counted over the months.
#[derive(Default)]
pub struct Counts {
    /// Household-months in which a level changed.
    pub events: u64,
    /// What each payer has paid, cents.
    pub costs: [u64; PAYERS],
}

impl Counts {
    /// Adds what the levels of a household cost this month.
    pub fn pay(&mut self, levels: &Levels, prices: &Prices) {
        for (&level, prices) in levels.iter().zip(&prices.0) {
            for (cost, price) in self.costs.iter_mut().zip(&prices[usize::from(level)]) {
                *cost += price;
            }
        }
    }

    /// Adds what the team costs this month.
    pub fn pay_team(&mut self, supported: usize) {
        self.costs[0] += 900 * supported as u64;
    }
}

/// The levels after the one transition that the draw points at, if it points at one.
pub fn turned(hazards: &Hazards, levels: &Levels, status: Status, draw: u32) -> Option<Levels> {
    let chances = hazards.walk(levels, status);
    if draw >= chances.iter().sum() {
        return None;
    }
    let mut turned = *levels;
    let mut sum = 0;
    for (at, chance) in chances.into_iter().enumerate() {
        sum += chance;
        if draw < sum {
            let level = &mut turned[at / 2];
            *level = if at % 2 == 0 { *level + 1 } else { *level - 1 };
            break;
        }
    }
    Some(turned)
}

/// Where a household stands after its month: it leaves the team when well and waits when burdened.
pub fn stands(status: Status, load: u8) -> Status {
    match status {
        Status::Supported if load <= 2 => Status::None,
        Status::None if burdened(load) => Status::Waiting,
        stays => stays,
    }
}

/// Where a household stands whose turn in the queue has come.
pub fn called(load: u8) -> Status {
    if burdened(load) {
        Status::Supported
    } else {
        Status::None
    }
}

fn burdened(load: u8) -> bool {
    load >= 5
}

/// Sum of the levels.
pub fn load(levels: &Levels) -> u8 {
    levels.iter().sum()
}

/// What the command line asks for.
pub struct Asked {
    pub households: u32,
    pub months: u32,
    pub seed: u64,
}

pub fn asked() -> Asked {
    let numbers: Vec<u32> = std::env::args()
        .skip(1)
        .map_while(|word| word.parse().ok())
        .collect();
    let [households, months, seed] = numbers[..] else {
        panic!("expected: HOUSEHOLDS MONTHS SEED");
    };
    Asked {
        households,
        months,
        seed: seed.into(),
    }
}

/// Prints one JSON line; `loads` is the sum of all levels of all households.
pub fn tell(contender: &str, asked: &Asked, took: Duration, counts: &Counts, loads: u64) {
    println!(
        "{{\"contender\": \"{contender}\", \"seconds\": {}, \"events\": {}, \"load\": {:?}, \"cost0\": {}}}",
        took.as_secs_f64(),
        counts.events,
        loads as f64 / f64::from(asked.households),
        counts.costs[0]
    );
}
