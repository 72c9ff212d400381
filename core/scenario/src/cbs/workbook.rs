//! The first sheet of an xlsx workbook, in bounded memory.
//!
//! A small archive may unpack to anything, a count in it may be anything, and a sheet with two cells
//! may be a million rows high: the first two are looked at before the workbook is read, the third while
//! it is read, cell by cell.

use super::table::{Table, too_large};
use calamine::{Data, DataRef, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Rows and columns of the largest sheet that the format allows.
const SHEET: (u32, u32) = (1 << 20, 1 << 14);

/// The attribute with the number of texts in a workbook, for which memory is asked before any is read.
const TEXTS: &[u8] = b"uniqueCount";

/// Its cells, when neither they nor what is packed takes more than so many bytes.
///
/// # Errors
/// The workbook is damaged, takes too much, or has no sheet.
pub(super) fn first_sheet(bytes: Vec<u8>, most: u64) -> Result<Table, String> {
    can_be_held(&bytes, most)?;
    // calamine 0.38 panics on some references to cells that cannot be (row or column too large).
    let read = std::panic::catch_unwind(|| cells(bytes, most));
    read.unwrap_or_else(|_| Err(impossible()))
}

fn impossible() -> String {
    "the workbook is damaged: a cell has an impossible place".to_owned()
}

/// Unpacks each part, keeps none, and holds the sizes that it names against its own.
fn can_be_held(bytes: &[u8], most: u64) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut left = most;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|error| error.to_string())?;
        let name = part
            .name()
            .map_or_else(|_| "a part".into(), |name| name.into_owned());
        let mut unpacked = Vec::new();
        part.take(left + 1)
            .read_to_end(&mut unpacked)
            .map_err(|error| format!("{name}: {error}"))?;
        left = left
            .checked_sub(unpacked.len() as u64)
            .ok_or_else(|| too_large("what is packed in it", most))?;
        if texts(&unpacked).is_some_and(|texts| texts > unpacked.len() as u64) {
            return Err(format!(
                "{name}: it says that it holds more than it is long"
            ));
        }
    }
    Ok(())
}

/// The largest number of texts that a part says it holds.
fn texts(part: &[u8]) -> Option<u64> {
    let named = part.windows(TEXTS.len()).enumerate();
    let named = named.filter(|(_, window)| *window == TEXTS);
    let number = |(at, _): (usize, &[u8])| {
        let behind = part[at + TEXTS.len()..].iter();
        let digits = behind.skip_while(|byte| b"= \t\r\n\"'+0".contains(byte));
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |number, digit| {
            let digit = u64::from(digit - b'0');
            number.saturating_mul(10).saturating_add(digit)
        })
    };
    named.map(number).max()
}

fn cells(bytes: Vec<u8>, most: u64) -> Result<Table, String> {
    let said = |error: XlsxError| error.to_string();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(said)?;
    let names = book.sheet_names();
    let name = names.first().ok_or("the workbook has no sheet")?.clone();
    let mut cells = book.worksheet_cells_reader(&name).map_err(said)?;
    let mut table = Table::new(most);
    while let Some(cell) = cells.next_cell().map_err(said)? {
        let (row, column) = cell.get_position();
        if row >= SHEET.0 || column >= SHEET.1 {
            return Err(impossible());
        }
        let (row, column) = (row as usize, column as usize);
        match cell.get_value() {
            DataRef::Empty | DataRef::Error(_) => {}
            DataRef::SharedString(text) => table.put(row, column, text)?,
            other => table.put(row, column, &Data::from(other.clone()).to_string())?,
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    const MOST: u64 = 3_000_000;

    const GOOD: &[u8] = include_bytes!("../../tests/fixtures/kwb_2023.xlsx");

    /// A workbook with these rows in its sheet and these shared texts.
    fn workbook(rows: &str, texts: &str) -> Result<Table, String> {
        let mut good = ZipArchive::new(Cursor::new(GOOD)).unwrap();
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let sheet = "xl/worksheets/sheet1.xml";
        for part in 0..good.len() {
            let part = good.by_index_raw(part).unwrap();
            if part.name().unwrap() != sheet {
                archive.raw_copy_file(part).unwrap();
            }
        }
        let rows = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        for (name, text) in [(sheet, rows.as_str()), ("xl/sharedStrings.xml", texts)] {
            archive
                .start_file(name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 20_000, "small: {}", bytes.len());
        first_sheet(bytes, MOST)
    }

    fn row(place: &str, value: &str) -> String {
        format!("<row><c r=\"{place}\" t=\"s\"><v>{value}</v></c></row>")
    }

    const TEXTS: &str = "<sst uniqueCount=\"1\"><si><t> a text </t></si></sst>";

    #[test]
    fn cells_lie_where_they_say() {
        let table = workbook(&(row("A1", "0") + &row("C3", "0")), TEXTS).unwrap();
        assert_eq!(table.rows, [vec!["a text"], vec![], vec!["", "", "a text"]]);
    }

    #[test]
    fn small_workbooks_that_ask_for_much_memory_are_refused() {
        let refused = |rows: &str, texts: &str, says: &str| {
            let said = workbook(rows, texts).unwrap_err();
            assert!(said.contains(says), "{said}");
        };
        let impossible = "impossible place";
        refused(&row("XFE1", "0"), TEXTS, impossible);
        refused(&row("A1048577", "0"), TEXTS, impossible);
        let large = "the table in it takes more than 3 MB";
        // Two cells of a sheet of seventeen thousand million.
        refused(&(row("A1", "0") + &row("XFD1048576", "0")), TEXTS, large);
        let wide: String = (1..=20).map(|at| row(&format!("XFD{at}"), "0")).collect();
        refused(&wide, TEXTS, large);
        let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(100_000));
        refused(&row("A1", "0").repeat(40), &text, large);
        let packed = "what is packed in it takes more than 3 MB";
        refused(&row("A1", "0"), &" ".repeat(MOST as usize), packed);
        let count = "<sst uniqueCount=\"99999999999\"></sst>";
        refused(&row("A1", "0"), count, "more than it is long");
    }

    #[test]
    fn the_number_of_texts_is_found_however_it_is_written() {
        assert_eq!(texts(b"<sst count=\"9\"><si/>"), None);
        assert_eq!(texts(b"<sst uniqueCount=\"42\">"), Some(42));
        assert_eq!(texts(b"<sst uniqueCount\n= '0042' x=\"1\">"), Some(42));
        assert_eq!(texts(b"uniqueCount=\"7\" uniqueCount=\"9\" "), Some(9));
        let endless = [&b"uniqueCount=\""[..], &[b'9'; 40]].concat();
        assert_eq!(texts(&endless), Some(u64::MAX));
    }
}
