//! The texts that were read, and places in them.

use std::ops::Range;

/// Number of a text in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) usize);

/// A stretch of one text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether one of the two lies within the other.
    pub(crate) fn touches(self, other: Self) -> bool {
        self.file == other.file && (self.holds(other) || other.holds(self))
    }

    fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A text that took part in a scenario: a file, or a setting of the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path as it was given or written, or `--set` for a setting.
    pub name: String,
    /// The text, byte for byte.
    pub text: String,
}

impl Source {
    /// Line and column (characters), both from 1, of a byte offset.
    pub(crate) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..offset.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (line, column)
    }
}

/// All texts of one reading, in the order in which they were opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources(pub(crate) Vec<Source>);

impl Sources {
    pub(crate) fn add(&mut self, name: String, text: String) -> FileId {
        self.0.push(Source { name, text });
        FileId(self.0.len() - 1)
    }

    /// Whether a file of this name was read.
    pub(crate) fn have(&self, name: &str) -> bool {
        self.0.iter().any(|source| source.name == name)
    }

    pub(crate) fn get(&self, file: FileId) -> &Source {
        &self.0[file.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let source = Source {
            name: String::new(),
            text: "a\n€b".to_owned(),
        };
        assert_eq!(source.line_and_column(0), (1, 1));
        assert_eq!(source.line_and_column(5), (2, 2));
    }
}
