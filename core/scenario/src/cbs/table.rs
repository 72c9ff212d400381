//! A csv or xlsx file as rows of text.

use super::error::ImportError;
use crate::load::neighbour;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use std::io::Cursor;
use std::path::Path;

/// Rows of text; which of the first rows holds the headers is for the layout to find.
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a file by its content, not by its extension.
    ///
    /// # Errors
    /// The file is not there, or no table.
    pub(super) fn read(path: &Path) -> Result<Self, ImportError> {
        let fail = |reason: String, near| ImportError::Unreadable(path.to_owned(), reason, near);
        let bytes = std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                fail("there is no such file".to_owned(), neighbour(path))
            }
            _ => fail(error.to_string(), None),
        })?;
        let rows = match bytes.starts_with(b"PK") {
            true => sheet(bytes),
            false => lines(&decode(bytes)),
        };
        let rows = rows.map_err(|reason| fail(reason, None))?;
        match rows.is_empty() {
            true => Err(fail("the file is empty".to_owned(), None)),
            false => Ok(Self { rows }),
        }
    }
}

/// UTF-8, or the Latin-1 of older downloads, in which every byte is a character.
fn decode(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        error
            .as_bytes()
            .iter()
            .map(|byte| char::from(*byte))
            .collect()
    });
    text.trim_start_matches('\u{feff}').to_owned()
}

fn lines(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| error.to_string())?;
        Ok(record.iter().map(|cell| cell.trim().to_owned()).collect())
    });
    rows.collect()
}

/// The separator that divides the first lines most.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(10).collect();
    let count = |mark: &u8| head.bytes().filter(|byte| byte == mark).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',')
}

/// The first sheet of a workbook.
fn sheet(bytes: Vec<u8>) -> Result<Vec<Vec<String>>, String> {
    // calamine 0.38 panics on some references to cells that cannot be (row or column too large).
    let read = std::panic::catch_unwind(|| first_sheet(bytes));
    read.unwrap_or_else(|_| Err("the workbook is damaged: a cell has an impossible place".into()))
}

fn first_sheet(bytes: Vec<u8>) -> Result<Vec<Vec<String>>, String> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|error: calamine::XlsxError| error.to_string())?;
    let range = book
        .worksheet_range_at(0)
        .ok_or("the workbook has no sheet")?;
    let range = range.map_err(|error| error.to_string())?;
    Ok(range
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect())
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found_and_old_bytes_are_read() {
        assert_eq!(lines("a;b,c;d\n1;2,5;3").unwrap()[1], ["1", "2,5", "3"]);
        assert_eq!(lines("a,b\n1,\"2,5\"").unwrap()[1], ["1", "2,5"]);
        assert_eq!(decode(b"Frysl\xe2n".to_vec()), "Fryslân");
    }
}
