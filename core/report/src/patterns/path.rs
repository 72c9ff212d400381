//! How the effects came about: a sentence for each pattern.

use super::{PathInput, PatternsInput, WIDTH};
use crate::quantity::Writer;
use crate::terminal::{hanging, one_line};

/// The sentences under their heading.
pub(super) fn paths(input: &PatternsInput, writer: &Writer) -> String {
    let mut text = format!("\n{}\n", writer.texts.get("patterns-paths"));
    for pattern in &input.patterns {
        let Some(path) = &pattern.path else { continue };
        let number = format!("{:>3}  ", pattern.number);
        text.push_str(&hanging(&number, 5, &sentence(path, writer), WIDTH));
    }
    text
}

/// One sentence from the lines that stand in one log only.
fn sentence(path: &PathInput, writer: &Writer) -> String {
    let line = |(month, arm, text): &(String, String, String)| {
        writer.texts.with(
            "patterns-line",
            &[("month", month), ("arm", arm), ("text", &one_line(text))],
        )
    };
    let mut parts: Vec<String> = path.lines.iter().map(line).collect();
    if parts.is_empty() {
        parts.push(writer.texts.get("patterns-no-line"));
    }
    parts.extend(
        path.half
            .as_ref()
            .map(|month| writer.texts.with("patterns-half", &[("month", month)])),
    );
    let replication = path.replication.to_string();
    writer.texts.with(
        "patterns-path",
        &[("replication", &replication), ("parts", &parts.join("; "))],
    )
}
