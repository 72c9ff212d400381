//! A csv or xlsx file as rows of text, in bounded memory.

use super::error::ImportError;
use super::workbook::first_sheet;
use crate::load::neighbour;
use crate::spreadsheet::{separator, spreadsheet_text};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Most that a file may come to, bytes: on disk, unpacked, and as rows. The largest of CBS, of all
/// neighbourhoods of the country in 120 columns, comes to some 100 million.
const MOST: u64 = 300_000_000;

/// Rows of text; which of the first rows holds the headers is for the layout to find.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
    /// Bytes that the rows may take, about, and that are left of them.
    most: u64,
    left: u64,
}

impl Table {
    /// Reads a file by its content, not by its extension.
    ///
    /// # Errors
    /// The file is not there, too large, or no table.
    pub(super) fn read(path: &Path) -> Result<Self, ImportError> {
        let fail = |reason: String, near| ImportError::Unreadable(path.to_owned(), reason, near);
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
        read.map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                fail("there is no such file".to_owned(), neighbour(path))
            }
            _ => fail(error.to_string(), None),
        })?;
        let table = match bytes.len() as u64 > MOST {
            true => Err(too_large("it", MOST)),
            false if bytes.starts_with(b"PK") => first_sheet(bytes, MOST),
            false => lines(&spreadsheet_text(&bytes), MOST),
        };
        let table = table.map_err(|reason| fail(reason, None))?;
        match table.rows.is_empty() {
            true => Err(fail("the file is empty".to_owned(), None)),
            false => Ok(table),
        }
    }

    /// No rows yet, and never more than so many bytes of them.
    pub(super) fn new(most: u64) -> Self {
        Self {
            rows: Vec::new(),
            most,
            left: most,
        }
    }

    /// Puts a text into a cell, and empty texts before it where there is nothing yet.
    ///
    /// # Errors
    /// The rows would take too much memory.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), String> {
        let text = text.trim();
        let rows = (row + 1).saturating_sub(self.rows.len());
        let cells = (column + 1).saturating_sub(self.rows.get(row).map_or(0, Vec::len));
        let takes = rows * size_of::<Vec<String>>() + cells * size_of::<String>() + text.len();
        let left = self.left.checked_sub(takes as u64);
        self.left = left.ok_or_else(|| too_large("the table in it", self.most))?;
        if rows > 0 {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        text.clone_into(&mut cells[column]);
        Ok(())
    }
}

/// What is said of too much.
pub(super) fn too_large(what: &str, most: u64) -> String {
    format!(
        "{what} takes more than {} MB, and no file of CBS does",
        most / 1_000_000
    )
}

fn lines(text: &str, most: u64) -> Result<Table, String> {
    let head: String = text.lines().take(10).collect();
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&head))
        .from_reader(text.as_bytes());
    let mut table = Table::new(most);
    for (row, record) in reader.into_records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        for (column, cell) in record.iter().enumerate() {
            table.put(row, column, cell)?;
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found() {
        let rows = |text| lines(text, MOST).unwrap().rows;
        assert_eq!(rows("a;b,c;d\n1;2,5;3")[1], ["1", "2,5", "3"]);
        assert_eq!(rows("a,b\n1,\"2,5\"")[1], ["1", "2,5"]);
    }

    #[test]
    fn rows_take_no_more_memory_than_they_may() {
        let mut table = Table::new(1_000);
        table.put(1, 2, " last ").unwrap();
        table.put(0, 0, "first").unwrap();
        table.put(1, 2, "later").unwrap();
        assert_eq!(table.rows, [vec!["first"], vec!["", "", "later"]]);
        assert!(table.put(100, 0, "").is_err(), "many rows");
        assert!(table.put(0, 100, "").is_err(), "many cells");
        assert!(table.put(0, 1, &"x".repeat(1_000)).is_err(), "a long text");
        // A byte of a file becomes an empty cell, of many bytes.
        assert!(lines(&",".repeat(100), 1_000).is_err());
        assert!(lines(&",".repeat(10), 1_000).is_ok());
    }
}
