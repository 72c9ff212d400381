//! RON text to tokens.

use super::Fault;
use crate::text::{Text, both};
use std::ops::Range;

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Text(String),
    Integer(i128),
    Float(f64),
    /// One of `()[]{}:,`.
    Mark(char),
    End,
}

impl Token {
    /// What it is, for people.
    pub(super) fn told(&self) -> Text {
        match self {
            Self::Word(word) => both!("`{word}`", "`{word}`"),
            Self::Text(_) => both!("deze tekst", "this text"),
            Self::Integer(value) => both!("het getal {value}", "the number {value}"),
            Self::Float(value) => both!("het getal {value}", "the number {value}"),
            Self::Mark(mark) => both!("`{mark}`", "`{mark}`"),
            Self::End => both!("het einde van het bestand", "the end of the file"),
        }
    }
}

/// Walks a text.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

type Found = Result<(Token, Range<usize>), Fault>;

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, start: usize) -> Self {
        Self { text, at: start }
    }

    pub(super) fn peek(&self) -> Found {
        self.clone().next()
    }

    pub(super) fn next(&mut self) -> Found {
        self.skip()?;
        let start = self.at;
        let token = match self.rest().chars().next() {
            None => Token::End,
            Some('"') => self.quoted()?,
            Some('r') if self.rest().starts_with("r\"") || self.rest().starts_with("r#\"") => {
                self.raw()?
            }
            Some(c) if c.is_ascii_digit() || "+-.".contains(c) => self.number()?,
            Some(c) if c.is_alphabetic() || c == '_' => self.word(),
            Some(c) if "()[]{}:,".contains(c) => {
                self.at += 1;
                Token::Mark(c)
            }
            Some(c) => {
                let what = both!(
                    "het teken `{c}` betekent hier niets",
                    "the character `{c}` has no meaning here"
                );
                return Err(self.fault(
                    c.len_utf8(),
                    what,
                    both!(
                        "een waarde, een naam of een haakje",
                        "a value, a name or a bracket"
                    ),
                ));
            }
        };
        Ok((token, start..self.at))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn fault(&self, length: usize, message: Text, expected: impl Into<Text>) -> Fault {
        Fault {
            at: self.at..(self.at + length).min(self.text.len()),
            message,
            expected: expected.into(),
            also: None,
        }
    }

    /// Passes over white space, comments and the attribute lines that the `ron` crate knows.
    fn skip(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") || trimmed.starts_with("#![") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.block_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn block_comment(&mut self) -> Result<(), Fault> {
        let (rest, mut depth, mut at) = (self.rest(), 0, 0);
        while at < rest.len() {
            if rest[at..].starts_with("/*") {
                depth += 1;
                at += 2;
            } else if rest[at..].starts_with("*/") {
                depth -= 1;
                at += 2;
            } else {
                at += rest[at..].chars().next().map_or(1, char::len_utf8);
            }
            if depth == 0 {
                self.at += at;
                return Ok(());
            }
        }
        Err(self.fault(
            2,
            both!(
                "deze opmerking wordt nergens gesloten",
                "this comment is never closed"
            ),
            "`*/`",
        ))
    }

    fn word(&mut self) -> Token {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        self.at += end;
        Token::Word(rest[..end].to_owned())
    }

    fn number(&mut self) -> Result<Token, Fault> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "+-._".contains(c)))
            .unwrap_or(rest.len());
        let written = rest[..end].replace('_', "");
        let token = match written.trim_start_matches(['+', '-']) {
            "inf" | "NaN" => Some(Token::Float(f64::NAN)),
            _ => written
                .parse()
                .map(Token::Integer)
                .or_else(|_| written.parse().map(Token::Float))
                .ok(),
        };
        let Some(token) = token else {
            let what = both!("`{}` is geen getal", "`{}` is no number", &rest[..end]);
            return Err(self.fault(
                end,
                what,
                both!(
                    "een getal zoals 12, -0.5 of 1e-3",
                    "a number such as 12, -0.5 or 1e-3"
                ),
            ));
        };
        self.at += end;
        Ok(token)
    }

    /// A raw text such as `r"a"` or `r#"a "quoted" word"#`.
    fn raw(&mut self) -> Result<Token, Fault> {
        let rest = self.rest();
        let (open, close) = if rest.starts_with("r#") {
            (3, "\"#")
        } else {
            (2, "\"")
        };
        let Some(length) = rest[open..].find(close) else {
            return Err(self.fault(
                rest.len(),
                both!(
                    "deze tekst wordt nergens gesloten",
                    "this text is never closed"
                ),
                close,
            ));
        };
        self.at += open + length + close.len();
        Ok(Token::Text(rest[open..open + length].to_owned()))
    }

    fn quoted(&mut self) -> Result<Token, Fault> {
        let rest = self.rest();
        let mut text = String::new();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Ok(Token::Text(text));
                }
                '\\' => match escape(&mut chars) {
                    Some(found) => text.push(found),
                    None => {
                        self.at += at;
                        let what = both!("deze code betekent niets", "this escape has no meaning");
                        return Err(self.fault(2, what, r#"\" \\ \n \t \r or \u{..}"#));
                    }
                },
                c => text.push(c),
            }
        }
        let what = both!(
            "deze tekst wordt nergens gesloten",
            "this text is never closed"
        );
        Err(self.fault(
            rest.lines().next().map_or(1, str::len),
            what,
            both!("een sluitende `\"`", "a closing `\"`"),
        ))
    }
}

fn escape(chars: &mut impl Iterator<Item = (usize, char)>) -> Option<char> {
    match chars.next()?.1 {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        '0' => Some('\0'),
        c @ ('"' | '\\' | '\'') => Some(c),
        'u' => {
            (chars.next()?.1 == '{').then_some(())?;
            let digits: String = chars.map(|(_, c)| c).take_while(|c| *c != '}').collect();
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut lexer = Lexer::new(text, 0);
        std::iter::from_fn(|| Some(lexer.next().unwrap().0))
            .take_while(|token| *token != Token::End)
            .collect()
    }

    #[test]
    fn texts_numbers_and_comments() {
        assert_eq!(
            tokens("/* a /* b */ */ \"x\\u{e9}\\n\" r#\"a\"b\"# 1_000 -.5e1 // end"),
            [
                Token::Text("xé\n".to_owned()),
                Token::Text("a\"b".to_owned()),
                Token::Integer(1000),
                Token::Float(-5.0),
            ]
        );
        assert!(Lexer::new("12x", 0).next().is_err());
        assert!(Lexer::new("/* a", 0).next().is_err());
    }
}
