//! Which process works in a run folder: a lock that the system lets go of when the process ends.

use super::error::StoreError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Held by the process that works in the folder, with its name in it.
pub(super) const LOCK: &str = "lock";
/// How often a held lock is tried, and what is between: somebody may only be looking who holds it, and
/// who has just taken it needs a moment to write its name over that of the dead.
const TRIES: u32 = 10;
const BETWEEN: Duration = Duration::from_millis(20);

/// Takes the lock. The system lets go of it when the process ends, however it ends: a lock of the
/// dead is no lock.
pub(super) fn take(folder: &Path, name: &str) -> Result<File, StoreError> {
    let file = folder.join(LOCK);
    let failed = |source| StoreError::Write {
        file: file.clone(),
        source,
    };
    let mut lock = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&file)
        .map_err(failed)?;
    let mut tries = 1;
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if tries < TRIES => {
                tries += 1;
                thread::sleep(BETWEEN);
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Held {
                    folder: folder.to_owned(),
                    holder: named(&mut lock),
                });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
    }
    let mut write = || -> io::Result<()> {
        lock.set_len(0)?;
        lock.write_all(name.as_bytes())?;
        lock.sync_all()
    };
    write().map_err(failed)?;
    Ok(lock)
}

/// Whether an open file is what a path leads to.
#[cfg(unix)]
pub(super) fn same_file(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (open.metadata(), fs::metadata(path)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Whether an open file is what a path leads to; where open files cannot be removed, it is.
#[cfg(not(unix))]
pub(super) fn same_file(_: &File, _: &Path) -> bool {
    true
}

/// Who holds a folder; `None` when nobody does.
pub(super) fn holder(folder: &Path) -> Option<String> {
    let mut lock = File::open(folder.join(LOCK)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(named(&mut lock)),
        _ => None,
    }
}

/// What a held lock says; its holder may just be writing it.
fn named(lock: &mut File) -> String {
    for _ in 0..TRIES {
        let mut name = String::new();
        if lock.read_to_string(&mut name).is_ok() && !name.trim().is_empty() {
            return name.trim().to_owned();
        }
        thread::sleep(BETWEEN);
    }
    "another process".to_owned()
}
