//! The page: one HTML file, nothing from outside, no script needed.

mod answer;
mod background;
mod care;
mod comparison;
mod data;
mod figures;
mod findings;
mod front;
mod marks;
mod money;
mod people;
mod stress;
mod who;

pub use data::folded_table;
pub(crate) use data::table_of;
pub(crate) use figures::plotted;

use crate::input::{ReportInput, StrategyInfo};
use crate::lang::Lang;
use crate::quantity::Writer;
use crate::robust::recommended;
use crate::texts::capital;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::cell::RefCell;

const STYLE: &str = include_str!("page/style.css");

/// Nothing may be loaded and no script may run, whatever a hostile text tries.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// What every part of the page is made from.
struct Page<'a> {
    input: &'a ReportInput,
    writer: Writer,
    /// The null alternative as it stands in a sentence.
    null: String,
    figures: RefCell<Vec<(String, String)>>,
}

/// A report with its figures as files of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rendered {
    /// The page.
    pub html: String,
    /// Name and SVG of every figure.
    pub figures: Vec<(String, String)>,
}

/// A strategy with its article, where it goes by the name of its plugin; else its name as it is.
fn in_sentence(writer: &Writer, info: &StrategyInfo) -> String {
    let known = writer.texts.find(&format!("the-{}", info.plugin), &[]);
    let name = info.name.to_lowercase();
    let known = known.filter(|known| !name.is_empty() && known.to_lowercase().ends_with(&name));
    known.unwrap_or_else(|| info.name.clone())
}

impl<'a> Page<'a> {
    fn of(input: &'a ReportInput, lang: Lang) -> Self {
        let writer = Writer::new(lang);
        let null = input
            .null()
            .map(|null| in_sentence(&writer, &input.strategies[null]));
        Self {
            input,
            null: null.unwrap_or_else(|| input.null_name().to_owned()),
            writer,
            figures: RefCell::default(),
        }
    }

    /// A strategy as it stands in the middle of a sentence.
    fn the(&self, strategy: usize) -> String {
        in_sentence(&self.writer, &self.input.strategies[strategy])
    }

    /// The same at the begin of a sentence.
    fn begin(&self, strategy: usize) -> String {
        capital(&self.the(strategy))
    }

    fn text(&self, id: &str) -> String {
        self.writer.texts.get(id)
    }

    fn with(&self, id: &str, variables: &[(&str, &str)]) -> String {
        self.writer.texts.with(id, variables)
    }

    /// Keeps a figure as a file.
    fn keep(&self, name: String, svg: String) {
        self.figures.borrow_mut().push((name, svg));
    }

    /// The strategy of which a figure shows only one: the one that stays together longest under
    /// this stressor, else the one that is recommended, else the one of the three numbers.
    fn shown(&self, stressor: usize) -> Option<usize> {
        let longest = findings::longest(self.input, stressor).map(|best| best.strategy);
        let recommended = || recommended(self.input).map(|found| found.strategy);
        longest.or_else(recommended).or_else(|| answer::shown(self))
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
    render_with_figures(input, lang).html
}

/// The same, with every figure as a file of its own.
pub fn render_with_figures(input: &ReportInput, lang: Lang) -> Rendered {
    let page = Page::of(input, lang);
    let title = format!("{} – {}", input.title, page.text("report"));
    let html = frame(lang, &title, &input.reproduction.version, &body(&page));
    Rendered {
        html,
        figures: page.figures.into_inner(),
    }
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
                (background::strategies(page))
                (background::assumptions(page))
                @for stressor in 0..page.input.stressors.len() { (figures::section(page, stressor)) }
                (stress::section(page))
            } @else {
                section { h2 #answer { (page.text("answer")) } p { (page.text("nothing-ran")) } }
                (background::strategies(page))
                (background::assumptions(page))
            }
            (background::unsaid(page))
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
            li { a href="#strategies" { (page.text("strategies")) } }
            li { a href="#assumptions" { (page.text("assumptions")) } }
            @if page.has_results() {
                @for (index, stressor) in page.input.stressors.iter().enumerate() {
                    li { a href={ "#stressor-" (index) } { (stressor.name) } }
                }
                li { a href="#regret" { (page.text("regret")) } }
            }
            li { a href="#unsaid" { (page.text("unsaid")) } }
            li { a href="#limits" { (page.text("limits")) } }
            li { a href="#reproduction" { (page.text("reproduction")) } }
        } }
    }
}

#[cfg(test)]
mod tests;
