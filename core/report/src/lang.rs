//! The two languages of a report.

use std::fmt;
use std::str::FromStr;

/// Language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// The one of these that is in this language.
    pub fn of<T>(self, dutch: T, english: T) -> T {
        match self {
            Self::Nl => dutch,
            Self::En => english,
        }
    }

    /// Language tag, for the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;

    /// Reads `nl`, `en`, and what a `LANG` variable holds, such as `nl_NL.UTF-8`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().split(['_', '-', '.']).next() {
            Some("nl") => Ok(Self::Nl),
            Some("en") => Ok(Self::En),
            _ => Err(format!("there is no language {text:?}; use nl or en")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_locales() {
        assert_eq!("nl_NL.UTF-8".parse(), Ok(Lang::Nl));
        assert_eq!("EN".parse(), Ok(Lang::En));
        assert!("de".parse::<Lang>().is_err());
    }
}
