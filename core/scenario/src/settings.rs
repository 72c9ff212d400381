//! Settings of the command line: `--set PATH=VALUE`.
//!
//! A path walks names, `[index]` or `[id]`, and parameter names: `replications`,
//! `parameters.team.effect`, `stressors[1].shocks[0].share`, `projects[frontline-team].workers`.
//! Where a path ends at a number with evidence and source, a plain number replaces its value; it
//! is then an assumption whose source is the setting, and its plausible range is widened to hold
//! it. To change one part only, name it: `parameters.team.effect.low`.

use crate::nearest::{nearest, one_of};
use crate::parameters::SPECS;
use crate::parse::{Fault, parse_from};
use crate::path::{child_mut, names, step};
use crate::problem::Finding;
use crate::source::{FileId, Span};
use crate::text::both;
use crate::tree::{Field, Kind, Node};
use std::ops::Range;

/// One setting, as it was written.
pub(crate) struct Setting {
    pub(crate) path: String,
    file: FileId,
    value: Result<Node, Fault>,
    raw: String,
}

impl Setting {
    pub(crate) fn new(file: FileId, path: &str, raw: &str) -> Self {
        let start = path.len() + 1;
        Self {
            path: path.to_owned(),
            file,
            value: parse_from(file, &format!("{path}={raw}"), start),
            raw: raw.to_owned(),
        }
    }

    /// Changes the tree.
    ///
    /// # Errors
    /// When the path leads nowhere, with the nearest name that does.
    pub(crate) fn apply(&self, root: &mut Node) -> Result<(), Box<Finding>> {
        let mut here = root;
        let mut at = 0;
        while at < self.path.len() {
            let (step, end) = step(&self.path, at, here);
            if end == self.path.len() && self.add_field(here, &step, at) {
                return Ok(());
            }
            let known = names(here);
            here = child_mut(here, &step).ok_or_else(|| Box::new(self.miss(at..end, &known)))?;
            at = end + usize::from(self.path[end..].starts_with('.'));
        }
        self.replace(here);
        Ok(())
    }

    /// A section that is not there yet; whether it may be there is for the decoding to say.
    fn add_field(&self, node: &mut Node, name: &str, at: usize) -> bool {
        let value = self.node();
        let Kind::Struct { fields, .. } = &mut node.kind else {
            return false;
        };
        let is_new = !name.starts_with('[') && fields.iter().all(|field| field.name != name);
        if is_new {
            let name_span = self.span(at, self.path.len());
            let name = name.to_owned();
            fields.push(Field {
                name,
                name_span,
                value,
            });
        }
        is_new
    }

    fn replace(&self, target: &mut Node) {
        let value = self.node();
        let is_number = matches!(value.kind, Kind::Integer(_) | Kind::Float(_));
        if is_number && target.field("value").is_some() {
            self.replace_figure(target, &value);
            return;
        }
        // What is no number is refused as the value, not as the whole figure.
        let is_part = matches!(value.kind, Kind::Struct { .. });
        if !is_part && let Some(own) = value_of(target) {
            *own = value;
            return;
        }
        let for_people = target.text().is_some() || target.field("nl").is_some();
        let is_text = value.text().is_some() || value.field("nl").is_some();
        let keeps_text = for_people && !is_text;
        *target = if keeps_text { self.text() } else { value };
    }

    /// A number that a person chose is no longer measured, and its range must hold it.
    fn replace_figure(&self, figure: &mut Node, value: &Node) {
        let Kind::Struct { fields, .. } = &mut figure.kind else {
            return;
        };
        let number = value.number();
        for field in fields {
            let old = field.value.number();
            let kind = match field.name.as_str() {
                "value" => Some(value.kind.clone()),
                "low" if number < old => Some(value.kind.clone()),
                "high" if number > old => Some(value.kind.clone()),
                "evidence" => Some(Kind::Word("Assumption".to_owned())),
                "source" => Some(Kind::Text(format!("--set {}={}", self.path, self.raw))),
                _ => None,
            };
            if let Some(kind) = kind {
                let span = value.span;
                field.value = Node { span, kind };
            }
        }
    }

    /// The value; what is no RON is taken as text, so that no quotes are needed.
    fn node(&self) -> Node {
        self.value
            .as_ref()
            .map_or_else(|_| self.text(), Clone::clone)
    }

    fn text(&self) -> Node {
        let start = self.path.len() + 1;
        Node {
            span: self.span(start, start + self.raw.len()),
            kind: Kind::Text(self.raw.clone()),
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start,
            end,
        }
    }

    /// A step of the path, the bytes of which these are, is none of the names that are known there.
    fn miss(&self, at: Range<usize>, known: &[String]) -> Finding {
        let written = self.path[at.clone()].trim_matches(['[', ']']);
        let finding = Finding::new(
            self.span(at.start, at.end),
            both!(
                "--set {}: hier bestaat geen `{written}`",
                "--set {}: there is no `{written}` here",
                self.path
            ),
        );
        let known = || known.iter().map(String::as_str);
        let finding = finding.expected(match known().next() {
            Some(_) => one_of(known()),
            None => both!(
                "dat het pad hiervoor eindigt",
                "the path to end before this"
            ),
        });
        // Who begins as parameters do, such as with `team`, means one of those.
        let group = format!("{written}.");
        let parameters = SPECS.iter().map(|spec| spec.name);
        let parameters = parameters.filter(|name| at.start == 0 && name.starts_with(&group));
        match nearest(&self.path, parameters) {
            Some(name) => finding.nearest(Some(&format!("parameters.{name}"))),
            None => finding.nearest(nearest(written, known())),
        }
    }
}

/// The value of a figure.
fn value_of(figure: &mut Node) -> Option<&mut Node> {
    let Kind::Struct { fields, .. } = &mut figure.kind else {
        return None;
    };
    let mut fields = fields.iter_mut();
    let found = fields.find(|field| field.name == "value");
    found.map(|field| &mut field.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn apply(path: &str, value: &str) -> Result<Node, Box<Finding>> {
        let text = "(title: \"x\", parameters: {\"team.effect\": (value: 1, low: 0)}, \
                    projects: [(id: \"a\", workers: (value: 2))])";
        let mut root = parse(FileId(0), text).unwrap();
        Setting::new(FileId(1), path, value).apply(&mut root)?;
        Ok(root)
    }

    #[test]
    fn a_number_replaces_the_value_of_a_figure() {
        let root = apply("parameters.team.effect", "3").unwrap();
        let parameter = root
            .field("parameters")
            .unwrap()
            .entry("team.effect")
            .unwrap();
        assert!(matches!(
            parameter.field("value").unwrap().kind,
            Kind::Integer(3)
        ));
        assert_eq!(parameter.field("low").unwrap().number(), Some(0.0));
        let root = apply("projects[a].workers", "6").unwrap();
        let workers = root
            .field("projects")
            .unwrap()
            .item(0)
            .unwrap()
            .field("workers")
            .unwrap();
        assert!(matches!(
            workers.field("value").unwrap().kind,
            Kind::Integer(6)
        ));
    }

    #[test]
    fn texts_need_no_quotes() {
        let root = apply("title", "carousel").unwrap();
        assert_eq!(root.field("title").unwrap().text(), Some("carousel"));
    }

    #[test]
    fn a_parameter_by_its_name_alone_gets_its_path_and_words_stay_its_value() {
        let missed = apply("team.effect", "2").unwrap_err();
        let near = format!("{missed:?}");
        assert!(near.contains("parameters.team.effect"), "{near}");
        for (short, full) in [
            ("team.efect", "parameters.team.effect"),
            ("household.pats", "parameters.household.past"),
            // Not `payers`.
            ("payer.rivls", "parameters.payer.rivals"),
        ] {
            let missed = apply(short, "2").unwrap_err();
            assert_eq!(missed.nearest.as_deref(), Some(full));
        }
        let section = apply("projcts[a].workers", "2").unwrap_err();
        assert_eq!(section.nearest.as_deref(), Some("projects"));
        let root = apply("parameters.team.effect", "twee").unwrap();
        let figure = root.field("parameters").unwrap().entry("team.effect");
        let figure = figure.unwrap();
        assert!(figure.field("low").is_some(), "the figure is still one");
        assert_eq!(figure.field("value").unwrap().number(), None);
    }

    #[test]
    fn a_path_that_leads_nowhere_names_the_nearest() {
        let miss = apply("parameters.team.efect", "3").unwrap_err();
        assert_eq!(miss.nearest.as_deref(), Some("team.effect"));
        assert!(apply("projects[b].workers", "6").is_err());
        assert!(apply("projects[a].workers.value.x", "6").is_err());
    }
}
