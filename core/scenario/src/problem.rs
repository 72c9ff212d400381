//! Problems: what is wrong, where, what was expected, and the nearest valid name.

use crate::source::{Sources, Span};
use crate::text::{Text, both};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::fmt;

/// A problem as it is found, with its place in the sources.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) span: Option<Span>,
    pub(crate) message: Text,
    pub(crate) expected: Option<Text>,
    pub(crate) nearest: Option<String>,
    /// Another place that explains it, such as where a name was given first.
    pub(crate) also: Option<(Span, Text)>,
}

impl Finding {
    pub(crate) fn new(span: Span, message: impl Into<Text>) -> Self {
        Self {
            span: Some(span),
            message: message.into(),
            expected: None,
            nearest: None,
            also: None,
        }
    }

    /// A problem with no place in a text, such as a file that is not there.
    pub(crate) fn nowhere(message: impl Into<Text>) -> Self {
        Self {
            span: None,
            message: message.into(),
            expected: None,
            nearest: None,
            also: None,
        }
    }

    pub(crate) fn expected(mut self, expected: impl Into<Text>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn nearest(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }

    pub(crate) fn also(mut self, span: Span, label: impl Into<Text>) -> Self {
        self.also = Some((span, label.into()));
        self
    }
}

/// Which language of a text is shown.
pub type Pick = fn(&Text) -> &str;

/// A problem as data, in English, for `--json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// File, or `--set`; empty when there is no text to point at.
    pub file: String,
    /// Line, from 1; 0 when there is no text.
    pub line: usize,
    /// Column in characters, from 1; 0 when there is no text.
    pub column: usize,
    /// The text pointed at, on one line.
    pub found: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: Option<String>,
    /// The nearest valid name.
    pub nearest: Option<String>,
}

/// Everything that is wrong with a scenario; never empty.
#[derive(Clone)]
pub struct Problems {
    findings: Vec<Finding>,
    sources: Sources,
}

impl Problems {
    /// In the order of the text, each once.
    pub(crate) fn new(mut findings: Vec<Finding>, sources: Sources) -> Self {
        findings.sort_by(|a, b| (a.span, &a.message.en).cmp(&(b.span, &b.message.en)));
        findings.dedup_by(|a, b| a.span == b.span && a.message == b.message);
        Self { findings, sources }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// The problems as data.
    pub fn list(&self) -> Vec<Problem> {
        self.findings.iter().map(|f| self.problem(f)).collect()
    }

    /// The problems in English, drawn into their files as rustc draws them; `colour` for terminals.
    pub fn render(&self, colour: bool) -> String {
        self.told(colour, |text| &text.en)
    }

    /// The same in the language that `pick` takes of a text.
    pub fn told(&self, colour: bool, pick: Pick) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = String::new();
        for finding in &self.findings {
            text.push_str(&renderer.render(&self.report(finding, pick)));
            text.push_str("\n\n");
        }
        let count = match self.count() {
            1 => both!("1 probleem", "1 problem"),
            count => both!("{count} problemen", "{count} problems"),
        };
        let nothing = both!("er is niets gedraaid", "nothing was run");
        text + &format!("{}; {}\n", pick(&count), pick(&nothing))
    }

    fn problem(&self, finding: &Finding) -> Problem {
        let place = finding.span.map(|span| (self.sources.get(span.file), span));
        let (line, column) = place.map_or((0, 0), |(s, span)| s.line_and_column(span.start));
        let found = place.map_or("", |(source, span)| &source.text[span.range()]);
        Problem {
            file: place.map_or_else(String::new, |(source, _)| source.name.clone()),
            line,
            column,
            found: found.lines().next().unwrap_or("").to_owned(),
            message: finding.message.en.clone(),
            expected: finding.expected.as_ref().map(|text| text.en.clone()),
            nearest: finding.nearest.clone(),
        }
    }

    fn report<'a>(&'a self, finding: &'a Finding, pick: Pick) -> Vec<Group<'a>> {
        let named = |level: Level<'a>, name: Text| level.with_name(pick(&name).to_owned());
        let level = named(Level::ERROR, both!("fout", "error"));
        let title = level.primary_title(pick(&finding.message));
        let mut group = match finding.span {
            None => Group::with_title(title),
            Some(span) => title.element(self.snippet(span, finding, pick)),
        };
        if let Some((span, label)) = self.elsewhere(finding) {
            let note = AnnotationKind::Primary
                .span(self.first_line(span))
                .label(pick(label));
            group = group.element(self.open(span).annotation(note));
        }
        if let (None, Some(expected)) = (finding.span, &finding.expected) {
            let note = named(Level::NOTE, both!("let op", "note"));
            group = group.element(note.message(wanted(expected, pick)));
        }
        if let Some(nearest) = &finding.nearest {
            let help = named(Level::HELP, both!("hulp", "help"));
            let near = both!("bedoelde u `{nearest}`?", "did you mean `{nearest}`?");
            group = group.element(help.message(pick(&near).to_owned()));
        }
        vec![group]
    }

    fn snippet<'a>(
        &'a self,
        span: Span,
        finding: &'a Finding,
        pick: Pick,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let mut mark = AnnotationKind::Primary.span(self.first_line(span));
        if let Some(expected) = &finding.expected {
            mark = mark.label(wanted(expected, pick));
        }
        let mut snippet = self.open(span).annotation(mark);
        if let Some((also, label)) = finding.also.as_ref().filter(|(s, _)| s.file == span.file) {
            let note = AnnotationKind::Context.span(self.first_line(*also));
            snippet = snippet.annotation(note.label(pick(label)));
        }
        snippet
    }

    fn elsewhere<'a>(&self, finding: &'a Finding) -> Option<(Span, &'a Text)> {
        let (span, label) = finding.also.as_ref()?;
        let apart = finding.span.is_some_and(|own| own.file != span.file);
        apart.then_some((*span, label))
    }

    fn open(&self, span: Span) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let source = self.sources.get(span.file);
        Snippet::source(&source.text)
            .line_start(1)
            .path(&source.name)
    }

    /// A long value is marked by its first line only.
    fn first_line(&self, span: Span) -> std::ops::Range<usize> {
        let text = &self.sources.get(span.file).text[span.range()];
        let length = text.find('\n').unwrap_or(text.len());
        span.start..span.start + length
    }
}

/// What would be right, as a sentence part.
fn wanted(expected: &Text, pick: Pick) -> String {
    pick(&both!("verwacht: {expected}", "expected {expected}"; expected)).to_owned()
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// The same as on screen, so that a failed `unwrap` can be read.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
