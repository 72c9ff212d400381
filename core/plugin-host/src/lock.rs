//! Which libraries a scenario was run with: the file `zalm.lock` beside it, in the manner of
//! `sha256sum`, one line per plugin.

use crate::refusal::{Refusal, RefusalCode};
use crate::search::{Found, SearchPath, find_all};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Name of the file beside a scenario.
pub const LOCK_FILE: &str = "zalm.lock";

/// A plugin as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Version.
    pub version: String,
    /// SHA-256 of the library, hexadecimal.
    pub sha256: String,
}

/// The pinned libraries by plugin id; empty when nothing is pinned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(pub BTreeMap<String, Pinned>);

impl Lock {
    /// The lock beside `scenario`; an empty one when there is no file.
    ///
    /// # Errors
    /// What is wrong with the file, for people.
    pub fn beside(scenario: &Path) -> Result<Self, String> {
        let file = scenario.with_file_name(LOCK_FILE);
        match std::fs::read_to_string(&file) {
            Ok(text) => Self::read(&text).map_err(|why| format!("{}: {why}", file.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("{} cannot be read: {error}", file.display())),
        }
    }

    /// Reads the text of a lock.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lock = Self::default();
        for (number, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                [sha256, id, version]
                    if sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit()) =>
                {
                    let pinned = Pinned {
                        version: version.to_owned(),
                        sha256: sha256.to_ascii_lowercase(),
                    };
                    lock.0.insert(id.to_owned(), pinned);
                }
                _ => {
                    return Err(format!(
                        "line {} is {line:?}; expected a SHA-256, a plugin and its version",
                        number + 1
                    ));
                }
            }
        }
        Ok(lock)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# The strategy libraries of the scenarios in this folder: with any other file they are\n\
             # refused (E_HASH). `zalm plugin lock SCENARIO` writes this file, deleting it unpins.\n",
        );
        for (id, Pinned { version, sha256 }) in &self.0 {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{sha256}  {id} {version}");
        }
        text
    }

    /// Of all libraries of plugin `id` the pinned one; `found` itself when `id` is not pinned.
    pub(crate) fn choose(&self, id: &str, found: Found, search: &SearchPath) -> Found {
        let Some(pinned) = self.0.get(id) else {
            return found;
        };
        if found.sha256 == pinned.sha256 {
            return found;
        }
        let all = find_all(search).into_iter();
        let same = all
            .filter(|other| other.sha256 == pinned.sha256)
            .find(|other| other.manifest.as_ref().is_ok_and(|m| m.id == id));
        same.unwrap_or_else(|| refused(id, found, pinned))
    }
}

fn refused(id: &str, mut found: Found, pinned: &Pinned) -> Found {
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let message = format!(
        "is not the pinned plugin {id} {}: its SHA-256 begins with {}, {LOCK_FILE} says {}; put the \
         pinned library back, or run `zalm plugin lock SCENARIO` to pin this one",
        pinned.version,
        short(&found.sha256),
        short(&pinned.sha256)
    );
    found.manifest = Err(Refusal::new(RefusalCode::Hash, &found.file, message));
    found
}

#[cfg(test)]
mod tests {
    use super::{Lock, Pinned};

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let pinned = Pinned {
            version: "1.2.3".into(),
            sha256: "a".repeat(64),
        };
        let lock = Lock([("my-idea".to_owned(), pinned)].into());
        assert_eq!(Lock::read(&lock.text()), Ok(lock));
        let why = Lock::read("\nabc  my-idea 1.0.0\n").expect_err("no hash");
        assert!(why.starts_with("line 2 is"), "{why}");
    }
}
