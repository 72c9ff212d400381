//! A generator for libraries that want one: Philox over an incrementing counter.
//!
//! For uses where a draw does belong to a row of draws: bootstrap, synthesis of a population with
//! the distributions of `rand`. Mechanisms ask [`super::Stream`] instead.

use std::convert::Infallible;

use rand::rand_core::TryRng;

use super::{halves, mix64, philox4x32};

/// Separates the key of a sequence from the key of the stream that it comes from.
const TAG: u64 = 0x5345_5155_454E_4345; // "SEQUENCE"

/// The sequence of one (stream, entity); implements [`rand::rand_core::Rng`].
///
/// Block `b` (0, 1, ..) is Philox4x32-10 of the counter (entity low, entity high, `b` low, `b`
/// high) under the key `mix64(stream key ^ "SEQUENCE")`, words low first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    key: [u32; 2],
    entity: u64,
    next_block: u64,
    words: [u32; 4],
    used: usize,
}

impl Sequence {
    pub(super) fn new(stream_key: u64, entity: u64) -> Self {
        let key = halves(mix64(stream_key ^ TAG));
        Self {
            key,
            entity,
            next_block: 0,
            words: [0; 4],
            used: 4,
        }
    }

    fn word(&mut self) -> u32 {
        if self.used == self.words.len() {
            let [entity_low, entity_high] = halves(self.entity);
            let [block_low, block_high] = halves(self.next_block);
            self.words = philox4x32([entity_low, entity_high, block_low, block_high], self.key);
            self.next_block = self.next_block.wrapping_add(1);
            self.used = 0;
        }
        let word = self.words[self.used];
        self.used += 1;
        word
    }
}

impl TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.word());
        Ok((u64::from(self.word()) << 32) | low)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rand::RngExt;
    use rand::rand_core::Rng;

    use super::super::Streams;

    #[test]
    fn words_bytes_and_longs_are_the_same_sequence() {
        let stream = Streams::new(1, 2).named("population");
        let mut words = stream.sequence(7);
        let words: Vec<u32> = (0..6).map(|_| words.next_u32()).collect();
        let mut longs = stream.sequence(7);
        for pair in words.chunks(2) {
            assert_eq!(
                longs.next_u64(),
                u64::from(pair[0]) | (u64::from(pair[1]) << 32)
            );
        }
        let mut bytes = [0; 22];
        stream.sequence(7).fill_bytes(&mut bytes);
        let expected: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        assert_eq!(bytes[..], expected[..22]);
    }

    // Vectors computed by a separate program (Python, whole numbers of any length).
    #[test]
    fn blocks_have_their_vectors() {
        let mut sequence = Streams::new(1, 2).named("population").sequence(7);
        let words: Vec<u32> = (0..8).map(|_| sequence.next_u32()).collect();
        let first = [0x8b0a_792e, 0xb1db_d788, 0x7ec1_30f3, 0x3c5e_3ca3];
        let second = [0x53fd_1569, 0x6d9c_cab9, 0x6a57_b41f, 0xebf6_a655];
        assert_eq!(words[..4], first);
        assert_eq!(words[4..], second);
    }

    #[test]
    fn sequences_of_other_entities_and_streams_differ() {
        let streams = Streams::new(1, 2);
        let first = |name: &str, entity| streams.named(name).sequence(entity).next_u64();
        assert_ne!(first("a", 0), first("a", 1));
        assert_ne!(first("a", 0), first("b", 0));
        let [word, ..] = streams.named("a").bits(0, 0, 0);
        assert_ne!(streams.named("a").sequence(0).next_u32(), word);
    }

    #[test]
    fn distributions_of_rand_accept_it() {
        let mut sequence = Streams::new(1, 0).named("population").sequence(0);
        let dice: Vec<u32> = (0..6_000).map(|_| sequence.random_range(1..=6)).collect();
        let mean = f64::from(dice.iter().sum::<u32>()) / 6_000.0;
        // Standard error of the mean: 1.708 / sqrt(6000) = 0.022.
        assert!((mean - 3.5).abs() < 0.1, "{mean}");
    }
}
