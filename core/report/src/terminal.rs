//! Text for a terminal.

/// Text from a file, safe for a terminal: no line ends or other control characters.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A text for a terminal of so many columns: sentences are broken between words and go on indented,
/// rows of a table (two spaces between cells) stay as they are.
pub fn folded(text: &str, columns: usize) -> String {
    let line = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let is_row = line.trim().contains("  ");
        if is_row || line.chars().count() <= columns {
            return format!("{line}\n");
        }
        let first = wrapped(line, columns.saturating_sub(indent).max(1));
        let lines = first.iter().map(|part| format!("{:indent$}{part}\n", ""));
        lines.collect()
    };
    text.lines().map(line).collect()
}

/// Lines of at most `width` columns, broken between words.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A sentence that begins behind `first`, and goes on as far from the edge as so many columns.
pub(crate) fn hanging(first: &str, indent: usize, text: &str, columns: usize) -> String {
    let lines = wrapped(text, columns.saturating_sub(indent));
    let edges = std::iter::once(first.to_owned()).chain(std::iter::repeat(" ".repeat(indent)));
    let lines = edges.zip(lines);
    lines
        .map(|(edge, line)| format!("{edge}{line}\n"))
        .collect()
}

/// Rows under each other: the first column to the left, the others to the right.
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let line: String = cells
            .map(|(at, (cell, &width))| match at {
                0 => format!("  {cell:<width$}"),
                _ => format!("  {cell:>width$}"),
            })
            .collect();
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn sentences_fold_and_rows_do_not() {
        let text = "one two three four\n  a  b  c d e f g h i j\n  in a list of words\n\nend\n";
        let expected =
            "one two\nthree four\n  a  b  c d e f g h i j\n  in a list\n  of words\n\nend\n";
        assert_eq!(folded(text, 11), expected);
        assert_eq!(folded(text, usize::MAX), text);
    }
}
