//! Saltelli's matrices for Sobol' indices: A, B, and A with the columns of one group from B.
//!
//! Saltelli and others (2010). A and B are the two halves of one scrambled Sobol' sequence of twice
//! as many columns. Cost: N (groups + 2) runs.

use super::{Groups, sobol_sequence};
use crate::error::at_least;
use crate::{Keyed, Refused};

/// A design of `points` blocks; a block of groups + 2 rows is A, A with group 0, 1, ... from B, B.
#[derive(Clone, Debug, PartialEq)]
pub struct Saltelli {
    groups: Groups,
    /// A and B beside each other, a row per block.
    pairs: Vec<Vec<f64>>,
}

impl Saltelli {
    /// `points` blocks, a power of two by rights (1024 is usual).
    ///
    /// # Errors
    /// No group; more inputs than half of [`super::SOBOL_COLUMNS`], which is 500.
    pub fn new(groups: Groups, points: usize, key: Keyed) -> Result<Self, Refused> {
        at_least(1, groups.count(), "inputs")?;
        let pairs = sobol_sequence(2 * groups.columns(), points, key)?;
        Ok(Self { groups, pairs })
    }

    /// Number of blocks.
    pub fn points(&self) -> usize {
        self.pairs.len()
    }

    /// Rows of a block.
    pub fn block(&self) -> usize {
        self.groups.count() + 2
    }

    /// Number of rows, which is the number of runs.
    pub fn rows(&self) -> usize {
        self.points() * self.block()
    }

    /// The point of a row, in the open unit cube.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, row: usize) -> Vec<f64> {
        let (pair, place) = (&self.pairs[row / self.block()], row % self.block());
        let columns = self.groups.columns();
        let from_b =
            |column: usize| place + 1 == self.block() || place == self.groups.of(column) + 1;
        (0..columns)
            .map(|column| pair[column + if from_b(column) { columns } else { 0 }])
            .collect()
    }

    /// The groups whose indices the design is for.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "copied, not computed")]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_a_then_a_with_each_group_then_b() {
        let groups = Groups::new(vec![0, 1, 0]).unwrap();
        let design = Saltelli::new(groups, 8, Keyed::new(1, 0)).unwrap();
        assert_eq!((design.block(), design.rows()), (4, 32));
        for block in 0..8 {
            let row = |place: usize| design.row(4 * block + place);
            let (a, b) = (row(0), row(3));
            assert_eq!(row(1), [b[0], a[1], b[2]]);
            assert_eq!(row(2), [a[0], b[1], a[2]]);
            assert!((0..3).all(|column| a[column] != b[column]));
        }
    }

    #[test]
    fn the_limit_is_five_hundred_inputs() {
        assert!(Saltelli::new(Groups::each(500), 2, Keyed::new(1, 0)).is_ok());
        assert!(Saltelli::new(Groups::each(501), 2, Keyed::new(1, 0)).is_err());
    }
}
