//! The process of an isolated strategy; started by `--isolate`, not by people.

use crate::exit::{Exit, Failure};
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;
use zalm_plugin_host::{Isolation, serve};

/// Serve the runs of a strategy over a socket.
#[derive(Args)]
pub struct Serve {
    socket: PathBuf,
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
    let program = std::env::current_exe()
        .map_err(|error| Failure::unexpected(format!("--isolate: where is zalm? {error}")))?;
    Ok(Isolation {
        program,
        words: ["plugin", "serve"].map(str::to_owned).to_vec(),
        limit: Duration::from_secs(limit.unwrap_or(LIMIT).max(1).into()),
    })
}

impl Serve {
    /// Serves until the program hangs up.
    ///
    /// # Errors
    /// When the library is refused or the line breaks.
    pub fn execute(&self) -> Result<Exit, Failure> {
        end_with_the_program();
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
