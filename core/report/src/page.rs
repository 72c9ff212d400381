//! The page: one HTML file, nothing from outside, no script needed.

mod answer;
mod background;
mod comparison;
mod figures;
mod findings;
mod front;
mod marks;

use crate::input::ReportInput;
use crate::lang::Lang;
use crate::quantity::Writer;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page/style.css");

/// Nothing may be loaded and no script may run, whatever a hostile text tries.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// What every part of the page is made from.
struct Page<'a> {
    input: &'a ReportInput,
    writer: Writer,
}

impl Page<'_> {
    fn text(&self, id: &str) -> String {
        self.writer.texts.get(id)
    }

    fn with(&self, id: &str, variables: &[(&str, &str)]) -> String {
        self.writer.texts.with(id, variables)
    }

    /// `January 2012` for `2012-01`; the text itself when it is no month.
    fn month(&self, month: &str) -> String {
        let parts = month.split_once('-');
        let words = parts.and_then(|(year, number)| {
            let name = self.writer.texts.find(&format!("month-{number}"), &[])?;
            Some(format!("{name} {year}"))
        });
        words.unwrap_or_else(|| month.to_owned())
    }

    /// Whether there is anything to compare.
    fn has_results(&self) -> bool {
        self.input.cells.iter().any(|cell| cell.level.is_some()) || !self.input.survival.is_empty()
    }
}

/// The report as one HTML document in `lang`.
///
/// Takes any input: what is absent or empty is said on the page. All texts of the input are
/// escaped; there is no script and nothing is loaded.
pub fn render(input: &ReportInput, lang: Lang) -> String {
    let page = Page {
        input,
        writer: Writer::new(lang),
    };
    let title = format!("{} – {}", input.title, page.text("report"));
    frame(lang, &title, &input.reproduction.version, &body(&page))
}

/// A whole page around `body`, in the style of the report: nothing is loaded and no script runs.
pub fn frame(lang: Lang, title: &str, version: &str, body: &Markup) -> String {
    let document = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "zalm " (version) };
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    document.into_string()
}

fn body(page: &Page) -> Markup {
    html! {
        a.skip href="#main" { (page.text("skip")) }
        header.top { div.wide {
            (front::heading(page))
            (contents(page))
        } }
        main #main { div.wide {
            (front::notices(page))
            @if page.has_results() {
                (answer::section(page))
                @for stressor in 0..page.input.stressors.len() { (figures::section(page, stressor)) }
            } @else {
                section { h2 #answer { (page.text("answer")) } p { (page.text("nothing-ran")) } }
            }
            (background::strategies(page))
            (background::assumptions(page))
            (background::limits(page))
            (background::reproduction(page))
        } }
        footer { div.wide { (page.input.setting.citation) } }
    }
}

fn contents(page: &Page) -> Markup {
    html! {
        nav.contents aria-label=(page.text("contents")) { ul {
            li { a href="#answer" { (page.text("answer")) } }
            @if page.has_results() {
                @for (index, stressor) in page.input.stressors.iter().enumerate() {
                    li { a href={ "#stressor-" (index) } { (stressor.name) } }
                }
            }
            li { a href="#strategies" { (page.text("strategies")) } }
            li { a href="#assumptions" { (page.text("assumptions")) } }
            li { a href="#limits" { (page.text("limits")) } }
            li { a href="#reproduction" { (page.text("reproduction")) } }
        } }
    }
}

#[cfg(test)]
mod tests;
