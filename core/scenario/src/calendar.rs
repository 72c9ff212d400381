//! Calendar months: the clock of every run.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A calendar month, written `2012-01` in scenario files.
///
/// Held as the number of months since January of year 0, so that months can be subtracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month `month` (1..=12) of `year`; `None` outside 1..=12.
    pub fn new(year: i32, month: i32) -> Option<Self> {
        (1..=12)
            .contains(&month)
            .then_some(Self(year * 12 + month - 1))
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Month of the year, 1..=12.
    pub fn month_of_year(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// Whole months from `earlier` to `self`; negative when `self` is the earlier one.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The month `months` later.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.split_once('-').and_then(|(year, month)| {
            if year.len() != 4 || month.len() != 2 {
                return None;
            }
            Self::new(year.parse().ok()?, month.parse().ok()?)
        });
        parsed.ok_or_else(|| NoMonth(text).to_string())
    }
}

/// A text that is no month, in English, and in Dutch where the other form (`{:#}`) is asked.
struct NoMonth<'a>(&'a str);

impl fmt::Display for NoMonth<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        if f.alternate() {
            write!(
                f,
                "\"{text}\" is geen maand; verwacht: JJJJ-MM, zoals 2012-01"
            )
        } else {
            write!(
                f,
                "\"{text}\" is no month; expected YYYY-MM, such as 2012-01"
            )
        }
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let month = text.parse();
        month.map_err(|_| serde::de::Error::custom(NoMonth(&text)))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_subtract_and_print() {
        let start: Month = "2008-11".parse().unwrap();
        assert_eq!(start.plus(3).to_string(), "2009-02");
        assert_eq!(start.plus(3).since(start), 3);
        assert!("2008-13".parse::<Month>().is_err());
        assert!("08-1".parse::<Month>().is_err());
    }
}
