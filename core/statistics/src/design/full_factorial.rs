//! Full factorial: every combination of the levels of every input.

use crate::Refused;

/// Most rows of a factorial; more is no longer a question that anyone means to ask.
const ROWS: usize = 1_000_000;

/// Every combination of levels, as the number of a level (from 0) of each input; the last input
/// moves fastest. Without inputs there is one row, which is empty.
///
/// # Errors
/// An input without a level; more than a million rows.
pub fn full_factorial(levels: &[usize]) -> Result<Vec<Vec<usize>>, Refused> {
    if levels.contains(&0) {
        return Err(Refused::TooFew {
            what: "levels of an input",
            found: 0,
            needed: 1,
        });
    }
    let rows = levels
        .iter()
        .try_fold(1_usize, |rows, &count| rows.checked_mul(count))
        .unwrap_or(usize::MAX);
    if rows > ROWS {
        return Err(Refused::TooMany {
            what: "rows of a full factorial",
            asked: rows,
            at_most: ROWS,
            instead: "take fewer levels, or a Latin hypercube",
        });
    }
    let row = |mut number: usize| {
        let mut row = vec![0; levels.len()];
        for (level, &count) in row.iter_mut().zip(levels).rev() {
            *level = number % count;
            number /= count;
        }
        row
    };
    Ok((0..rows).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_comes_once_in_order() {
        let rows = full_factorial(&[2, 3]).unwrap();
        assert_eq!(rows, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert_eq!(full_factorial(&[]).unwrap(), [Vec::<usize>::new()]);
    }

    #[test]
    fn no_levels_and_too_many_rows_are_refused() {
        assert!(full_factorial(&[2, 0]).is_err());
        let many = full_factorial(&[10; 40]).unwrap_err();
        assert!(many.to_string().contains("Latin hypercube"), "{many}");
    }
}
