//! Scenario file in, checked scenario out, or every problem at once.

use crate::check::{self, check};
use crate::checked::Scenario;
use crate::decode::unfit;
use crate::load::{Loader, field_mut};
use crate::nearest::no_parameter;
use crate::parameters::{SPECS, position};
use crate::path::find;
use crate::problem::{Finding, Problems};
use crate::resolved::resolved;
use crate::source::{FileId, Source, Sources, Span};
use crate::targets::Targets;
use crate::text::{Text, both};
use crate::tree::{Field, Kind, Node};
use std::path::Path;

/// A scenario that was read without problems, with everything that took part.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The scenario.
    pub scenario: Scenario,
    /// Every text that was read, the scenario's own first.
    pub sources: Vec<Source>,
    /// Complete RON text that reads back to the same scenario.
    pub resolved: String,
    pub(crate) root: Node,
}

/// What someone who knows more than the scenario has against one of its values, such as a plugin
/// that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Path of the value, such as `strategies[0].plugin`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: Option<String>,
    /// The nearest valid name.
    pub nearest: Option<String>,
}

impl Checked {
    /// Complaints as problems, each drawn at the place of its value.
    pub fn problems(&self, complaints: &[Complaint]) -> Problems {
        let finding = |complaint: &Complaint| Finding {
            span: find(&self.root, &complaint.path).map(|node| node.span),
            message: complaint.message.clone().into(),
            expected: complaint.expected.clone().map(Text::from),
            nearest: complaint.nearest.clone(),
            also: None,
        };
        let findings = complaints.iter().map(finding).collect();
        Problems::new(findings, Sources(self.sources.clone()))
    }
}

/// Reads and checks a scenario file.
///
/// `settings` are pairs of path and value (`--set PATH=VALUE`), applied in order before the
/// checks.
///
/// # Errors
/// All problems of the file, its base, its place and the settings, each with its place.
pub fn read(path: &Path, settings: &[(String, String)]) -> Result<Checked, Problems> {
    read_by(Loader::default(), path, settings)
}

/// Reads and checks a scenario as [`read()`], from texts that were kept of it instead of from files:
/// [`Checked::sources`] of then.
///
/// # Errors
/// As [`read()`]; a text that was not kept is a file that is not there.
pub fn read_kept(
    path: &Path,
    settings: &[(String, String)],
    texts: &[Source],
) -> Result<Checked, Problems> {
    read_by(Loader::of_kept(texts), path, settings)
}

fn read_by(
    mut loader: Loader,
    path: &Path,
    settings: &[(String, String)],
) -> Result<Checked, Problems> {
    let read = loader.load(path, settings).and_then(|mut root| {
        prepare_parameters(&mut root, &loader);
        let scenario = loader.decoding.decode::<Scenario>(&root)?;
        check(&scenario, &root, &loader.decoding);
        Some((scenario, root))
    });
    let findings = loader.decoding.findings.into_inner();
    match read {
        Some((scenario, root)) if findings.is_empty() => {
            // The `ron` crate has the last word: what runs is what the resolved text says.
            let resolved = resolved(&scenario);
            let scenario =
                ron::from_str(&resolved).expect("a checked scenario reads back as it was written");
            Ok(Checked {
                resolved,
                scenario,
                sources: loader.sources.0,
                root,
            })
        }
        _ => Err(Problems::new(findings, loader.sources)),
    }
}

/// Checks a scenario that was changed after it was read, as if its text had been written so.
///
/// # Errors
/// All problems, each with its place in the resolved text.
pub fn recheck(scenario: &Scenario) -> Result<(), Problems> {
    let mut loader = Loader::default();
    if let Some(mut root) = loader.text("the changed scenario", resolved(scenario)) {
        prepare_parameters(&mut root, &loader);
        check(scenario, &root, &loader.decoding);
    }
    let findings = loader.decoding.findings.into_inner();
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Problems::new(findings, loader.sources))
    }
}

/// Reads and checks a list of targets.
///
/// # Errors
/// All problems of the file and its places, each with its place.
pub fn read_targets(path: &Path) -> Result<Targets, Problems> {
    let mut loader = Loader::default();
    let read = loader.load_targets(path).and_then(|root| {
        let targets = loader.decoding.decode::<Targets>(&root)?;
        check::targets::check(&targets, &root, &loader.decoding);
        Some(targets)
    });
    let findings = loader.decoding.findings.into_inner();
    match read {
        Some(targets) if findings.is_empty() => Ok(targets),
        _ => Err(Problems::new(findings, loader.sources)),
    }
}

/// Reports unknown and missing parameters, and leaves exactly those that exist.
fn prepare_parameters(root: &mut Node, loader: &Loader) {
    let root_span = root.span;
    if root.field("parameters").is_none() {
        let finding = Finding::new(
            root_span,
            both!("`parameters` ontbreekt", "`parameters` is missing"),
        );
        if !loader.base_failed {
            loader.decoding.note(finding.expected(both!(
                "een map van alle parameters, of een basis waar ze in staan",
                "a map of all parameters, or a base with them"
            )));
        }
        push_poisoned(root, loader);
        return;
    }
    let Some(section) = field_mut(root, "parameters") else {
        return;
    };
    let span = section.span;
    let Kind::Map(entries) = &mut section.kind else {
        let finding = Finding::new(span, unfit(&section.describe()));
        loader.decoding.note(finding.expected(both!(
            "een map: {{\"naam\": (value: ..), ..}}",
            "a map: {{\"name\": (value: ..), ..}}"
        )));
        section.kind = Kind::Map(
            SPECS
                .iter()
                .enumerate()
                .map(|(i, _)| absent(i, loader))
                .collect(),
        );
        return;
    };
    entries.retain(|(key, _)| is_known(key, loader));
    for (index, spec) in SPECS.iter().enumerate() {
        if !entries.iter().any(|(key, _)| key.text() == Some(spec.name)) {
            let finding = Finding::new(
                span,
                both!(
                    "parameter \"{}\" ontbreekt",
                    "parameter \"{}\" is missing",
                    spec.name
                ),
            );
            if !loader.base_failed {
                let finding = finding.expected(format!("{}, in {}", spec.doc, spec.unit));
                loader.decoding.note(finding);
            }
            entries.push(absent(index, loader));
        }
    }
}

fn push_poisoned(root: &mut Node, loader: &Loader) {
    let span = root.span;
    let value = Node {
        span,
        kind: Kind::Map(
            (0..SPECS.len())
                .map(|index| absent(index, loader))
                .collect(),
        ),
    };
    if let Kind::Struct { fields, .. } = &mut root.kind {
        let name = "parameters".to_owned();
        fields.push(Field {
            name,
            name_span: span,
            value,
        });
    }
}

/// A stand-in for a parameter that is not there, at a place that no text has.
fn absent(index: usize, loader: &Loader) -> (Node, Node) {
    let file = FileId(usize::MAX);
    let span = |start| Span {
        file,
        start,
        end: start,
    };
    loader.decoding.excuse_value(span(2 * index + 1));
    let name = SPECS[index].name.to_owned();
    let key = Node {
        span: span(2 * index),
        kind: Kind::Text(name),
    };
    let value = Node {
        span: span(2 * index + 1),
        kind: Kind::Bool(false),
    };
    (key, value)
}

fn is_known(key: &Node, loader: &Loader) -> bool {
    let Some(name) = key.text() else {
        return true;
    };
    let known = position(name).is_some();
    if !known {
        loader.decoding.note(no_parameter(key.span, name));
    }
    known
}
