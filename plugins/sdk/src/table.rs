//! The month's table: one row per pair of a project and a payer, in order of their ids.

use crate::{Column, ColumnValue};

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

/// The rows of a month with the declared columns; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    rows: &'a [u64],
    names: &'a [crate::ColumnSpec],
    columns: &'a [ColumnSlice<'a>],
}

impl<'a> Table<'a> {
    /// A table of rows (ids ascending) and the columns that `names` declares; `None` when a column
    /// is missing, too short or too long.
    pub fn new(
        rows: &'a [u64],
        names: &'a [crate::ColumnSpec],
        columns: &'a [ColumnSlice<'a>],
    ) -> Option<Self> {
        let complete =
            names.len() == columns.len() && columns.iter().all(|c| c.len() == rows.len());
        complete.then_some(Self {
            rows,
            names,
            columns,
        })
    }

    /// Row ids: project index in the high half, payer index in the low half.
    pub fn rows(&self) -> &'a [u64] {
        self.rows
    }

    /// All values of a column, one per row.
    ///
    /// # Panics
    /// When `column` was not declared in [`Policy::COLUMNS`](crate::Policy::COLUMNS).
    pub fn read<T: ColumnValue>(&self, column: Column<T>) -> &'a [T] {
        self.names
            .get(column.index)
            .filter(|spec| spec.name == column.name)
            .and_then(|_| T::slice(self.columns[column.index]))
            .unwrap_or_else(|| panic!("column {} is not in Policy::COLUMNS", column.name))
    }

    /// The projects, in order of their ids.
    pub fn projects(&self) -> Projects<'a> {
        Projects {
            table: *self,
            next: 0,
        }
    }
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
}

#[cfg(test)]
mod tests {
    use super::{ColumnSlice, Table};

    crate::columns! {
        /// Cost.
        COST: i64 = "project.cost" ["cent/month"];
        /// Tie.
        TIE: f64 = "payer.tie" ["share"];
    }

    #[test]
    fn rows_fall_apart_into_projects_and_payers() {
        let rows = [1, 2, 3 << 32, (3 << 32) + 7];
        let columns = [
            ColumnSlice::I64(&[100, 100, 900, 900]),
            ColumnSlice::F64(&[0.1, 0.2, 0.3, 0.4]),
        ];
        let table = Table::new(&rows, COLUMNS, &columns).expect("complete");
        let seen: Vec<_> = table
            .projects()
            .map(|p| {
                (
                    p.index(),
                    p.get(COST),
                    p.payers().map(|q| q.index()).collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(seen, [(0, 100, vec![1, 2]), (3, 900, vec![0, 7])]);
        assert_eq!(table.read(TIE)[3].to_bits(), 0.4_f64.to_bits());
    }

    #[test]
    fn a_short_column_makes_no_table() {
        assert!(Table::new(&[1, 2], &COLUMNS[..1], &[ColumnSlice::I64(&[1])]).is_none());
    }
}
