//! The process of a library, in which it is tried and, isolated, runs; started by the program, not by
//! people.

use crate::exit::{Exit, Failure};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zalm_plugin_host::{Found, Library, OwnProcess, disarm, serve};

/// Load a library and serve its runs over a socket.
#[derive(Args)]
pub struct Serve {
    memory: u32,
    socket: PathBuf,
    library: PathBuf,
    sha256: String,
}

/// Longest time for one call of a library in its process when nothing is said, seconds.
const LIMIT: u32 = 10;
/// Most memory of such a process, MB: a table of a million rows takes less than half of it.
const MEMORY: u32 = 4096;

/// This program again, as the process of a library, with a limit in seconds.
///
/// # Errors
/// When the system does not say where this program is.
pub fn own_process(limit: Option<u32>) -> Result<OwnProcess, Failure> {
    let program = std::env::current_exe()
        .map_err(|error| Failure::unexpected(format!("where is zalm? {error}")))?;
    Ok(OwnProcess {
        program,
        words: ["plugin", "serve"].map(str::to_owned).to_vec(),
        limit: Duration::from_secs(limit.unwrap_or(LIMIT).max(1).into()),
        memory: MEMORY,
    })
}

/// Loads a library that survives a trial.
///
/// # Errors
/// When it is refused, or there is no trial.
pub fn tried(found: &Found) -> Result<Arc<Library>, Failure> {
    let loaded = own_process(None)?.load(found);
    loaded.map_err(|refusal| Failure::invalid(refusal.to_string()))
}

impl Serve {
    /// Serves until the program hangs up.
    ///
    /// # Errors
    /// When the line breaks.
    pub fn execute(&self) -> Result<Exit, Failure> {
        end_with_the_program();
        keep_to(self.memory);
        // How this process ends is read by who started it.
        disarm();
        serve(&self.socket, &self.library, &self.sha256).map_err(Failure::invalid)?;
        Ok(Exit::Good)
    }
}

/// From here on this process gets no more than so many MB, so that a library that wants more ends here
/// and not where the machine has none left.
fn keep_to(memory: u32) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let wanted = u64::from(memory) << 20;
        let most = getrlimit(Resource::As).maximum;
        let most = Some(most.map_or(wanted, |most| most.min(wanted)));
        let limit = Rlimit {
            current: most,
            maximum: most,
        };
        // A system that knows no such limit keeps none.
        let _ = setrlimit(Resource::As, limit);
    }
    #[cfg(not(unix))]
    let _ = memory;
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
