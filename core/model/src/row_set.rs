//! A set of household rows, walked in ascending order.

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
        self.words.iter().enumerate().flat_map(|(word, &bits)| {
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
        set.clear();
        assert_eq!((set.len(), set.rows().count()), (0, 0));
    }
}
