//! Budget view: nominal cash per budget line and year, and how long a reserve lasts.

use crate::Refused;
use crate::error::as_long_as;

/// Cash by line and year, whole cents; more than 0 comes in, less goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    lines: Vec<Vec<i64>>,
    years: usize,
}

impl Budget {
    /// A budget from its lines, each a list of years.
    ///
    /// # Errors
    /// Lines of different length.
    pub fn new(lines: Vec<Vec<i64>>) -> Result<Self, Refused> {
        let years = lines.first().map_or(0, Vec::len);
        for line in &lines {
            as_long_as(years, line.len(), "years of a budget line")?;
        }
        Ok(Self { lines, years })
    }

    /// The lines as given.
    pub fn lines(&self) -> &[Vec<i64>] {
        &self.lines
    }

    /// Sum of each line over all years.
    pub fn by_line(&self) -> Vec<i64> {
        self.lines.iter().map(|line| line.iter().sum()).collect()
    }

    /// Sum of each year over all lines; together exactly the sum over lines.
    pub fn by_year(&self) -> Vec<i64> {
        let year = |at: usize| self.lines.iter().map(|line| line[at]).sum();
        (0..self.years).map(year).collect()
    }

    /// What is left of a reserve at the end of each year, when it takes every surplus and deficit.
    pub fn reserve(&self, opening: i64) -> Vec<i64> {
        let mut left = opening;
        let mut close = |cash: i64| {
            left += cash;
            left
        };
        self.by_year().into_iter().map(&mut close).collect()
    }

    /// First year, from 0, at the end of which the reserve is below 0; `None` when it lasts.
    pub fn exhausted(&self, opening: i64) -> Option<usize> {
        self.reserve(opening).iter().position(|left| *left < 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_both_ways_and_the_reserve_runs_out() {
        let budget = Budget::new(vec![vec![-50, -50, -50], vec![10, 30, 60]]).unwrap();
        assert_eq!(budget.by_line(), [-150, 100]);
        assert_eq!(budget.by_year(), [-40, -20, 10]);
        assert_eq!(budget.reserve(55), [15, -5, 5]);
        assert_eq!(
            (budget.exhausted(55), budget.exhausted(60)),
            (Some(1), None)
        );
        assert!(Budget::new(vec![vec![1], vec![1, 2]]).is_err());
    }
}
