//! Texts for people, in both languages.

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that people read: `(nl: "...", en: "...")`, or `"..."` where it is the same in both
/// languages, such as the name of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Name of the type, by which the decoding knows that a plain text will do.
    pub(crate) const TYPE: &'static str = "Text";

    /// Whether it was left out.
    pub fn is_empty(&self) -> bool {
        self.nl.is_empty() && self.en.is_empty()
    }
}

/// A text in Dutch and in English, as `format!` writes it. Texts that stand in it are named behind a
/// semicolon: each language takes its own.
macro_rules! both {
    ($dutch:literal, $english:literal; $($text:ident),+) => {
        $crate::text::Text {
            nl: {
                $(let $text = &$text.nl;)+
                format!($dutch)
            },
            en: {
                $(let $text = &$text.en;)+
                format!($english)
            },
        }
    };
    ($dutch:literal, $english:literal $(, $value:expr)* $(,)?) => {
        $crate::text::Text {
            nl: format!($dutch $(, $value)*),
            en: format!($english $(, $value)*),
        }
    };
}
pub(crate) use both;

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self {
            nl: text.clone(),
            en: text,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self {
            nl: text.to_owned(),
            en: text.to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(Self::TYPE, &["nl", "en"], Read)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    nl: String,
    en: String,
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or one in each language")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
        let Both { nl, en } = Both::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Text { nl, en })
    }
}
