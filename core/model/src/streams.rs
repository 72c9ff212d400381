//! Randomness as a function: the same question always gets the same answer.
//!
//! A draw is a function of *what is drawn for*: (seed, replication, stream name, entity id, month,
//! slot). No draw depends on whether another draw was made, so one more household, another strategy
//! or another thread order moves nothing else. The strategy and parameter values never enter the
//! key: they move the threshold, not the draw.
//!
//! | question | answer | file |
//! |---|---|---|
//! | any draw | [`Stream`], Philox4x32-10 | `philox.rs` |
//! | the monthly sweep over all households | [`SweepKey`], a 64-bit mix | `sweep.rs` |
//! | a library wants a generator | [`Sequence`] | `sequence.rs` |
//!
//! Names and numbers of streams are written in the code that draws, as `"mechanism.what"`.

mod normal;
mod philox;
#[cfg(test)]
mod quality;
mod sequence;
mod sweep;

pub use normal::normal_quantile;
pub use philox::philox4x32;
pub use sequence::Sequence;
pub use sweep::SweepKey;

use crate::wide::wide;
use philox::philox4x32_beside;

/// The golden ratio times 2^64, rounded to odd: the step of splitmix64.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Finaliser of splitmix64: every input bit reaches every output bit; a bijection.
#[inline]
fn mix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Hash of (seed, replication, stream name) to 64 bits, the same on every machine.
///
/// FNV-1a (offset `cbf29ce484222325`, prime `100000001b3`) over: seed as 8 bytes little-endian,
/// replication as 4 bytes little-endian, name as UTF-8; the result through the finaliser of
/// splitmix64.
pub fn hash64(seed: u64, replication: u32, name: &str) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325_u64;
    let numbers = seed
        .to_le_bytes()
        .into_iter()
        .chain(replication.to_le_bytes());
    for byte in numbers.chain(name.bytes()) {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    mix64(h)
}

/// All randomness of one run: makes named streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streams {
    seed: u64,
    replication: u32,
}

impl Streams {
    /// The randomness of replication `replication` of an experiment with `seed`.
    pub fn new(seed: u64, replication: u32) -> Self {
        Self { seed, replication }
    }

    /// The randomness of the time before month 0: no draw of it comes back later.
    pub fn before(&self) -> Self {
        Self {
            seed: mix64(self.seed.wrapping_add(GOLDEN)),
            ..*self
        }
    }

    /// The stream called `name`, such as `"tie.official_leaves"`: one kind of draw.
    pub fn named(&self, name: &str) -> Stream {
        Stream {
            key: hash64(self.seed, self.replication, name),
        }
    }

    /// The key of the household sweep in `month`.
    pub fn sweep(&self, month: u32) -> SweepKey {
        SweepKey::new(self.seed, self.replication, month)
    }
}

/// One kind of draw: a precomputed key. Copy it freely.
///
/// `entity` is a stable id (never a row or an ECS entity), `month` the month index, `slot` numbers
/// the draws of this kind for this entity in this month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: u64,
}

impl Stream {
    /// Four words of 32 uniform bits.
    #[inline]
    pub fn bits(&self, entity: u64, month: u32, slot: u32) -> [u32; 4] {
        philox4x32(
            [entity as u32, (entity >> 32) as u32, month, slot],
            halves(self.key),
        )
    }

    /// 64 uniform bits: the first two words, the first one high.
    #[inline]
    pub fn bits64(&self, entity: u64, month: u32, slot: u32) -> u64 {
        let [high, low, ..] = self.bits(entity, month, slot);
        (u64::from(high) << 32) | u64::from(low)
    }

    /// A uniform number, strictly between 0 and 1, in 2^52 steps.
    #[inline]
    pub fn uniform(&self, entity: u64, month: u32, slot: u32) -> f64 {
        open_unit(self.bits64(entity, month, slot))
    }

    /// Uniform numbers for months 0 to `M` and slots 0 to `S`: those that [`Self::uniform`] gives one
    /// by one.
    pub fn uniforms<const M: usize, const S: usize>(&self, entity: u64) -> [[f64; S]; M] {
        let [low, high] = halves(entity);
        let slots = std::array::from_fn(|slot| slot as u32);
        let mut bits = [[0; S]; M];
        wide(|| {
            for (month, bits) in (0..).zip(&mut bits) {
                *bits = self.beside([[low; S], [high; S], [month; S], slots]);
            }
        });
        bits.map(|slots| slots.map(open_unit))
    }

    /// Uniform numbers of many entities: those that [`Self::uniform`] gives one by one.
    pub fn uniform_of(&self, entities: &[u64], month: u32, slot: u32) -> Vec<f64> {
        /// Entities that are drawn for at once.
        const BESIDE: usize = 16;
        let mut bits = Vec::with_capacity(entities.len() + BESIDE);
        wide(|| {
            for entities in entities.chunks(BESIDE) {
                let (mut low, mut high) = ([0; BESIDE], [0; BESIDE]);
                for ((low, high), &entity) in low.iter_mut().zip(&mut high).zip(entities) {
                    [*low, *high] = halves(entity);
                }
                bits.extend(self.beside([low, high, [month; BESIDE], [slot; BESIDE]]));
            }
        });
        bits.truncate(entities.len());
        bits.into_iter().map(open_unit).collect()
    }

    /// The bits of several counters, those of [`Self::bits64`].
    #[expect(
        clippy::inline_always,
        reason = "so that it has the vectors of its caller"
    )]
    #[inline(always)]
    fn beside<const N: usize>(&self, counters: [[u32; N]; 4]) -> [u64; N] {
        let [high, low, ..] = philox4x32_beside(counters, halves(self.key));
        let mut bits = [0; N];
        for (bits, (high, low)) in bits.iter_mut().zip(high.into_iter().zip(low)) {
            *bits = (u64::from(high) << 32) | u64::from(low);
        }
        bits
    }

    /// Whether something of probability `p` happens: never for `p <= 0`, always for `p >= 1`.
    #[inline]
    pub fn chance(&self, p: f64, entity: u64, month: u32, slot: u32) -> bool {
        // A draw is never 0: where nothing can happen none is needed.
        p > 0.0 && self.uniform(entity, month, slot) < p
    }

    /// A standard normal number (mean 0, standard deviation 1), by inverse transform.
    pub fn normal(&self, entity: u64, month: u32, slot: u32) -> f64 {
        normal_quantile(self.uniform(entity, month, slot))
    }

    /// A generator for libraries that want one; shares no draw with the other methods.
    pub fn sequence(&self, entity: u64) -> Sequence {
        Sequence::new(self.key, entity)
    }
}

/// 64 bits as two words: low, high.
fn halves(key: u64) -> [u32; 2] {
    [key as u32, (key >> 32) as u32]
}

/// The upper 52 bits as a number strictly between 0 and 1. With 53 bits the top would round to 1.
#[inline]
fn open_unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finaliser_gives_the_published_splitmix64_sequence() {
        let published = [
            6_457_827_717_110_365_317_u64,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        let mut state = 1_234_567_u64;
        for expected in published {
            state = state.wrapping_add(GOLDEN);
            assert_eq!(mix64(state), expected);
        }
    }

    // Vectors computed by a separate program (Python, whole numbers of any length).
    #[test]
    fn hash_has_its_vectors() {
        assert_eq!(hash64(0, 0, ""), 0xb81d_eccc_3941_dddc);
        assert_eq!(hash64(1, 0, "household.sweep"), 0xf3c9_2e57_3929_6911);
        assert_eq!(hash64(1, 1, "household.sweep"), 0x0f18_0c38_ec81_de40);
        assert_eq!(
            hash64(u64::MAX, u32::MAX, "tie.official_leaves"),
            0x688f_74e0_0cd1_7641
        );
    }

    #[test]
    fn draws_have_their_vectors() {
        let stream = Streams::new(1, 2).named("tie.official_leaves");
        let block = [0xa29c_5742, 0x5b6f_8c6d, 0x6112_c1d7, 0x278c_9508];
        assert_eq!(stream.bits(3, 4, 5), block);
        assert_eq!(stream.bits64(3, 4, 5), 0xa29c_5742_5b6f_8c6d);
        let difference = stream.uniform(3, 4, 5) - 0.635_198_072_147_828_2;
        assert!(difference.abs() < 1e-16);
        let block = [0xad34_ee30, 0x3f4f_8403, 0xa53d_6566, 0x2e5a_f15c];
        assert_eq!(stream.bits(3 + (1 << 32), 4, 5), block);
    }

    #[test]
    fn many_draws_at_once_are_those_one_by_one() {
        let stream = Streams::new(1, 2).named("a");
        for (month, slots) in (0..).zip(stream.uniforms::<6, 8>(1 << 33)) {
            for (slot, draw) in (0..).zip(slots) {
                let alone = stream.uniform(1 << 33, month, slot);
                assert_eq!(draw.to_bits(), alone.to_bits());
            }
        }
    }

    #[test]
    fn draws_of_many_entities_are_those_of_each() {
        let stream = Streams::new(1, 2).named("a");
        let entities: Vec<u64> = (0..37).map(|one| one << 30).collect();
        let alone = entities.iter().map(|&entity| stream.uniform(entity, 3, 4));
        let alone: Vec<u64> = alone.map(f64::to_bits).collect();
        let draws = stream.uniform_of(&entities, 3, 4);
        assert_eq!(
            alone,
            draws.into_iter().map(f64::to_bits).collect::<Vec<_>>()
        );
    }

    #[test]
    fn draws_are_the_same_on_every_level_of_the_processor() {
        let stream = Streams::new(1, 2).named("a");
        let entities: Vec<u64> = (0..1_000).map(|one| one << 30).collect();
        let bits = crate::wide::levels::agreed(|| {
            let months = stream.uniforms::<6, 8>(1 << 33).as_flattened().to_vec();
            let all = months.into_iter().chain(stream.uniform_of(&entities, 3, 4));
            all.map(f64::to_bits).collect::<Vec<_>>()
        });
        assert_eq!(bits[48], stream.uniform(0, 3, 4).to_bits());
    }

    #[test]
    fn uniform_is_never_0_and_never_1() {
        assert!(open_unit(0) > 0.0);
        assert!(open_unit(u64::MAX) < 1.0);
    }

    #[test]
    fn chance_is_sure_at_its_ends() {
        let stream = Streams::new(1, 0).named("a");
        for entity in 0..1_000 {
            assert!(stream.chance(1.0, entity, 0, 0));
            assert!(!stream.chance(0.0, entity, 0, 0));
        }
    }

    #[test]
    fn every_part_of_the_question_matters() {
        let draw = |seed, replication, name, entity, month, slot| {
            Streams::new(seed, replication)
                .named(name)
                .bits64(entity, month, slot)
        };
        let base = draw(1, 2, "a", 3, 4, 5);
        assert_eq!(base, draw(1, 2, "a", 3, 4, 5));
        let others = [
            draw(2, 2, "a", 3, 4, 5),
            draw(1, 3, "a", 3, 4, 5),
            draw(1, 2, "b", 3, 4, 5),
            draw(1, 2, "a", 4, 4, 5),
            draw(1, 2, "a", 3 + (1 << 32), 4, 5),
            draw(1, 2, "a", 3, 5, 5),
            draw(1, 2, "a", 3, 4, 6),
        ];
        assert!(others.iter().all(|&other| other != base));
    }
}
