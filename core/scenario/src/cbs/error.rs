//! Why an import failed, for people.

use std::fmt;
use std::path::PathBuf;

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportError {
    /// No area was asked for.
    NoArea,
    /// The file cannot be read: path, reason, nearest file name.
    Unreadable(PathBuf, String, Option<String>),
    /// The headers fit no known layout; closest layout first.
    UnknownLayout(Vec<LayoutMiss>),
    /// Areas that the file does not hold, each with the nearest codes and names.
    UnknownAreas(Vec<(String, Vec<(String, String)>)>),
    /// An area was asked twice.
    Twice(String),
    /// An area has no households: code and name.
    NoHouseholds(String, String),
    /// The areas lie in several municipalities.
    Municipalities(Vec<String>),
    /// A figure is no number: code, column, text.
    NoNumber(String, String, String),
}

/// A known layout that the file does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutMiss {
    /// What the layout is called.
    pub layout: &'static str,
    /// Headers that are missing, each with the nearest header in the file.
    pub missing: MissingHeaders,
}

/// Headers that are missing, each with the nearest header in the file.
pub type MissingHeaders = Vec<(&'static str, Option<String>)>;

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoArea => f.write_str("name at least one area, such as WK008034"),
            Self::Unreadable(path, reason, near) => {
                write!(f, "{}: {reason}", path.display())?;
                near.as_ref()
                    .map_or(Ok(()), |near| write!(f, "; did you mean {near}?"))
            }
            Self::UnknownLayout(misses) => layouts(f, misses),
            Self::UnknownAreas(areas) => unknown(f, areas),
            Self::Twice(code) => write!(f, "area {code} is named twice"),
            Self::NoHouseholds(code, name) => {
                write!(
                    f,
                    "{code} ({name}) has no households in this file; leave it out"
                )
            }
            Self::Municipalities(names) => {
                write!(
                    f,
                    "a place lies in one municipality, not in {}",
                    names.join(" and ")
                )
            }
            Self::NoNumber(code, column, text) => {
                write!(f, "area {code}, column {column}: \"{text}\" is no number")
            }
        }
    }
}

impl std::error::Error for ImportError {}

fn layouts(f: &mut fmt::Formatter<'_>, misses: &[LayoutMiss]) -> fmt::Result {
    f.write_str("the headers of this file are none of the known layouts")?;
    for miss in misses {
        write!(f, "\n  {}: missing ", miss.layout)?;
        for (index, (header, near)) in miss.missing.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{header}")?;
            if let Some(near) = near {
                write!(f, " (nearest: {near})")?;
            }
        }
    }
    Ok(())
}

fn unknown(f: &mut fmt::Formatter<'_>, areas: &[(String, Vec<(String, String)>)]) -> fmt::Result {
    for (index, (area, nearest)) in areas.iter().enumerate() {
        let newline = if index == 0 { "" } else { "\n" };
        write!(f, "{newline}there is no area {area} in this file")?;
        let nearest: Vec<_> = nearest
            .iter()
            .map(|(code, name)| format!("{code} {name}"))
            .collect();
        if !nearest.is_empty() {
            write!(f, "; nearest: {}", nearest.join(", "))?;
        }
    }
    Ok(())
}
