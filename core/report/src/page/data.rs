//! The data behind a figure: a folded table and the same as a CSV file to save.

use super::Page;
use crate::quantity::Writer;
use maud::{Markup, html};

/// A table of texts as the page shows them.
pub(super) struct Data {
    /// Id of the caption.
    pub caption: &'static str,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows; the first column names the row.
    pub rows: Vec<Vec<String>>,
}

impl Data {
    /// The folded table with its link; nothing without rows.
    pub(super) fn folded(&self, page: &Page, name: &str) -> Markup {
        let caption = page.text(&format!("caption-{}", self.caption));
        folded_table(&page.writer, name, &caption, &self.head, &self.rows)
    }
}

/// A folded table with a link to the same as CSV; nothing without rows.
pub(crate) fn folded_table(
    writer: &Writer,
    name: &str,
    caption: &str,
    head: &[String],
    rows: &[Vec<String>],
) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let file = encoded(&csv(writer, head, rows));
    html! { details {
        summary { (writer.texts.get("data")) }
        p { a download={ (name) ".csv" } href={ "data:text/csv;charset=utf-8," (file) } {
            (writer.texts.get("as-csv"))
        } }
        (table_of(caption, head, rows))
    } }
}

/// A table that scrolls by itself on a narrow page.
pub(crate) fn table_of(caption: &str, head: &[String], rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) { table {
            caption { (caption) }
            thead { tr { @for name in head { th scope="col" { (name) } } } }
            tbody { @for row in rows { tr {
                @for (column, cell) in row.iter().enumerate() {
                    @if column == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                }
            } } }
        } }
    }
}

/// With semicolons where the comma is the decimal mark, so that a spreadsheet opens it right.
fn csv(writer: &Writer, head: &[String], rows: &[Vec<String>]) -> String {
    let mark = writer.lang.of(";", ",");
    let line = |row: &[String]| {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        cells.join(mark)
    };
    let rows = rows.iter().map(|row| line(row));
    let lines: Vec<String> = std::iter::once(line(head)).chain(rows).collect();
    lines.join("\r\n") + "\r\n"
}

/// A cell between quotes; one that a spreadsheet would take for a formula begins with a quote mark.
fn quoted(cell: &str) -> String {
    let risky = cell.starts_with(['=', '@', '\t', '\r']);
    let cell = cell.replace('−', "-").replace('"', "\"\"");
    format!("\"{}{cell}\"", if risky { "'" } else { "" })
}

/// Percent-encoded, as a link wants it.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~;, ".contains(&byte);
    text.bytes()
        .map(|byte| match byte {
            b' ' => "%20".to_owned(),
            _ if plain(byte) => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_defused() {
        assert_eq!(quoted("a \"b\"; c"), "\"a \"\"b\"\"; c\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("−3,2"), "\"-3,2\"");
        assert_eq!(encoded("a\"é"), "a%22%C3%A9");
    }
}
