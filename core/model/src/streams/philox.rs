//! Philox4x32-10: a keyed bijection of 128 bits whose outputs look random (Salmon and others 2011).

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// The output block for a counter under a key; equal to the reference library Random123.
#[inline]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    philox4x32_beside(counter.map(|word| [word]), key).map(|[word]| word)
}

/// The output blocks for several counters under one key, worked out beside each other: the first words
/// of all, the second words of all, and so on.
#[expect(
    clippy::inline_always,
    reason = "so that it has the vectors of its caller"
)]
#[inline(always)]
pub(super) fn philox4x32_beside<const N: usize>(
    counters: [[u32; N]; 4],
    key: [u32; 2],
) -> [[u32; N]; 4] {
    let (mut c, mut k) = (counters, key);
    for _ in 0..ROUNDS {
        let mut next = [[0; N]; 4];
        for one in 0..N {
            let p0 = u64::from(MULTIPLIERS[0]) * u64::from(c[0][one]);
            let p1 = u64::from(MULTIPLIERS[1]) * u64::from(c[2][one]);
            next[0][one] = (p1 >> 32) as u32 ^ c[1][one] ^ k[0];
            next[1][one] = p1 as u32;
            next[2][one] = (p0 >> 32) as u32 ^ c[3][one] ^ k[1];
            next[3][one] = p0 as u32;
        }
        c = next;
        k = [
            k[0].wrapping_add(KEY_STEPS[0]),
            k[1].wrapping_add(KEY_STEPS[1]),
        ];
    }
    c
}

#[cfg(test)]
mod tests {
    use super::philox4x32;

    #[test]
    fn known_answers_of_random123() {
        assert_eq!(
            philox4x32([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox4x32([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }
}
