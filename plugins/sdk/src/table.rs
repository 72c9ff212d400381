//! The month's table: one row per pair of a project and a payer, in order of their ids.

use crate::vocabulary::ALL;
use crate::{Column, ColumnKind, ColumnSpec, ColumnValue, Error, Result};

/// Values of one column, as many as there are rows.
#[derive(Clone, Copy, Debug)]
pub enum ColumnSlice<'a> {
    /// Floats.
    F64(&'a [f64]),
    /// Integers.
    I64(&'a [i64]),
}

impl ColumnSlice<'_> {
    fn len(self) -> usize {
        match self {
            Self::F64(values) => values.len(),
            Self::I64(values) => values.len(),
        }
    }
}

/// The declared columns of a month, each in its place of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns<'a>([Option<ColumnSlice<'a>>; ALL.len()]);

impl<'a> Columns<'a> {
    /// The columns that `declared` names, in its order; an error when one is not as long as
    /// `rows`, or absent and not optional.
    pub fn new(
        rows: &[u64],
        declared: &[ColumnSpec],
        mut column: impl FnMut(usize, ColumnKind) -> Result<Option<ColumnSlice<'a>>>,
    ) -> Result<Self> {
        let mut places = [None; ALL.len()];
        for (at, spec) in declared.iter().enumerate() {
            let Some(slice) = column(at, spec.kind)? else {
                if spec.optional {
                    continue;
                }
                let name = spec.name;
                return Err(Error::failed(format!("the host has no column {name}")));
            };
            if slice.len() != rows.len() {
                let name = spec.name;
                return Err(Error::failed(format!(
                    "column {name} is not as long as the rows"
                )));
            }
            places[spec.place] = Some(slice);
        }
        Ok(Self(places))
    }
}

/// The rows of a month with the declared columns; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    rows: &'a [u64],
    columns: &'a Columns<'a>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(rows: &'a [u64], columns: &'a Columns<'a>) -> Self {
        Self { rows, columns }
    }

    /// Row ids: project index in the high half, payer index in the low half.
    pub fn rows(&self) -> &'a [u64] {
        self.rows
    }

    /// All values of a column, one per row.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::COLUMNS`](crate::Policy::COLUMNS), or was as
    /// optional and is absent.
    pub fn read<T: ColumnValue>(&self, column: Column<T>) -> &'a [T] {
        let declared = self.try_read(column);
        declared.unwrap_or_else(|| undeclared(column.spec.name))
    }

    /// All values of a column that was declared `[optional]`, one per row; `None` when this host
    /// does not have it.
    pub fn try_read<T: ColumnValue>(&self, column: Column<T>) -> Option<&'a [T]> {
        self.columns.0[column.spec.place].and_then(T::slice)
    }

    /// The projects, in order of their ids.
    pub fn projects(&self) -> Projects<'a> {
        Projects {
            table: *self,
            next: 0,
        }
    }
}

#[cold]
fn undeclared(name: &str) -> ! {
    panic!("column {name} is not in Policy::COLUMNS: name it in columns!, or it is absent here")
}

fn project_of(row: u64) -> u32 {
    (row >> 32) as u32
}

/// Iterator over the projects of a [`Table`].
#[derive(Clone, Debug)]
pub struct Projects<'a> {
    table: Table<'a>,
    next: usize,
}

impl<'a> Iterator for Projects<'a> {
    type Item = Project<'a>;

    fn next(&mut self) -> Option<Project<'a>> {
        let first = self.next;
        let index = project_of(*self.table.rows.get(first)?);
        let payers = self.table.rows[first..]
            .iter()
            .take_while(|row| project_of(**row) == index)
            .count();
        self.next = first + payers;
        Some(Project {
            table: self.table,
            first,
            payers,
        })
    }
}

/// A living project with its payers.
#[derive(Clone, Copy, Debug)]
pub struct Project<'a> {
    table: Table<'a>,
    first: usize,
    payers: usize,
}

impl<'a> Project<'a> {
    /// Index of the project in the scenario, from 0; stable over a run.
    pub fn index(&self) -> u32 {
        project_of(self.row())
    }

    /// A row of the project, for commands that are about the project as a whole.
    pub fn row(&self) -> u64 {
        self.table.rows[self.first]
    }

    /// The project's value of a `project.`, `leader.` or `municipality.` column.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn get<T: ColumnValue>(&self, column: Column<T>) -> T {
        self.table.read(column)[self.first]
    }

    /// The same of a column that was declared `[optional]`; `None` when this host does not have it.
    pub fn try_get<T: ColumnValue>(&self, column: Column<T>) -> Option<T> {
        Some(self.table.try_read(column)?[self.first])
    }

    /// Its payers, in order of their ids.
    pub fn payers(&self) -> Payers<'a> {
        Payers {
            table: self.table,
            next: self.first,
            end: self.first + self.payers,
        }
    }
}

/// Iterator over the payers of a [`Project`].
#[derive(Clone, Debug)]
pub struct Payers<'a> {
    table: Table<'a>,
    next: usize,
    end: usize,
}

impl<'a> Iterator for Payers<'a> {
    type Item = Payer<'a>;

    fn next(&mut self) -> Option<Payer<'a>> {
        (self.next < self.end).then(|| {
            self.next += 1;
            Payer {
                table: self.table,
                at: self.next - 1,
            }
        })
    }
}

/// A payer as one project sees it: one row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Payer<'a> {
    table: Table<'a>,
    at: usize,
}

impl Payer<'_> {
    /// Index of the payer in the scenario, from 0; stable over a run.
    pub fn index(&self) -> u32 {
        self.row() as u32
    }

    /// The (project, payer) row, for commands.
    pub fn row(&self) -> u64 {
        self.table.rows[self.at]
    }

    /// The value of any declared column in this row.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn get<T: ColumnValue>(&self, column: Column<T>) -> T {
        self.table.read(column)[self.at]
    }

    /// The same of a column that was declared `[optional]`; `None` when this host does not have it.
    pub fn try_get<T: ColumnValue>(&self, column: Column<T>) -> Option<T> {
        Some(self.table.try_read(column)?[self.at])
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnSlice, Columns, Table};
    use crate::vocabulary::payer::PENDING;

    crate::columns! {
        project: COST;
        payer: TIE, CAPACITY [optional];
    }

    const ROWS: [u64; 4] = [1, 2, 3 << 32, (3 << 32) + 7];

    fn columns(cost: &[i64]) -> crate::Result<Columns<'_>> {
        Columns::new(&ROWS, COLUMNS, |at, _| {
            Ok(match at {
                0 => Some(ColumnSlice::I64(cost)),
                1 => Some(ColumnSlice::F64(&[0.1, 0.2, 0.3, 0.4])),
                _ => None,
            })
        })
    }

    #[test]
    fn rows_fall_apart_into_projects_and_payers() {
        let columns = columns(&[100, 100, 900, 900]).expect("complete");
        let table = Table::new(&ROWS, &columns);
        let payers = |project: super::Project<'_>| -> Vec<u32> {
            project.payers().map(|payer| payer.index()).collect()
        };
        let seen: Vec<_> = table
            .projects()
            .map(|p| (p.index(), p.get(COST), payers(p)))
            .collect();
        assert_eq!(seen, [(0, 100, vec![1, 2]), (3, 900, vec![0, 7])]);
        assert_eq!(table.read(TIE)[3].to_bits(), 0.4_f64.to_bits());
    }

    #[test]
    fn an_absent_column_is_none_or_makes_no_table() {
        let columns = columns(&[100, 100, 900, 900]).expect("complete");
        let table = Table::new(&ROWS, &columns);
        assert_eq!(table.try_read(CAPACITY), None);
        assert_eq!(table.try_read(COST), Some(&[100, 100, 900, 900][..]));
        let payer = table.projects().next().and_then(|p| p.payers().next());
        assert_eq!(payer.map(|payer| payer.try_get(CAPACITY)), Some(None));
        let needed = Columns::new(&ROWS, &COLUMNS[..1], |_, _| Ok(None));
        let error = needed.expect_err("needed");
        assert!(
            error.message().contains("no column project.cost"),
            "{error}"
        );
    }

    #[test]
    fn a_short_column_makes_no_table() {
        let error = columns(&[1]).expect_err("short");
        assert!(error.message().contains("project.cost"), "{error}");
    }

    #[test]
    #[should_panic(expected = "payer.pending is not in Policy::COLUMNS")]
    fn a_column_that_was_not_declared_is_named() {
        let columns = columns(&[1, 1, 1, 1]).expect("complete");
        Table::new(&ROWS, &columns).read(PENDING);
    }
}
