//! New values in the text in which the old ones stand; comments and everything else stay.

use crate::path::find;
use crate::read::Checked;
use crate::source::{FileId, Span};

impl Checked {
    /// Name and text of the file in which these figures or parameters stand, with a new value,
    /// evidence and source for each of them, given as path, value and source.
    ///
    /// # Errors
    /// When a path leads nowhere, or when the values do not all stand in one file.
    pub fn rewritten(&self, changes: &[(String, f64, String)]) -> Result<(String, String), String> {
        let mut parts: Vec<(Span, String)> = Vec::new();
        for (path, value, source) in changes {
            let texts = [
                ("value", value.to_string()),
                ("evidence", "Estimate".to_owned()),
                ("source", format!("{source:?}")),
            ];
            for (field, text) in texts {
                let node = find(&self.root, &format!("{path}.{field}"));
                let node = node.ok_or_else(|| format!("there is no {path}.{field}"))?;
                parts.push((node.span, text));
            }
        }
        let file = self.one_file(&parts)?;
        let source = &self.sources[file.0];
        let mut text = source.text.clone();
        parts.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        for (span, new) in parts {
            text.replace_range(span.range(), &new);
        }
        Ok((source.name.clone(), text))
    }

    fn one_file(&self, parts: &[(Span, String)]) -> Result<FileId, String> {
        let Some((first, _)) = parts.first() else {
            return Err("nothing is to be written".to_owned());
        };
        match parts.iter().find(|(span, _)| span.file != first.file) {
            None => Ok(first.file),
            Some((other, _)) => {
                let name = |span: &Span| &self.sources[span.file.0].name;
                let (one, two) = (name(first), name(other));
                Err(format!(
                    "some of the values stand in {one}, others in {two}"
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Checked, read};
    use std::path::Path;

    fn tiny() -> Checked {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/tiny.ron");
        read(&path, &[]).expect("a scenario without problems")
    }

    #[test]
    fn values_are_written_where_they_stand_and_nothing_else_moves() {
        let old = tiny();
        let change = |path: &str, value| (path.to_owned(), value, "a \"test\"".to_owned());
        let paths = ["parameters.onset.work", "crises[eviction].weight"];
        let (name, text) = old
            .rewritten(&[change(paths[0], 0.0012), change(paths[1], 2.0)])
            .expect("both stand in the base");
        assert!(name.ends_with("base/netherlands.ron"), "{name}");
        assert_eq!(text.lines().count(), old.sources[1].text.lines().count());
        let changed: Vec<&str> = text
            .lines()
            .zip(old.sources[1].text.lines())
            .filter_map(|(new, old)| (new != old).then_some(new))
            .collect();
        assert_eq!(changed.len(), 2, "{changed:?}");
        let written = "value: 0.0012, low: 0.0004, high: 0.0036, evidence: Estimate";
        assert!(changed[0].contains(written), "{changed:?}");
        assert!(
            changed
                .iter()
                .all(|line| line.contains(r#"source: "a \"test\"""#))
        );
    }

    #[test]
    fn values_of_two_files_are_refused() {
        let change = |path: &str| (path.to_owned(), 1.0, "test".to_owned());
        // The scenario gives the cost of a worker itself.
        let both = [
            change("parameters.onset.work"),
            change("parameters.worker.cost"),
        ];
        assert!(tiny().rewritten(&both).is_err());
        assert!(tiny().rewritten(&[change("parameters.no.such")]).is_err());
    }
}
