//! A library is loaded in a process of its own first: what crashes or hangs there, while the system
//! loads it or while it describes itself, is a refusal here.

use crate::library::{Library, is_loaded};
use crate::process::{ending, wait};
use crate::refusal::{Refusal, RefusalCode};
use crate::search::Found;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Code with which the process of a trial ends that came to its end, whatever it found: an `exit`
/// of the library's own is not taken for it.
const CAME_THROUGH: i32 = 42;
/// The same when the file was another one by then.
const CHANGED: i32 = 43;

/// How libraries are tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The program and its arguments that end in [`try_here`]; the library and its hash follow.
    pub program: PathBuf,
    /// Words between the program and the library.
    pub words: Vec<String>,
    /// Longest time for loading and describing.
    pub limit: Duration,
}

impl Trial {
    /// Loads the library when it could be loaded in a process of its own.
    ///
    /// # Errors
    /// A refusal with the reason; [`RefusalCode::Crash`] when the process did not survive it.
    pub fn load(&self, found: &Found) -> Result<Arc<Library>, Refusal> {
        found.manifest.clone()?;
        if !is_loaded(&found.sha256) {
            self.survived(found)?;
        }
        found.load()
    }

    fn survived(&self, found: &Found) -> Result<(), Refusal> {
        let refuse = |code, message: String| Err(Refusal::new(code, &found.file, message));
        let no_process = |error: std::io::Error| {
            let message = format!("cannot be tried in a process of its own: {error}");
            Refusal::new(RefusalCode::Dlopen, &found.file, message)
        };
        let mut child = Command::new(&self.program)
            .args(&self.words)
            .arg(&found.file)
            .arg(&found.sha256)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(no_process)?;
        let Some(status) = wait(&mut child, self.limit).map_err(no_process)? else {
            let seconds = self.limit.as_secs_f64();
            let message = format!("did not end loading within {seconds} s; its process was ended");
            return refuse(RefusalCode::Crash, message);
        };
        match status.code() {
            Some(CAME_THROUGH) => Ok(()),
            Some(CHANGED) => refuse(RefusalCode::Hash, "was changed since it was read".into()),
            _ => {
                let message = format!("crashed while loading: its process {}", ending(status));
                refuse(RefusalCode::Crash, message)
            }
        }
    }
}

/// The process of a trial: loads `file`, whose bytes are to have this SHA-256, and gives the code to
/// end with. Whether it is refused is no matter here: the program finds the same.
pub fn try_here(file: &Path, sha256: &str) -> i32 {
    let found = Found::read(file);
    if found.sha256 != sha256 {
        return CHANGED;
    }
    let _ = found.load();
    CAME_THROUGH
}
