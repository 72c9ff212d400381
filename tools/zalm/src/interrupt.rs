//! Ctrl-C, and the end that Slurm announces: finish what is in hand, and stop.

use crate::exit::{Exit, Failure};
use crate::say::say;
use crate::stderr::tell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Time after which a call of a strategy, which takes microseconds, is said not to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// A flag that goes up at the first Ctrl-C; the second ends the program at once.
///
/// # Errors
/// When the system does not let us listen.
pub fn stop_flag() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let listen = move || {
        if flag.swap(true, Ordering::Relaxed) {
            zalm_plugin_host::disarm();
            std::process::exit(Exit::Interrupted as i32);
        }
        tell(say("stopping", &[]));
        std::thread::spawn(tell_who_hangs);
    };
    ctrlc::set_handler(listen)
        .map_err(|error| Failure::unexpected(say("no-ctrl-c", &[("error", &error)])))?;
    Ok(stop)
}

/// A replication that never ends would keep the program for ever, without a word.
fn tell_who_hangs() {
    for plugin in zalm_plugin_host::stuck(PATIENCE) {
        let seconds = PATIENCE.as_secs();
        tell(say("hangs", &[("plugin", &plugin), ("seconds", &seconds)]));
    }
}
