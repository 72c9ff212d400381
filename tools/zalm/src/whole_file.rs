//! Files that are there wholly or not at all.

use crate::exit::Failure;
use crate::say::say;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes beside the file and gives it its name when it is whole; `over` what is there already.
///
/// # Errors
/// When it cannot be written, or when it exists and must not be overwritten.
pub fn write_whole(path: &Path, text: &str, over: bool) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = temporary(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let kept: Result<File, _> = if over {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    kept.map(drop).map_err(|error| error.error)
}

/// Refuses to write over a file unasked.
///
/// # Errors
/// When it exists and `over` does not say so.
pub fn free(path: &Path, over: bool) -> Result<(), Failure> {
    if over || !path.exists() {
        return Ok(());
    }
    Err(Failure::invalid(say(
        "file-exists",
        &[("file", &path.display())],
    )))
}

/// As [`write_whole`], with what to do when it cannot.
///
/// # Errors
/// As [`write_whole`].
pub fn keep(path: &Path, text: &str, over: bool) -> Result<(), Failure> {
    free(path, over)?;
    write_whole(path, text, over).map_err(|error| {
        Failure::invalid(say(
            "file-unwritten",
            &[("file", &path.display()), ("error", &error)],
        ))
    })
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // As open as the user's umask lets it be, not for its maker alone.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.prefix(".zalm-unfinished-").tempfile_in(folder)
}
