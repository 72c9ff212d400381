//! RM-1 in krABMaga: an agent a household in the schedule, a state with the team.
#![forbid(unsafe_code)]

use std::any::Any;
use std::collections::VecDeque;
use std::time::Instant;

use dense::{Asked, Counts, Hazards, Levels, Prices, Status};
use krabmaga::engine::{agent::Agent, schedule::Schedule, state::State};

#[path = "../dense.rs"]
mod dense;

#[derive(Clone)]
struct Household {
    number: u32,
    levels: Levels,
}

impl Agent for Household {
    fn step(&mut self, state: &mut dyn State) {
        let town = state
            .as_any_mut()
            .downcast_mut::<Town>()
            .expect("the state is a town");
        let seen = &mut town.seen[self.number as usize];
        let draw = dense::draw(town.key, self.number.into());
        if let Some(turned) = dense::turned(&town.hazards, &self.levels, seen.status, draw) {
            self.levels = turned;
            seen.load = dense::load(&turned);
            town.counts.events += 1;
        }
        let stands = dense::stands(seen.status, seen.load);
        if stands != seen.status {
            seen.status = stands;
            match stands {
                Status::Waiting => town.entered.push(self.number),
                _ => town.used -= 1,
            }
        }
        town.counts.pay(&self.levels, &town.prices);
    }
}

/// What the team sees of a household: agents are in the schedule, out of its reach.
#[derive(Clone, Copy)]
struct Seen {
    load: u8,
    status: Status,
}

struct Town {
    households: u32,
    seed: u64,
    key: u64,
    hazards: Hazards,
    prices: Prices,
    seen: Vec<Seen>,
    /// Who began to wait this month.
    entered: Vec<u32>,
    queue: VecDeque<u32>,
    used: usize,
    counts: Counts,
}

impl Town {
    fn new(asked: &Asked) -> Self {
        Self {
            households: asked.households,
            seed: asked.seed,
            key: 0,
            hazards: Hazards::new(1.0),
            prices: Prices::new(),
            seen: Vec::new(),
            entered: Vec::new(),
            queue: VecDeque::new(),
            used: 0,
            counts: Counts::default(),
        }
    }
}

impl State for Town {
    fn init(&mut self, schedule: &mut Schedule) {
        for number in 0..self.households {
            let levels = dense::initial_levels(self.seed, number.into());
            self.seen.push(Seen {
                load: dense::load(&levels),
                status: Status::None,
            });
            schedule.schedule_repeating(Box::new(Household { number, levels }), 0.0, 0);
        }
    }

    fn before_step(&mut self, schedule: &mut Schedule) {
        self.key = dense::month_key(self.seed, schedule.step);
    }

    fn after_step(&mut self, _: &mut Schedule) {
        // The schedule keeps no order among agents of one moment; the queue goes by number.
        self.entered.sort_unstable();
        self.queue.extend(self.entered.drain(..));
        let capacity = self.households as usize / 20;
        while self.used < capacity {
            let Some(number) = self.queue.pop_front() else {
                break;
            };
            let seen = &mut self.seen[number as usize];
            seen.status = dense::called(seen.load);
            self.used += usize::from(seen.status == Status::Supported);
        }
        self.counts.pay_team(self.used);
    }

    fn reset(&mut self) {}

    fn update(&mut self, _: u64) {}

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
}

fn main() {
    let asked = dense::asked();
    let mut town = Town::new(&asked);
    let mut schedule = Schedule::new();
    town.init(&mut schedule);
    let begun = Instant::now();
    for _ in 0..asked.months {
        schedule.step(&mut town);
    }
    let took = begun.elapsed();
    let loads = town.seen.iter().map(|seen| u64::from(seen.load)).sum();
    dense::tell("krabmaga", &asked, took, &town.counts, loads);
}
