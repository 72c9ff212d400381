//! Hands: work over very many households, in pieces that can be done at the same time.
//!
//! The model has no threads of its own. Who runs it lends hands; how many changes no result, because
//! each piece has rows of its own and what is found is put together in the order of rows.

use bevy_ecs::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A piece of work.
pub type Piece<'a> = Box<dyn FnOnce() + Send + 'a>;

/// Does pieces of work.
pub trait Hands: Send + Sync {
    /// Does all of them, each once, in any order.
    fn work(&self, pieces: Vec<Piece<'_>>);
}

/// One piece after the other.
struct Alone;

impl Hands for Alone {
    fn work(&self, pieces: Vec<Piece<'_>>) {
        pieces.into_iter().for_each(|piece| piece());
    }
}

/// The hands that a run was lent.
#[derive(Resource, Clone)]
pub struct Lent(pub Arc<dyn Hands>);

impl Default for Lent {
    fn default() -> Self {
        Self(Arc::new(Alone))
    }
}

/// Rows of a piece: small enough that all hands have work until the end, large enough that taking a
/// piece costs nothing beside it. A multiple of the rows that are compared together.
pub const PIECE: usize = 1 << 14;

impl Lent {
    /// What `find` gives for the rows of each piece, in the order of rows.
    pub fn find<T: Send>(
        &self,
        rows: usize,
        find: impl Fn(Range<usize>) -> Vec<T> + Sync,
    ) -> Vec<Vec<T>> {
        let mut found: Vec<Vec<T>> = Vec::new();
        found.resize_with(rows.div_ceil(PIECE), Vec::new);
        let find = &find;
        let pieces = found.iter_mut().enumerate();
        let pieces = pieces.map(|(piece, found)| {
            let first = piece * PIECE;
            let rows = first..rows.min(first + PIECE);
            Box::new(move || *found = find(rows)) as Piece<'_>
        });
        self.0.work(pieces.collect());
        found
    }

    /// Lets `write` set the values of all rows, piece by piece.
    pub fn write<T: Send>(&self, values: &mut [T], write: impl Fn(Range<usize>, &mut [T]) + Sync) {
        let write = &write;
        let pieces = values.chunks_mut(PIECE).enumerate();
        let pieces = pieces.map(|(piece, values)| {
            let first = piece * PIECE;
            Box::new(move || write(first..first + values.len(), values)) as Piece<'_>
        });
        self.0.work(pieces.collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins with the last piece.
    struct Backwards;

    impl Hands for Backwards {
        fn work(&self, pieces: Vec<Piece<'_>>) {
            pieces.into_iter().rev().for_each(|piece| piece());
        }
    }

    #[test]
    fn what_is_found_and_written_does_not_depend_on_the_order_of_pieces() {
        let rows = 3 * PIECE + 5;
        for hands in [Lent::default(), Lent(Arc::new(Backwards))] {
            let found = hands.find(rows, |rows| rows.filter(|row| row % 1000 == 7).collect());
            let expected: Vec<usize> = (7..rows).step_by(1000).collect();
            assert_eq!(found.concat(), expected);
            let mut values = vec![0; rows];
            hands.write(&mut values, |rows, values| {
                rows.zip(values).for_each(|(row, value)| *value = row);
            });
            assert!(values.into_iter().eq(0..rows));
        }
    }
}
