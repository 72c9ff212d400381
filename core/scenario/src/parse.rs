//! RON text to tree.
//!
//! The `ron` crate stops at the first mistake and drops what it read until then. Problems are
//! shown all at once, so the text is first read into a tree that keeps every place; the tests
//! hold the result against the `ron` crate.

mod lexer;

use crate::source::{FileId, Span};
use crate::text::{Text, both};
use crate::tree::{Field, Kind, Node};
use lexer::{Lexer, Token};
use std::ops::Range;

/// Why a text is no RON.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: Range<usize>,
    pub(crate) message: Text,
    pub(crate) expected: Text,
    /// Another place that explains it.
    pub(crate) also: Option<Box<(Range<usize>, Text)>>,
}

/// Deepest nesting; real scenarios stay below ten.
const DEEPEST: usize = 64;

/// Reads one value that fills the whole text.
///
/// # Errors
/// The first place at which the text is no RON.
pub(crate) fn parse(file: FileId, text: &str) -> Result<Node, Fault> {
    parse_from(file, text, 0)
}

/// Reads one value that fills `text` from byte `start` on.
///
/// # Errors
/// The first place at which the text is no RON.
pub(crate) fn parse_from(file: FileId, text: &str, start: usize) -> Result<Node, Fault> {
    let mut parser = Parser {
        file,
        lexer: Lexer::new(text, start),
        depth: 0,
    };
    let node = parser.value()?;
    match parser.lexer.next()? {
        (Token::End, _) => Ok(node),
        (token, at) => Err(unexpected(
            &token,
            at,
            both!("het einde van het bestand", "the end of the file"),
        )),
    }
}

struct Parser<'a> {
    file: FileId,
    lexer: Lexer<'a>,
    depth: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Node, Fault> {
        let (token, at) = self.lexer.next()?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault {
                at,
                message: both!(
                    "te veel niveaus in elkaar",
                    "too many levels inside each other"
                ),
                expected: both!("hooguit {DEEPEST} niveaus", "at most {DEEPEST} levels"),
                also: None,
            });
        }
        let node = self.value_from(token, at);
        self.depth -= 1;
        node
    }

    fn value_from(&mut self, token: Token, at: Range<usize>) -> Result<Node, Fault> {
        let kind = match token {
            Token::Integer(value) => Kind::Integer(value),
            Token::Float(value) => Kind::Float(value),
            Token::Text(text) => Kind::Text(text),
            Token::Word(word) => return self.word(word, at),
            Token::Mark('(') => return self.group(None, at.start, at),
            Token::Mark('[') => return self.list(at),
            Token::Mark('{') => return self.map(at),
            other => return Err(unexpected(&other, at, both!("een waarde", "a value"))),
        };
        Ok(self.node(at, kind))
    }

    fn word(&mut self, word: String, at: Range<usize>) -> Result<Node, Fault> {
        let kind = match word.as_str() {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "NaN" => Kind::Float(f64::NAN),
            "inf" => Kind::Float(f64::INFINITY),
            _ if self.lexer.peek()?.0 == Token::Mark('(') => {
                let (_, open) = self.lexer.next()?;
                return self.group(Some(word), at.start, open);
            }
            _ => Kind::Word(word),
        };
        Ok(self.node(at, kind))
    }

    /// What stands between parentheses: fields or values.
    fn group(
        &mut self,
        name: Option<String>,
        start: usize,
        open: Range<usize>,
    ) -> Result<Node, Fault> {
        let (mut fields, mut items) = (Vec::new(), Vec::new());
        let end = self.until(')', &open, |parser| {
            if items.is_empty() && parser.at_field()? {
                fields.push(parser.named()?);
            } else if fields.is_empty() {
                items.push(parser.value()?);
            } else {
                let (token, at) = parser.lexer.next()?;
                return Err(unexpected(
                    &token,
                    at,
                    both!(
                        "een veld, zoals `naam: waarde`",
                        "a field, such as `name: value`"
                    ),
                ));
            }
            Ok(())
        })?;
        let kind = if items.is_empty() {
            Kind::Struct { name, fields }
        } else {
            Kind::Tuple { name, items }
        };
        Ok(self.node(start..end, kind))
    }

    fn at_field(&mut self) -> Result<bool, Fault> {
        let mut ahead = self.lexer.clone();
        Ok(matches!(ahead.next()?.0, Token::Word(_)) && ahead.next()?.0 == Token::Mark(':'))
    }

    fn named(&mut self) -> Result<Field, Fault> {
        let (token, at) = self.lexer.next()?;
        self.lexer.next()?;
        let Token::Word(name) = token else {
            return Err(unexpected(
                &token,
                at,
                both!("de naam van een veld", "a field name"),
            ));
        };
        Ok(Field {
            name,
            name_span: self.span(at),
            value: self.value()?,
        })
    }

    fn list(&mut self, open: Range<usize>) -> Result<Node, Fault> {
        let mut items = Vec::new();
        let end = self.until(']', &open, |parser| {
            items.push(parser.value()?);
            Ok(())
        })?;
        Ok(self.node(open.start..end, Kind::List(items)))
    }

    fn map(&mut self, open: Range<usize>) -> Result<Node, Fault> {
        let mut entries = Vec::new();
        let end = self.until('}', &open, |parser| {
            let key = parser.value()?;
            match parser.lexer.next()? {
                (Token::Mark(':'), _) => entries.push((key, parser.value()?)),
                (token, at) => {
                    return Err(unexpected(
                        &token,
                        at,
                        both!("`:` na de sleutel", "`:` after the key"),
                    ));
                }
            }
            Ok(())
        })?;
        Ok(self.node(open.start..end, Kind::Map(entries)))
    }

    /// Reads comma-separated parts until `close`; returns where it ends.
    fn until(
        &mut self,
        close: char,
        open: &Range<usize>,
        mut part: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<usize, Fault> {
        loop {
            if self.lexer.peek()?.0 == Token::Mark(close) {
                return Ok(self.lexer.next()?.1.end);
            }
            self.closed(close, open)?;
            part(self)?;
            self.closed(close, open)?;
            match self.lexer.peek()? {
                (Token::Mark(','), _) => drop(self.lexer.next()?),
                (Token::Mark(mark), _) if mark == close => {}
                (token, at) => {
                    return Err(unexpected(
                        &token,
                        at,
                        both!("`,` of `{close}`", "`,` or `{close}`"),
                    ));
                }
            }
        }
    }

    /// The text must not end, or close another bracket, while a bracket is open.
    fn closed(&mut self, close: char, open: &Range<usize>) -> Result<(), Fault> {
        match self.lexer.peek()? {
            (Token::End, _) => {}
            (token @ Token::Mark(')' | ']' | '}'), at) if token != Token::Mark(close) => {
                let fault = unexpected(&token, at, format!("`{close}`"));
                let also = Some(Box::new((open.clone(), both!("nog open", "still open"))));
                return Err(Fault { also, ..fault });
            }
            _ => return Ok(()),
        }
        Err(Fault {
            at: open.clone(),
            message: both!(
                "dit haakje wordt nergens gesloten",
                "this bracket is never closed"
            ),
            expected: both!(
                "een sluitende `{close}` vóór het einde van het bestand",
                "a closing `{close}` before the end of the file"
            ),
            also: None,
        })
    }

    fn node(&self, at: Range<usize>, kind: Kind) -> Node {
        Node {
            span: self.span(at),
            kind,
        }
    }

    fn span(&self, at: Range<usize>) -> Span {
        Span {
            file: self.file,
            start: at.start,
            end: at.end,
        }
    }
}

fn unexpected(token: &Token, at: Range<usize>, expected: impl Into<Text>) -> Fault {
    let token = token.told();
    Fault {
        at,
        message: both!("{token} hoort hier niet", "{token} does not belong here"; token),
        expected: expected.into(),
        also: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Fault> {
        parse(FileId(0), text)
    }

    #[test]
    fn every_value_knows_where_it_stands() {
        let text = "// c\n(a: [1, Cut(at: \"x\")], b: {\"k.l\": -0.5})";
        let node = read(text).unwrap();
        let at = node
            .field("a")
            .unwrap()
            .item(1)
            .unwrap()
            .field("at")
            .unwrap();
        assert_eq!(&text[at.span.range()], "\"x\"");
        let value = node.field("b").unwrap().entry("k.l").unwrap();
        assert_eq!(&text[value.span.range()], "-0.5");
    }

    #[test]
    fn mistakes_point_at_the_place() {
        let fault = read("(a: 1 b: 2)").unwrap_err();
        assert_eq!(fault.at, 6..7);
        let fault = read("(a: [1, 2)").unwrap_err();
        assert!(fault.message.en.contains("`)`"), "{:?}", fault.message);
        assert_eq!(read("(a: [1,").unwrap_err().at, 4..5);
        assert_eq!(read("(a: \"x").unwrap_err().at, 4..6);
        assert!(read(&"[".repeat(1000)).is_err());
        assert!(read("1 2").is_err());
    }
}
