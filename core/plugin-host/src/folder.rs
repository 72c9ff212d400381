//! The working folder of the program. A library that goes to another one would lead every relative
//! path astray that the program still has to write or read; so the program goes back whenever a
//! library was loaded and whenever an instance ended.

use std::path::PathBuf;
use std::sync::OnceLock;

/// Where the program was before the first library ran.
static FIRST: OnceLock<Option<PathBuf>> = OnceLock::new();

/// Remembers where the program is, unless that was done before.
pub(crate) fn remember() {
    FIRST.get_or_init(|| std::env::current_dir().ok());
}

/// Goes back to the folder that was remembered.
pub(crate) fn back() {
    if let Some(Some(first)) = FIRST.get()
        && std::env::current_dir().ok().as_ref() != Some(first)
    {
        // A folder that is gone cannot be gone back to, and paths below it lead nowhere anyway.
        let _ = std::env::set_current_dir(first);
    }
}
