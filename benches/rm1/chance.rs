//! The chances of RM-1, its draws and its prices: whole numbers, the same everywhere.

use super::{DOMAINS, LEVELS, Status};

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
const UP: [f64; LEVELS] = [0.0018, 0.010, 0.009, 0.006, 0.0];
const DOWN: [f64; LEVELS] = [0.0, 0.030, 0.022, 0.016, 0.012];

/// Monthly chances times 2^32, by support, number of other domains in trouble, level.
pub struct Hazards {
    up: [[[u32; LEVELS]; DOMAINS]; 2],
    down: [[[u32; LEVELS]; DOMAINS]; 2],
}

impl Hazards {
    pub fn new(rate: f64) -> Self {
        let mut hazards = Self {
            up: [[[0; LEVELS]; DOMAINS]; 2],
            down: [[[0; LEVELS]; DOMAINS]; 2],
        };
        let whole = |p: f64| (p * rate * 2.0_f64.powi(32)) as u32;
        for others in 0..DOMAINS {
            let k = others as f64;
            for level in 0..LEVELS {
                let (up, down) = (UP[level] * (1.0 + 0.35 * k), DOWN[level] / (1.0 + 0.15 * k));
                hazards.up[0][others][level] = whole(up);
                hazards.up[1][others][level] = whole(up * 0.6);
                hazards.down[0][others][level] = whole(down);
                hazards.down[1][others][level] = whole(down * 3.0);
            }
        }
        hazards
    }

    /// The 16 chances of a household in the order in which a draw walks them.
    pub fn walk(&self, levels: &[u8; DOMAINS], status: Status) -> [u32; 2 * DOMAINS] {
        let support = usize::from(status == Status::Supported);
        let troubled = levels.iter().filter(|&&level| level > 0).count();
        let mut chances = [0; 2 * DOMAINS];
        for (domain, &level) in levels.iter().enumerate() {
            let others = troubled - usize::from(level > 0);
            chances[2 * domain] = self.up[support][others][usize::from(level)];
            chances[2 * domain + 1] = self.down[support][others][usize::from(level)];
        }
        chances
    }
}

/// Levels at the start: .90 .04 .03 .02 .01 in each domain, by draw `household * 8 + domain` of the
/// month before the first.
pub fn initial_levels(seed: u64, household: u64) -> [u8; DOMAINS] {
    let key = month_key(seed, u64::MAX);
    std::array::from_fn(|domain| {
        let u = f64::from(draw(key, household * 8 + domain as u64)) / 2.0_f64.powi(32);
        [0.90, 0.94, 0.97, 0.99]
            .iter()
            .filter(|&&bound| u >= bound)
            .count() as u8
    })
}

/// Cents a month of a level in a domain for a payer.
pub fn price(domain: usize, level: usize, payer: usize) -> u64 {
    ((level * level * (100 + 37 * domain + 11 * payer)) % 1_000) as u64
}

pub fn month_key(seed: u64, month: u64) -> u64 {
    mix64(mix64(seed.wrapping_add(GOLDEN)) ^ month.wrapping_add(1).wrapping_mul(GOLDEN))
}

#[inline]
pub fn draw(key: u64, index: u64) -> u32 {
    (mix64(key.wrapping_add(index.wrapping_mul(GOLDEN))) >> 32) as u32
}

#[inline]
fn mix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
