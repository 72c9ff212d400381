//! In which forms an answer is given: text, document, tables, page.

pub(crate) use zalm_report::aligned;

use crate::page::{Page, sheet};
use crate::voice::Voice;
use serde::Serialize;
use std::fmt::Display;
use zalm_report::Sheet;

/// Where an answer comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Command that gives the same answer.
    pub command: String,
    /// Version of zalm.
    pub zalm_version: String,
}

/// What a question found, as it is told to those who asked.
pub trait Finding: Serialize {
    /// Version of its document.
    const SCHEMA: &'static str;

    /// For a terminal.
    fn text(&self, voice: &Voice) -> String;

    /// For spreadsheets: tables by file name; none where no folder keeps them.
    fn tables(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// For people; `None` where there is nothing to draw.
    fn page(&self, _: &Voice) -> Option<Page> {
        None
    }
}

/// An answer in every form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// For a terminal.
    pub text: String,
    /// For programs.
    pub json: String,
    /// Tables by file name, for spreadsheets.
    pub tables: Vec<(&'static str, String)>,
    /// For people: words, figures and tables; absent where there is nothing to draw.
    pub page: Option<Sheet>,
}

impl Answer {
    /// What was found, told in one voice.
    pub fn of<F: Finding>(found: &F, origin: &Origin, voice: &Voice) -> Self {
        Self::told(found, origin, (voice, voice))
    }

    /// The same with one voice for the text and another for the page.
    pub fn told<F: Finding>(found: &F, origin: &Origin, (text, page): (&Voice, &Voice)) -> Self {
        let drawn = found.page(page);
        Self {
            text: found.text(text),
            json: document(origin, found),
            tables: found.tables(),
            page: drawn.map(|drawn| sheet(drawn, origin, page)),
        }
    }
}

/// How an answer begins.
pub(crate) struct Head {
    /// Its title.
    pub title: String,
    /// What was played, how it is to be read, what was left out: a line each.
    pub lines: Vec<String>,
}

impl Head {
    /// As a text begins.
    pub fn text(&self) -> String {
        lines(std::iter::once(&self.title).chain(&self.lines))
    }
}

/// Texts as lines.
pub(crate) fn lines(texts: impl IntoIterator<Item = impl Display>) -> String {
    texts.into_iter().map(|text| format!("{text}\n")).collect()
}

#[derive(Serialize)]
struct Document<'a, T> {
    schema: &'static str,
    #[serde(flatten)]
    origin: &'a Origin,
    #[serde(flatten)]
    answer: &'a T,
}

/// The document of an answer.
fn document<F: Finding>(origin: &Origin, answer: &F) -> String {
    let document = Document {
        schema: F::SCHEMA,
        origin,
        answer,
    };
    let text = serde_json::to_string_pretty(&document);
    text.expect("answers have text keys and finite or absent numbers") + "\n"
}

/// A table: a head, and rows of cells.
pub(crate) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = "writing into memory cannot fail";
    writer.write_record(head).expect(written);
    for row in rows {
        writer.write_record(&row).expect(written);
    }
    String::from_utf8(writer.into_inner().expect(written)).expect("cells are text")
}

/// A cell of a number that may be missing.
pub(crate) fn cell(value: impl Into<Option<f64>>) -> String {
    let value = value.into();
    value.map_or_else(String::new, |value| value.to_string())
}

/// Both ends of an interval that may be missing.
pub(crate) fn ends(interval: impl Into<Option<(f64, f64)>>) -> [String; 2] {
    let (low, high) = interval.into().unzip();
    [cell(low), cell(high)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_would_break_a_row_are_quoted() {
        let rows = [vec!["a,b".to_owned(), cell(0.5)]];
        assert_eq!(table(&["x", "y"], rows), "x,y\n\"a,b\",0.5\n");
        assert_eq!(ends(None), ["", ""]);
    }

    #[test]
    fn numbers_stand_to_the_right() {
        let rows = [
            vec!["a".into(), "1".into()],
            vec!["bcd".into(), "10".into()],
        ];
        assert_eq!(aligned(&rows), "  a     1\n  bcd  10\n");
    }
}
