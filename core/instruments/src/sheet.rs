//! What the pages of the instruments share.

use crate::voice::Voice;
use maud::{Markup, html};
use zalm_report::{Lang, frame};

/// A page with its heading; `body` holds the sections.
pub(crate) fn page(
    voice: &Voice,
    title: &str,
    about: &str,
    body: &Markup,
    version: &str,
) -> String {
    let markup = html! {
        a.skip href="#main" { (voice.text("skip")) }
        header.top { div.wide { h1 { (title) } p.question { (about) } } }
        main #main { div.wide { (body) } }
        footer { div.wide { (voice.text("compares")) } }
    };
    frame(voice.lang, title, version, &markup)
}

/// A drawing as a page shows it.
pub(crate) enum Drawing {
    /// On a narrow page it keeps its size and rolls by itself.
    Rolls(Markup),
    /// One for wide pages and one for narrow.
    Both(Markup, Markup),
}

/// A figure with its finding as title, drawn on white, and the data behind it.
pub(crate) fn figure(
    voice: &Voice,
    (title, sub): (&str, &str),
    drawing: &Drawing,
    data: &Markup,
) -> Markup {
    html! {
        figure {
            h3 { (title) }
            @if !sub.is_empty() { p.sub { (sub) } }
            @match drawing {
                Drawing::Rolls(svg) => {
                    p.sub.rolls { (voice.text("rolls")) }
                    div.plot.roll tabindex="0" role="region" aria-label=(title) { (svg) }
                }
                Drawing::Both(wide, narrow) => div.plot {
                    div.wide-plot { (wide) }
                    div.narrow { (narrow) }
                }
            }
            (data)
        }
    }
}

/// A table that scrolls by itself on a narrow page.
pub(crate) fn table(caption: &str, head: &[String], rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) { table {
            caption { (caption) }
            thead { tr { @for (at, cell) in head.iter().enumerate() {
                @if at == 0 { th.words scope="col" { (cell) } } @else { th scope="col" { (cell) } }
            } } }
            tbody { @for row in rows { tr { @for (at, cell) in row.iter().enumerate() {
                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
            } } } }
        } }
    }
}

/// A table for spreadsheets: with commas, in Dutch with semicolons, as a spreadsheet of that language
/// reads it.
pub(crate) fn csv(rows: &[Vec<String>], lang: Lang) -> String {
    parted(lang.of(b';', b','), rows)
}

/// A table as text with this byte between cells; cells that hold it, a quote or a line end are quoted.
pub(crate) fn parted(mark: u8, rows: &[Vec<String>]) -> String {
    let mut table = csv::WriterBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .from_writer(Vec::new());
    let written = "writing into memory cannot fail";
    for row in rows {
        table.write_record(row).expect(written);
    }
    String::from_utf8(table.into_inner().expect(written)).expect("cells are text")
}

/// A number for a spreadsheet, with the decimal sign of the language.
pub(crate) fn decimal(number: f64, lang: Lang) -> String {
    let text = format!("{number:.4}");
    match lang {
        Lang::Nl => text.replace('.', ","),
        Lang::En => text,
    }
}

/// A document for programs.
pub(crate) fn document(content: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(content);
    text.expect("documents have text keys and finite or absent numbers") + "\n"
}

#[cfg(test)]
mod tests {
    use super::{csv, decimal};
    use zalm_report::Lang;

    #[test]
    fn cells_that_would_break_a_row_are_quoted() {
        let rows = [
            vec!["a,b".to_owned(), "c \"d\"".to_owned()],
            vec!["e".to_owned()],
        ];
        assert_eq!(csv(&rows, Lang::En), "\"a,b\",\"c \"\"d\"\"\"\ne\n");
        let rows = [vec![
            "a,b".to_owned(),
            "c;d".to_owned(),
            decimal(0.5, Lang::Nl),
        ]];
        assert_eq!(csv(&rows, Lang::Nl), "a,b;\"c;d\";0,5000\n");
    }
}
