//! The data behind a figure: a folded table and the same as a CSV file to save.

use super::Page;
use crate::lang::Lang;
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

/// Which moments of a course a table tells: the first of every calendar year, and the last.
pub(super) fn told(years: &[f64]) -> impl Iterator<Item = usize> + '_ {
    let year = |at: usize| years[at].floor();
    let first = move |at: usize| at == 0 || year(at) > year(at - 1);
    (0..years.len()).filter(move |at| first(*at) || at + 1 == years.len())
}

/// A moment in calendar years as its month: `2012-07` for 2012.5.
pub(super) fn iso_month(year: f64) -> String {
    let months = (12.0 * year).round();
    format!(
        "{:.0}-{:02.0}",
        (months / 12.0).floor(),
        months.rem_euclid(12.0) + 1.0
    )
}

/// A folded table with a link to the same as CSV; nothing without rows.
pub fn folded_table(
    writer: &Writer,
    name: &str,
    caption: &str,
    head: &[String],
    rows: &[Vec<String>],
) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let file = encoded(&as_csv(writer, head, rows));
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
fn as_csv(writer: &Writer, head: &[String], rows: &[Vec<String>]) -> String {
    let mut table = csv::WriterBuilder::new()
        .delimiter(writer.lang.of(b';', b','))
        .quote_style(csv::QuoteStyle::Necessary)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let written = "writing into memory cannot fail";
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        let row = row.iter().map(|cell| harmless(cell, writer.lang));
        table.write_record(row).expect(written);
    }
    String::from_utf8(table.into_inner().expect(written)).expect("cells are text")
}

/// A cell as a spreadsheet reads it: a number without marks between thousands and with a plain minus.
/// One that it would take for a formula begins with a quote mark.
fn harmless(cell: &str, lang: Lang) -> String {
    let mark = lang.of('.', ',');
    let number = cell.starts_with(|c: char| c.is_ascii_digit() || "+-−".contains(c))
        && cell
            .chars()
            .skip(1)
            .all(|c| c.is_ascii_digit() || ".,".contains(c));
    if number {
        return cell.replace(mark, "").replace('−', "-");
    }
    let risky = cell.starts_with(['=', '@', '\t', '\r', '+', '-']);
    format!("{}{}", if risky { "'" } else { "" }, cell.replace('−', "-"))
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
    fn cells_are_quoted_where_they_must_be_and_formulas_defused() {
        let rows = [
            vec!["a \"b\"; c".to_owned(), "=1+1".to_owned()],
            vec!["+cmd".to_owned(), "−1.234.000".to_owned()],
        ];
        let head = ["x".to_owned(), "−3,2".to_owned()];
        let table = as_csv(&Writer::new(Lang::Nl), &head, &rows);
        let expected = "x;-3,2\r\n\"a \"\"b\"\"; c\";'=1+1\r\n'+cmd;-1234000\r\n";
        assert_eq!(table, expected);
        assert_eq!(encoded("a\"é"), "a%22%C3%A9");
    }

    #[test]
    fn a_table_tells_the_first_moment_of_each_year_and_the_end() {
        let years = [2011.75, 2012.0, 2012.5, 2013.0, 2013.25, 2013.5];
        assert_eq!(told(&years).collect::<Vec<_>>(), [0, 1, 3, 5]);
        assert_eq!(told(&[2012.0]).collect::<Vec<_>>(), [0]);
        assert_eq!(told(&[]).count(), 0);
        let months = [2012.0, 2012.5, 2012.0 + 11.0 / 12.0].map(iso_month);
        assert_eq!(months, ["2012-01", "2012-07", "2012-12"]);
    }
}
