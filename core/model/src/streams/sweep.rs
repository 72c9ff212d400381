//! The cheap draw of the monthly sweep over all households: one 64-bit mix per household.
//!
//! Philox costs more than the rest of the sweep together. This function answers the same kind of
//! question, (seed, replication, household id, month), and passes the same tests (`quality.rs`).

use super::{GOLDEN, hash64, mix64};

/// Name under which the sweep's key is hashed; no other stream may use it.
const NAME: &str = "household.sweep";

/// Key of the household sweep in one month of one replication.
///
/// Defined by: `base = hash64(seed, replication, "household.sweep")`,
/// `key = mix64(base ^ (month + 1) * G)`, `word(id) = mix64(key + (id + 1) * G)`; arithmetic
/// modulo 2^64, `mix64` and `G` those of splitmix64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepKey(u64);

impl SweepKey {
    /// The key for `month` (index from the scenario's first month).
    pub fn new(seed: u64, replication: u32, month: u32) -> Self {
        let base = hash64(seed, replication, NAME);
        Self(mix64(base ^ (u64::from(month) + 1).wrapping_mul(GOLDEN)))
    }

    /// 32 uniform bits for household `id`: does anything happen? Compare with hazard times 2^32.
    #[inline]
    pub fn draw(self, id: u64) -> u32 {
        (self.word(id) >> 32) as u32
    }

    /// 32 more uniform bits for household `id`, independent of [`Self::draw`]: what happens?
    #[inline]
    pub fn draw2(self, id: u64) -> u32 {
        self.word(id) as u32
    }

    #[inline]
    fn word(self, id: u64) -> u64 {
        mix64(self.0.wrapping_add(id.wrapping_add(1).wrapping_mul(GOLDEN)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_0_is_the_published_splitmix64_sequence() {
        let words = [
            0xe220_a839_7b1d_cdaf_u64,
            0x6e78_9e6a_a1b9_65f4,
            0x06c4_5d18_8009_454f,
        ];
        for (id, word) in words.into_iter().enumerate() {
            assert_eq!(SweepKey(0).draw(id as u64), (word >> 32) as u32);
            assert_eq!(SweepKey(0).draw2(id as u64), word as u32);
        }
    }

    // Vectors computed by a separate program (Python, whole numbers of any length).
    #[test]
    fn draws_have_their_vectors() {
        let draws = |seed, replication, month| {
            let key = SweepKey::new(seed, replication, month);
            [key.draw(0), key.draw(1), key.draw(u64::MAX), key.draw2(0)]
        };
        assert_eq!(
            draws(0, 0, 0),
            [0x7580_3bf0, 0x3b1d_e2bf, 0x53a9_b782, 0xaa96_1a6f]
        );
        assert_eq!(
            draws(1, 0, 0),
            [0xb88f_c421, 0x3d61_90ce, 0x9137_598c, 0x79a3_a2b2]
        );
        assert_eq!(
            draws(1, 2, 119),
            [0x0ac4_7731, 0xb31a_7308, 0x1968_13a2, 0xd86c_b9fc]
        );
    }
}
