//! Rows of text in columns.

/// The rows with their columns lined up, two spaces apart, each line indented by two.
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells: String = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("  {cell:<width$}"))
        .collect();
    format!("{}\n", cells.trim_end())
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_line_up_and_lines_have_no_tail() {
        let rows = [
            vec!["a".to_owned(), "bc".to_owned()],
            vec!["def".to_owned()],
        ];
        assert_eq!(aligned(&rows), "  a    bc\n  def\n");
    }
}
