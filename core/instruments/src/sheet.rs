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

/// A figure with its finding as title, drawn on white.
pub(crate) fn figure(title: &str, sub: &str, svg: &Markup) -> Markup {
    html! {
        h3 { (title) }
        @if !sub.is_empty() { p.sub { (sub) } }
        // On a narrow page the drawing keeps its size, and rolls by itself.
        figure { div.plot.roll tabindex="0" role="region" aria-label=(title) { (svg) } }
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
/// reads it; cells that would break a row are quoted.
pub(crate) fn csv(rows: &[Vec<String>], lang: Lang) -> String {
    let separator = lang.of(';', ',');
    let cell = |cell: &String| {
        if cell.contains([separator, '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>();
    let line = |row: &Vec<String>| line(row).join(&separator.to_string());
    rows.iter().map(|row| line(row) + "\n").collect()
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
