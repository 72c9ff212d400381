//! Where in the texts of a scenario a name stands.
//!
//! A checked scenario has no places any more. What only shows when a library is loaded still
//! deserves a line to point at, so the name is looked up in the texts.

use zalm_scenario::Source;

/// File and line (from 1) of the last of `names`, each looked for from where the one before it
/// stands: first the strategy, then what it names.
pub fn place<'a>(sources: &'a [Source], names: &[&str]) -> Option<(&'a str, usize)> {
    in_settings(sources, names).or_else(|| sources.iter().find_map(|source| in_file(source, names)))
}

/// A setting of the command line is one line, and comes after what the files say.
fn in_settings<'a>(sources: &'a [Source], names: &[&str]) -> Option<(&'a str, usize)> {
    let last = names.last()?;
    let names_it = |source: &&Source| source.name == "--set" && source.text.contains(last);
    let found = sources.iter().rfind(names_it)?;
    Some((&found.name, 1))
}

fn in_file<'a>(source: &'a Source, names: &[&str]) -> Option<(&'a str, usize)> {
    let mut lines = source
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !is_comment(line))
        .peekable();
    let mut at = None;
    for name in names {
        let quoted = format!("\"{name}\"");
        loop {
            let (number, line) = lines.peek()?;
            if line.contains(&quoted) {
                at = Some(*number + 1);
                break;
            }
            lines.next();
        }
    }
    Some((&source.name, at?))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::{Source, place};

    fn source(name: &str, text: &str) -> Source {
        Source {
            name: name.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn comments_are_passed_over_and_settings_come_first() {
        let file = source(
            "a.ron",
            "// \"loan\"\n\n(name: \"first\", plugin: \"loan\"),\n",
        );
        let texts = [file.clone()];
        assert_eq!(place(&texts, &["first", "loan"]), Some(("a.ron", 3)));
        assert_eq!(place(&texts, &["second", "loan"]), None);
        let texts = [file, source("--set", "strategies[0].plugin=loan")];
        assert_eq!(place(&texts, &["first", "loan"]), Some(("--set", 1)));
    }
}
