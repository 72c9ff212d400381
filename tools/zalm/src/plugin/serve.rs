//! The processes of an isolated strategy and of a trial; started by the program, not by people.

use crate::exit::{Exit, Failure};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zalm_plugin_host::{Found, Isolation, Library, Refusal, Trial, disarm, serve, try_here};

/// Serve the runs of a strategy over a socket.
#[derive(Args)]
pub struct Serve {
    socket: PathBuf,
    library: PathBuf,
    sha256: String,
}

/// Load a library, and say by the exit code that it could be done.
#[derive(Args)]
pub struct Try {
    library: PathBuf,
    sha256: String,
}

/// Longest time for one call of an isolated strategy when nothing is said, seconds.
const LIMIT: u32 = 10;

/// This program again, as the process of a strategy, with a limit in seconds.
///
/// # Errors
/// When the system does not say where this program is.
pub fn isolation(limit: Option<u32>) -> Result<Isolation, Failure> {
    let (program, words, limit) = this_program("serve", limit)?;
    Ok(Isolation {
        program,
        words,
        limit,
    })
}

/// This program again, to try a library in.
///
/// # Errors
/// As [`isolation`].
pub fn trial(limit: Option<u32>) -> Result<Trial, Failure> {
    let (program, words, limit) = this_program("try", limit)?;
    Ok(Trial {
        program,
        words,
        limit,
    })
}

/// Loads a library that survives a trial.
///
/// # Errors
/// When it is refused, or there is no trial.
pub fn tried(found: &Found) -> Result<Arc<Library>, Failure> {
    let refused = |refusal: Refusal| Failure::invalid(refusal.to_string());
    trial(None)?.load(found).map_err(refused)
}

fn this_program(
    verb: &str,
    limit: Option<u32>,
) -> Result<(PathBuf, Vec<String>, Duration), Failure> {
    let program = std::env::current_exe()
        .map_err(|error| Failure::unexpected(format!("where is zalm? {error}")))?;
    let words = ["plugin", verb].map(str::to_owned).to_vec();
    let limit = Duration::from_secs(limit.unwrap_or(LIMIT).max(1).into());
    Ok((program, words, limit))
}

impl Try {
    /// Loads it and ends.
    pub fn execute(&self) -> Exit {
        end_with_the_program();
        // How this process ends is read by who started it.
        disarm();
        let code = try_here(&self.library, &self.sha256);
        std::process::exit(code)
    }
}

impl Serve {
    /// Serves until the program hangs up.
    ///
    /// # Errors
    /// When the library is refused or the line breaks.
    pub fn execute(&self) -> Result<Exit, Failure> {
        end_with_the_program();
        disarm();
        serve(&self.socket, &self.library, &self.sha256).map_err(Failure::invalid)?;
        Ok(Exit::Good)
    }
}

/// A strategy that never returns must not stay when the program is gone.
fn end_with_the_program() {
    #[cfg(unix)]
    std::thread::spawn(|| {
        let parent = std::os::unix::process::parent_id();
        while std::os::unix::process::parent_id() == parent {
            std::thread::sleep(Duration::from_secs(1));
        }
        std::process::exit(Exit::Unexpected as i32);
    });
}
