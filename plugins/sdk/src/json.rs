//! The little JSON that the contract needs: strings out, one flat object in.

use crate::{Error, Result, Value, Values};

/// Appends `text` as a JSON string.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Reads an object of numbers, strings and booleans.
///
/// # Errors
/// When the text is anything else.
pub(crate) fn read_object(text: &str) -> Result<Values> {
    let mut reader = Reader { rest: text };
    let mut values = Values::default();
    reader.expect('{')?;
    if !reader.take('}') {
        loop {
            let name = reader.string()?;
            reader.expect(':')?;
            values.0.insert(name, reader.value()?);
            if !reader.take(',') {
                break;
            }
        }
        reader.expect('}')?;
    }
    reader
        .rest
        .trim()
        .is_empty()
        .then_some(values)
        .ok_or_else(|| reader.wrong("the end"))
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn wrong(&self, expected: &str) -> Error {
        let near: String = self.rest.chars().take(20).collect();
        Error::failed(format!(
            "parameters are not the expected JSON: {expected} before {near:?}"
        ))
    }

    fn take(&mut self, c: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, c: char) -> Result<()> {
        if self.take(c) {
            Ok(())
        } else {
            Err(self.wrong(&format!("{c:?}")))
        }
    }

    fn string(&mut self) -> Result<String> {
        self.expect('"')?;
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(text);
                }
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some('b') => text.push('\u{8}'),
                    Some('f') => text.push('\u{c}'),
                    Some('u') => {
                        let hex: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                        let code = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                        text.push(code.unwrap_or('\u{fffd}'));
                    }
                    Some(c) => text.push(c),
                    None => break,
                },
                c => text.push(c),
            }
        }
        Err(self.wrong("a closed string"))
    }

    fn value(&mut self) -> Result<Value> {
        self.rest = self.rest.trim_start();
        if self.rest.starts_with('"') {
            return self.string().map(Value::Text);
        }
        let end = self
            .rest
            .find(|c: char| matches!(c, ',' | '}') || c.is_whitespace())
            .unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        let value = match word {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => word.parse().map(Value::I64).ok().or_else(|| {
                word.parse()
                    .ok()
                    .filter(|x: &f64| x.is_finite())
                    .map(Value::F64)
            }),
        };
        let value = value.ok_or_else(|| self.wrong("a number, text, true or false"))?;
        self.rest = &self.rest[end..];
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{push_string, read_object};
    use crate::Value;

    #[test]
    fn a_flat_object_is_read() {
        let text = r#" {"a":1,"b" : -0.5, "c":true,"d":"x \"y\" \u00e9\n", "e":1e3}"#;
        let values = read_object(text).expect("valid").0;
        assert_eq!(values["a"], Value::I64(1));
        assert_eq!(values["b"], Value::F64(-0.5));
        assert_eq!(values["c"], Value::Bool(true));
        assert_eq!(values["d"], Value::Text("x \"y\" é\n".into()));
        assert_eq!(values["e"], Value::F64(1000.0));
        assert!(read_object("{}").expect("valid").0.is_empty());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "[]",
            "{",
            r#"{"a"}"#,
            r#"{"a":[1]}"#,
            r#"{"a":1}x"#,
            r#"{"a":"x}"#,
            r#"{"a":nan}"#,
        ] {
            assert!(read_object(text).is_err(), "{text}");
        }
    }

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        push_string(&mut out, "a\"b\\c\n");
        assert_eq!(out, r#""a\"b\\c\u000a""#);
    }
}
