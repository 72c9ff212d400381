//! A small keyed generator for the statistics: designs, resamples and the order of work.
//!
//! Not for the model, whose draws are keyed by event in `zalm-model`.

use rand::rand_core::TryRng;
use std::convert::Infallible;

/// SplitMix64 started from a key: equal keys give equal draws, on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed(u64);

impl Keyed {
    /// The generator of entry `number` under `seed`.
    pub fn new(seed: u64, number: u64) -> Self {
        Self(Self(seed).at(number))
    }

    /// The generator of part `number` of this one's work.
    pub fn part(self, number: u32) -> Self {
        Self::new(self.0, number.into())
    }

    /// A number strictly between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// A whole number below `count`; the bias is below `count` / 2^64.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// The numbers below `count` in an order of chance.
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<(u64, usize)> = (0..count).map(|at| (self.next(), at)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| at).collect()
    }

    /// Bits that are a function of this generator and `number` alone.
    pub(crate) fn at(self, number: u64) -> u64 {
        mix(self.0 ^ mix(number.wrapping_add(GAMMA)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mix(self.0)
    }
}

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

impl TryRng for Keyed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers_of_splitmix64() {
        let mut generator = Keyed(0);
        assert_eq!(generator.next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(generator.next(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn draws_stay_inside_and_an_order_has_each_once() {
        let mut generator = Keyed::new(3, 4);
        for _ in 0..1000 {
            let u = generator.uniform();
            assert!(0.0 < u && u < 1.0 && generator.below(7) < 7);
        }
        let mut order = generator.order(50);
        assert_ne!(order, (0..50).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }
}
