//! A box: limits per input, to be said in words.

use crate::Refused;
use crate::error::{all_finite, as_long_as, at_least};

/// Rows needed at least: a box of 5 % then has five.
const ROWS: usize = 100;

/// Limits of one input, both included; `None` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limit {
    /// At least.
    pub low: Option<f64>,
    /// At most.
    pub high: Option<f64>,
}

impl Limit {
    /// Whether a value lies within.
    pub fn contains(&self, value: f64) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    /// Whether there is a limit.
    pub fn is_restricted(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }
}

/// A box: a limit per input, in the order of the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Region(pub Vec<Limit>);

impl Region {
    /// The whole space.
    pub fn whole(columns: usize) -> Self {
        Self(vec![Limit::default(); columns])
    }

    /// Whether a row lies within.
    pub fn contains(&self, row: &[f64]) -> bool {
        self.0
            .iter()
            .zip(row)
            .all(|(limit, value)| limit.contains(*value))
    }

    /// The inputs that are restricted.
    pub fn restricted(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len()).filter(|&column| self.0[column].is_restricted())
    }
}

/// A box with what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Pocket {
    /// The box.
    pub region: Region,
    /// Cases of interest in it over all cases of interest.
    pub coverage: f64,
    /// Cases of interest in it over rows in it.
    pub density: f64,
    /// Rows in it over all rows.
    pub mass: f64,
}

/// Rows with which of them are cases of interest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample<'a> {
    pub rows: &'a [Vec<f64>],
    pub cases: &'a [bool],
}

impl<'a> Sample<'a> {
    /// Refuses too few rows, rows of different length, and cases that never or always occur.
    pub fn new(rows: &'a [Vec<f64>], cases: &'a [bool]) -> Result<Self, Refused> {
        at_least(ROWS, rows.len(), "rows")?;
        as_long_as(rows.len(), cases.len(), "cases")?;
        let columns = rows[0].len();
        at_least(1, columns, "inputs")?;
        for row in rows {
            as_long_as(columns, row.len(), "columns in a row")?;
            all_finite(row, "a row")?;
        }
        if cases.iter().all(|case| *case == cases[0]) {
            return Err(Refused::NeverVaries {
                what: "whether a row is a case of interest",
            });
        }
        Ok(Self { rows, cases })
    }

    pub fn columns(&self) -> usize {
        self.rows[0].len()
    }

    /// Cases of interest among some of the rows.
    pub fn hits(&self, places: &[usize]) -> usize {
        places.iter().filter(|&&at| self.cases[at]).count()
    }

    /// Values of an input in some of the rows, ascending.
    pub fn sorted(&self, column: usize, places: &[usize]) -> Vec<f64> {
        let mut values: Vec<f64> = places.iter().map(|&at| self.rows[at][column]).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// Places of the rows within a box.
    pub fn inside(&self, region: &Region) -> Vec<usize> {
        let inside = |&at: &usize| region.contains(&self.rows[at]);
        (0..self.rows.len()).filter(inside).collect()
    }

    pub fn pocket(&self, region: Region, places: &[usize]) -> Pocket {
        let hits = self.hits(places) as f64;
        let all = self.cases.iter().filter(|case| **case).count() as f64;
        Pocket {
            region,
            coverage: hits / all,
            density: hits / places.len() as f64,
            mass: places.len() as f64 / self.rows.len() as f64,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::halton::halton;

    /// 1000 Halton points in three dimensions, and the cases among them.
    pub fn halton_set(case: impl Fn(&[f64]) -> bool) -> (Vec<Vec<f64>>, Vec<bool>) {
        let point = |at: u32| [2, 3, 5].map(|base| halton(at, base)).to_vec();
        let rows: Vec<Vec<f64>> = (1..=1000).map(point).collect();
        let cases = rows.iter().map(|row| case(row)).collect();
        (rows, cases)
    }

    #[test]
    fn limits_hold_their_ends() {
        let region = Region(vec![
            Limit {
                low: Some(1.0),
                high: None,
            },
            Limit::default(),
        ]);
        assert!(region.contains(&[1.0, -9.0]) && !region.contains(&[0.9, 0.0]));
        assert_eq!(region.restricted().collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn samples_without_a_question_are_refused() {
        let (rows, cases) = halton_set(|row| row[0] < 0.5);
        assert!(Sample::new(&rows, &cases).is_ok());
        assert!(Sample::new(&rows[..50], &cases[..50]).is_err());
        assert!(Sample::new(&rows, &cases[1..]).is_err());
        let never = Sample::new(&rows, &[false; 1000]).unwrap_err();
        assert!(matches!(never, Refused::NeverVaries { .. }));
    }
}
