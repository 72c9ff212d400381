//! The own columns of a strategy in one step: scratch that the plugin writes, which is checked whole
//! before any of it is kept.

use crate::declared::OwnDescription;
use zalm_abi::{COLUMN_F64, COLUMN_FLAG_WRITE, ZalmColumn};
use zalm_model::{Kept, row_parts};

/// What the plugin reads and what it may write, column by column.
pub(crate) struct Scratch {
    before: Vec<Vec<f64>>,
    after: Vec<Vec<f64>>,
}

impl Scratch {
    /// What was kept of these rows, and defaults.
    pub fn new(own: &[OwnDescription], kept: &Kept, rows: &[u64]) -> Self {
        let column = |(at, own): (usize, &OwnDescription)| {
            let mut column = vec![own.default; rows.len()];
            for (row, values) in &kept.0 {
                if let (Ok(place), Some(value)) = (rows.binary_search(row), values.get(at)) {
                    column[place] = *value;
                }
            }
            column
        };
        Self::of(own.iter().enumerate().map(column).collect())
    }

    /// Scratch of these columns.
    pub fn of(before: Vec<Vec<f64>>) -> Self {
        Self {
            after: before.clone(),
            before,
        }
    }

    /// What the plugin reads.
    #[cfg(unix)]
    pub fn before(&self) -> &[Vec<f64>] {
        &self.before
    }

    /// What the plugin wrote.
    #[cfg(unix)]
    pub fn after(&mut self) -> &mut [Vec<f64>] {
        &mut self.after
    }

    /// Appends the own columns to those that the plugin reads.
    pub fn show(&mut self, columns: &mut Vec<ZalmColumn>) {
        for (before, after) in self.before.iter().zip(&mut self.after) {
            columns.push(ZalmColumn {
                struct_size: size_of::<ZalmColumn>() as u32,
                kind: COLUMN_F64,
                flags: COLUMN_FLAG_WRITE,
                elem_size: 8,
                column_index: columns.len() as u32,
                data: before.as_ptr().cast(),
                out: after.as_mut_ptr().cast(),
                len: before.len() as u64,
                stride: 8,
            });
        }
    }

    /// What is to be kept: rows that differ from the defaults.
    ///
    /// # Errors
    /// The first value that is no number.
    pub fn kept(&self, own: &[OwnDescription], rows: &[u64]) -> Result<Kept, String> {
        // Of a whole column at once: a table may have a million rows, and few of them differ.
        let mut changed = false;
        for (own, column) in own.iter().zip(&self.after) {
            let finite = column
                .iter()
                .fold(true, |all, value| all & value.is_finite());
            let wrong = || column.iter().position(|value| !value.is_finite());
            if !finite && let Some(at) = wrong() {
                let (project, payer) = row_parts(rows[at]);
                return Err(format!(
                    "its own column {} is {} for project {project} and payer {payer}; expected a \
                     finite number",
                    own.name, column[at]
                ));
            }
            let default = own.default.to_bits();
            let differs = |any, value: &f64| any | (value.to_bits() != default);
            changed |= column.iter().fold(false, differs);
        }
        let mut kept = Kept::default();
        if changed {
            for (at, row) in rows.iter().enumerate() {
                let values = || self.after.iter().map(|column| column[at].to_bits());
                if !values().eq(own.iter().map(|own| own.default.to_bits())) {
                    kept.0.insert(*row, values().map(f64::from_bits).collect());
                }
            }
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, OwnDescription, Scratch};

    fn own() -> Vec<OwnDescription> {
        vec![OwnDescription {
            name: "asked".into(),
            unit: "times".into(),
            default: 1.0,
            doc: String::new(),
        }]
    }

    #[test]
    fn what_is_written_is_kept_and_defaults_are_not() {
        let kept = Kept([(7, vec![3.0]), (9, vec![4.0])].into());
        let mut scratch = Scratch::new(&own(), &kept, &[5, 7]);
        assert_eq!(scratch.before, [[1.0, 3.0]]);
        scratch.after[0][1] = 2.0;
        let now = scratch.kept(&own(), &[5, 7]).expect("numbers");
        assert_eq!(now, Kept([(7, vec![2.0])].into()));
    }

    #[test]
    fn what_is_no_number_is_refused_by_name() {
        let mut scratch = Scratch::new(&own(), &Kept::default(), &[5]);
        scratch.after[0][0] = f64::INFINITY;
        let why = scratch.kept(&own(), &[5]).expect_err("refused");
        assert!(why.contains("column asked is inf"), "{why}");
    }
}
