//! Reading our own Markdown: sections, tables, code blocks, words in code style.

/// Text under a heading (given with its `#`s), up to the next heading of any level.
///
/// # Panics
/// When there is no such heading.
pub fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let at = text
        .find(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no {heading}"));
    let body = &text[at + heading.len() + 2..];
    let mut fenced = false;
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        if line.starts_with('#') && !fenced {
            break;
        }
        end += line.len();
    }
    &body[..end]
}

/// Rows of the tables in a text, without their heads: trimmed cells.
pub fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        if line.starts_with("|-") {
            rows.pop();
            continue;
        }
        let cells = line.trim_matches('|').split('|');
        rows.push(cells.map(|cell| cell.trim().to_owned()).collect());
    }
    rows
}

/// Lines of the code blocks in a text.
pub fn code_lines(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            lines.push(line);
        }
    }
    lines
}

/// Words in code style, outside code blocks.
pub fn quoted(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut words = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            words.extend(line.split('`').skip(1).step_by(2));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# A\n\n## B\n`x/y` and `z`\n```\ncode `q`\n# no heading\n```\n\n\
        | a | b |\n|---|---|\n| `1` | 2 |\n\n## C\nlast\n";

    #[test]
    fn parts_are_found() {
        let b = section(TEXT, "## B");
        assert!(b.contains("# no heading") && !b.contains("last"));
        assert_eq!(table(b), [["`1`", "2"]]);
        assert_eq!(code_lines(b), ["code `q`", "# no heading"]);
        assert_eq!(quoted(b), ["x/y", "z", "1"]);
        assert_eq!(section(TEXT, "## C"), "last\n");
    }
}
