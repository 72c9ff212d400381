//! Tables as spreadsheets save them: text in one of two encodings, its cells parted by one of three
//! marks.

use std::borrow::Cow;

/// The text of a table: UTF-8, or the Latin-1 of older programs, in which every byte is a character.
/// Without the byte order mark that some begin with, and with one byte at the end of a line: where
/// there are two, as on Windows, the reader of tables counts a line less.
pub fn spreadsheet_text(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().map(|byte| char::from(*byte)).collect(),
        Cow::Borrowed,
    );
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// What parts the cells of a table: the comma, the tab or the semicolon, whichever its first lines have
/// most of.
pub fn separator(head: &str) -> u8 {
    let count = |mark: &u8| head.bytes().filter(|byte| byte == mark).count();
    let marks = [b',', b'\t', b';'].into_iter();
    marks.max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_bytes_marks_and_ends_of_lines_are_read() {
        assert_eq!(spreadsheet_text(b"Frysl\xe2n\r\n1\n"), "Fryslân\n1\n");
        assert_eq!(spreadsheet_text("\u{feff}Fryslân".as_bytes()), "Fryslân");
    }

    #[test]
    fn cells_are_parted_by_what_is_there_most() {
        for (head, mark) in [("a,b;c,d", b','), ("a;b,c;d", b';'), ("a\tb", b'\t')] {
            assert_eq!(separator(head), mark, "{head}");
        }
    }
}
