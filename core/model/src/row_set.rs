//! A set of household rows, walked in ascending order.

use std::ops::Range;

/// Bits over rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
    len: usize,
}

impl RowSet {
    /// An empty set for `rows` rows.
    pub fn new(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
            len: 0,
        }
    }

    /// Puts a row in or takes it out.
    pub fn put(&mut self, row: usize, member: bool) {
        let (word, bit) = (row / 64, 1_u64 << (row % 64));
        let was = self.words[word] & bit != 0;
        if member && !was {
            self.words[word] |= bit;
            self.len += 1;
        } else if !member && was {
            self.words[word] &= !bit;
            self.len -= 1;
        }
    }

    /// Takes all members out.
    pub fn clear(&mut self) {
        self.words.fill(0);
        self.len = 0;
    }

    /// Number of members.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Members, ascending.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows_in(0..64 * self.words.len())
    }

    /// Members in a range of rows that begins with a multiple of 64, ascending.
    pub fn rows_in(&self, rows: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        debug_assert!(rows.start.is_multiple_of(64), "a range begins with a word");
        let words = rows.start / 64..rows.end.div_ceil(64);
        let words = words.clone().zip(&self.words[words]);
        words.flat_map(|(word, &bits)| {
            std::iter::successors((bits != 0).then_some(bits), |&bits| {
                let rest = bits & (bits - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_members_in_order() {
        let mut set = RowSet::new(200);
        for row in [199, 0, 63, 64, 130] {
            set.put(row, true);
            set.put(row, true);
        }
        set.put(63, false);
        assert_eq!(set.rows().collect::<Vec<_>>(), [0, 64, 130, 199]);
        assert_eq!(set.len(), 4);
        assert_eq!(set.rows_in(64..128).collect::<Vec<_>>(), [64]);
        set.clear();
        assert_eq!((set.len(), set.rows().count()), (0, 0));
    }
}
