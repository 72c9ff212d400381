//! The data behind a figure: a folded table and the same as a CSV file to save.

use super::Page;
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
        if self.rows.is_empty() {
            return html! {};
        }
        let text = page.text(&format!("caption-{}", self.caption));
        html! { details {
            summary { (page.text("data")) }
            p { a download={ (name) ".csv" } href={ "data:text/csv;charset=utf-8," (encoded(&self.csv(page))) } {
                (page.text("as-csv"))
            } }
            div.scroll tabindex="0" role="region" aria-label=(text) { table {
                caption { (text) }
                thead { tr { @for name in &self.head { th scope="col" { (name) } } } }
                tbody { @for row in &self.rows { tr {
                    @for (column, cell) in row.iter().enumerate() {
                        @if column == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                    }
                } } }
            } }
        } }
    }

    /// With semicolons where the comma is the decimal mark, so that a spreadsheet opens it right.
    fn csv(&self, page: &Page) -> String {
        let mark = page.writer.lang.of(";", ",");
        let line = |row: &Vec<String>| {
            row.iter()
                .map(|cell| quoted(cell))
                .collect::<Vec<_>>()
                .join(mark)
        };
        let lines: Vec<String> = std::iter::once(&self.head)
            .chain(&self.rows)
            .map(line)
            .collect();
        lines.join("\r\n") + "\r\n"
    }
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
