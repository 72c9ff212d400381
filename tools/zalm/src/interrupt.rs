//! Ctrl-C, and the end that Slurm announces: finish what is in hand, and stop.

use crate::exit::{Exit, Failure};
use crate::stderr::tell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that goes up at the first Ctrl-C; the second ends the program at once.
///
/// # Errors
/// When the system does not let us listen.
pub fn stop_flag() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let listen = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Interrupted as i32);
        }
        tell(
            "stopping after the replications that are under way; press Ctrl-C again to end at once",
        );
    };
    ctrlc::set_handler(listen)
        .map_err(|error| Failure::unexpected(format!("Ctrl-C cannot be heard: {error}")))?;
    Ok(stop)
}
