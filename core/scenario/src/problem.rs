//! Problems: what is wrong, where, what was expected, and the nearest valid name.

use crate::source::{Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::fmt;

/// A problem as it is found, with its place in the sources.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) span: Option<Span>,
    pub(crate) message: String,
    pub(crate) expected: Option<String>,
    pub(crate) nearest: Option<String>,
    /// Another place that explains it, such as where a name was given first.
    pub(crate) also: Option<(Span, String)>,
}

impl Finding {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            message: message.into(),
            expected: None,
            nearest: None,
            also: None,
        }
    }

    /// A problem with no place in a text, such as a file that is not there.
    pub(crate) fn nowhere(message: impl Into<String>) -> Self {
        Self {
            span: None,
            message: message.into(),
            expected: None,
            nearest: None,
            also: None,
        }
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn nearest(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }

    pub(crate) fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }
}

/// A problem as data, for `--json`.
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
        findings.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
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

    /// The problems drawn into their files, as rustc draws them; `colour` for terminals.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = String::new();
        for finding in &self.findings {
            text.push_str(&renderer.render(&self.report(finding)));
            text.push_str("\n\n");
        }
        let plural = if self.count() == 1 { "" } else { "s" };
        text.push_str(&format!(
            "{} problem{plural}; nothing was run\n",
            self.count()
        ));
        text
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
            message: finding.message.clone(),
            expected: finding.expected.clone(),
            nearest: finding.nearest.clone(),
        }
    }

    fn report<'a>(&'a self, finding: &'a Finding) -> Vec<Group<'a>> {
        let title = Level::ERROR.primary_title(&finding.message);
        let mut group = match finding.span {
            None => Group::with_title(title),
            Some(span) => title.element(self.snippet(span, finding)),
        };
        if let Some((span, label)) = self.elsewhere(finding) {
            let note = AnnotationKind::Primary
                .span(self.first_line(span))
                .label(label);
            group = group.element(self.open(span).annotation(note));
        }
        if let (None, Some(expected)) = (finding.span, &finding.expected) {
            group = group.element(Level::NOTE.message(format!("expected {expected}")));
        }
        if let Some(nearest) = &finding.nearest {
            group = group.element(Level::HELP.message(format!("did you mean `{nearest}`?")));
        }
        vec![group]
    }

    fn snippet<'a>(
        &'a self,
        span: Span,
        finding: &'a Finding,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let mut mark = AnnotationKind::Primary.span(self.first_line(span));
        if let Some(expected) = &finding.expected {
            mark = mark.label(format!("expected {expected}"));
        }
        let mut snippet = self.open(span).annotation(mark);
        if let Some((also, label)) = finding.also.as_ref().filter(|(s, _)| s.file == span.file) {
            let note = AnnotationKind::Context.span(self.first_line(*also));
            snippet = snippet.annotation(note.label(label));
        }
        snippet
    }

    fn elsewhere<'a>(&self, finding: &'a Finding) -> Option<(Span, &'a str)> {
        let (span, label) = finding.also.as_ref()?;
        let apart = finding.span.is_some_and(|own| own.file != span.file);
        apart.then_some((*span, label.as_str()))
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
