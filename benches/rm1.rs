//! RM-1: the reference micro-model in plain loops over plain arrays, the yardstick for the sweep.
//!
//! A kernel, not the model: households with eight levels, one draw each a month, a team with a
//! queue, whole cents. All whole numbers, so that another implementation can be held to the same
//! digest. This is the cached form: the total hazard of a household is kept, and everything else
//! is touched only when something happens. The dense form in the tests recomputes all of it.
//!
//! Where the definition leaves a choice, this file makes it: the draw of the initial levels
//! (`rm1/chance.rs`), rounding of hazards down, eight payers, costs after the queue, and the
//! digest ([`Rm1::digest`]). Digests published for other implementations therefore differ; the
//! aggregates agree (mean load 1.863 at 100,000 households after 120 months, 5 % transitions).

use std::collections::VecDeque;

use chance::{Hazards, draw, initial_levels, month_key, price};

mod chance;

const DOMAINS: usize = 8;
const LEVELS: usize = 5;
const PAYERS: usize = 8;
/// Households looked at together: their draws fill vector registers.
const BLOCK: usize = 64;

/// Whether a household is in support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Status {
    None = 0,
    Waiting = 1,
    Supported = 2,
}

/// The state of RM-1, one array per quantity.
pub struct Rm1 {
    hazards: Hazards,
    seed: u64,
    month: u64,
    capacity: usize,
    used: usize,
    levels: Vec<[u8; DOMAINS]>,
    status: Vec<Status>,
    start: Vec<u32>,
    hazard: Vec<u32>,
    queue: VecDeque<u32>,
    histogram: [[u64; LEVELS]; DOMAINS],
    /// Household-months in which a level changed, count.
    pub transitions: u64,
    /// What each payer has paid, cents.
    pub costs: [u64; PAYERS],
}

impl Rm1 {
    /// `households` at month 0; `rate` multiplies every chance (1.0 or 0.5).
    pub fn new(households: usize, seed: u64, rate: f64) -> Self {
        let hazards = Hazards::new(rate);
        let levels: Vec<_> = (0..households)
            .map(|i| initial_levels(seed, i as u64))
            .collect();
        let total = |levels| hazards.walk(levels, Status::None).iter().sum();
        let hazard = levels.iter().map(total).collect();
        let mut histogram = [[0; LEVELS]; DOMAINS];
        for (domain, &level) in levels.iter().flat_map(|levels| levels.iter().enumerate()) {
            histogram[domain][usize::from(level)] += 1;
        }
        Self {
            hazards,
            seed,
            month: 0,
            capacity: households / 20,
            used: 0,
            levels,
            status: vec![Status::None; households],
            start: vec![0; households],
            hazard,
            queue: VecDeque::new(),
            histogram,
            transitions: 0,
            costs: [0; PAYERS],
        }
    }

    /// Plays one month.
    pub fn step(&mut self) {
        let key = month_key(self.seed, self.month);
        for first in (0..self.hazard.len()).step_by(BLOCK) {
            let struck = self.struck(key, first);
            if self.month == 0 {
                self.first_visit(key, first, &struck);
                continue;
            }
            for (group, bytes) in struck.chunks_exact(8).enumerate() {
                let bytes = bytes
                    .iter()
                    .rev()
                    .fold(0, |word, &byte| word << 8 | u64::from(byte));
                let mut rest = bytes;
                while rest != 0 {
                    let household = first + group * 8 + rest.trailing_zeros() as usize / 8;
                    self.happen(household, draw(key, household as u64));
                    rest &= rest - 1;
                }
            }
        }
        self.admit();
        self.pay();
        self.month += 1;
    }

    /// Which households of a block are struck this month: 1 or 0 each.
    fn struck(&self, key: u64, first: usize) -> [u8; BLOCK] {
        let mut struck = [0; BLOCK];
        let block = self.hazard[first..].iter().zip(&mut struck);
        for (offset, (hazard, hit)) in block.enumerate() {
            *hit = u8::from(draw(key, (first + offset) as u64) < *hazard);
        }
        struck
    }

    /// In the first month some are burdened from the start: every household is looked at.
    fn first_visit(&mut self, key: u64, first: usize, struck: &[u8; BLOCK]) {
        for household in first..(first + BLOCK).min(self.levels.len()) {
            if struck[household - first] == 1 {
                self.happen(household, draw(key, household as u64));
            } else {
                self.enter_or_leave(household);
            }
        }
    }

    /// Mean over households of the sum of levels.
    pub fn mean_load(&self) -> f64 {
        let loads = self.levels.iter().map(|levels| u64::from(load(levels)));
        loads.sum::<u64>() as f64 / self.levels.len() as f64
    }

    /// Digest of the final state: FNV-1a over, per household, the eight levels, the status and the
    /// start month (4 bytes, little-endian).
    pub fn digest(&self) -> u64 {
        let mut digest = 0xCBF2_9CE4_8422_2325_u64;
        for ((levels, status), start) in self.levels.iter().zip(&self.status).zip(&self.start) {
            let bytes = levels
                .iter()
                .copied()
                .chain([*status as u8])
                .chain(start.to_le_bytes());
            for byte in bytes {
                digest = (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
            }
        }
        digest
    }

    /// Applies the one transition that the draw points at.
    fn happen(&mut self, household: usize, draw: u32) {
        let chances = self
            .hazards
            .walk(&self.levels[household], self.status[household]);
        let mut sum = 0;
        for (at, chance) in chances.into_iter().enumerate() {
            sum += chance;
            if draw < sum {
                self.turn(household, at / 2, at % 2 == 0);
                break;
            }
        }
        self.enter_or_leave(household);
        self.refresh(household);
    }

    fn turn(&mut self, household: usize, domain: usize, up: bool) {
        let level = &mut self.levels[household][domain];
        self.histogram[domain][usize::from(*level)] -= 1;
        *level = if up { *level + 1 } else { *level - 1 };
        self.histogram[domain][usize::from(*level)] += 1;
        self.transitions += 1;
    }

    /// Leaves the team when well, joins the queue when burdened.
    fn enter_or_leave(&mut self, household: usize) {
        let load = load(&self.levels[household]);
        match self.status[household] {
            Status::Supported if load <= 2 => {
                self.status[household] = Status::None;
                self.used -= 1;
            }
            Status::None if load >= 5 => {
                self.status[household] = Status::Waiting;
                self.queue.push_back(household as u32);
            }
            _ => {}
        }
    }

    fn admit(&mut self) {
        while self.used < self.capacity {
            let Some(next) = self.queue.pop_front() else {
                break;
            };
            let household = next as usize;
            if load(&self.levels[household]) >= 5 {
                self.status[household] = Status::Supported;
                self.start[household] = self.month as u32;
                self.used += 1;
                self.refresh(household);
            } else {
                self.status[household] = Status::None;
            }
        }
    }

    fn refresh(&mut self, household: usize) {
        let chances = self
            .hazards
            .walk(&self.levels[household], self.status[household]);
        self.hazard[household] = chances.iter().sum();
    }

    fn pay(&mut self) {
        for (domain, levels) in self.histogram.iter().enumerate() {
            for (level, count) in levels.iter().enumerate() {
                for (payer, cost) in self.costs.iter_mut().enumerate() {
                    *cost += count * price(domain, level, payer);
                }
            }
        }
        self.costs[0] += 900 * self.used as u64;
    }
}

fn load(levels: &[u8; DOMAINS]) -> u8 {
    levels.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dense form: every hazard and price of every household, every month.
    fn dense_step(model: &mut Rm1) {
        let key = month_key(model.seed, model.month);
        for household in 0..model.levels.len() {
            let draw = draw(key, household as u64);
            model.happen(household, draw);
        }
        model.admit();
        for levels in &model.levels {
            for (domain, &level) in levels.iter().enumerate() {
                for (payer, cost) in model.costs.iter_mut().enumerate() {
                    *cost += price(domain, usize::from(level), payer);
                }
            }
        }
        model.costs[0] += 900 * model.used as u64;
        model.month += 1;
    }

    #[test]
    fn cached_is_dense() {
        let (mut cached, mut dense) = (Rm1::new(3_000, 1, 1.0), Rm1::new(3_000, 1, 1.0));
        for _ in 0..60 {
            cached.step();
            dense_step(&mut dense);
            assert_eq!(cached.digest(), dense.digest());
        }
        assert_eq!(cached.costs, dense.costs);
        assert_eq!(cached.transitions, dense.transitions);
    }

    #[test]
    fn aggregates_are_those_of_the_published_model() {
        let mut model = Rm1::new(100_000, 1, 1.0);
        (0..120).for_each(|_| model.step());
        let share = model.transitions as f64 / 12_000_000.0;
        assert!((share - 0.050).abs() < 0.001, "{share}");
        // Published: 1.8630 with standard error 0.0088, over seeds.
        assert!(
            (model.mean_load() - 1.863).abs() < 4.0 * 0.0088,
            "{}",
            model.mean_load()
        );
    }

    #[test]
    fn digests_are_ours() {
        let digest = |households| {
            let mut model = Rm1::new(households, 1, 1.0);
            (0..120).for_each(|_| model.step());
            model.digest()
        };
        assert_eq!(digest(10_000), 0x14a4_07f5_cedc_549d);
        assert_eq!(digest(100_000), 0xbe3d_efd3_34d3_e3cc);
    }
}
