//! Processes that are waited for, and how they ended.

use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

/// Longest time between two looks at a process.
const PAUSE: Duration = Duration::from_millis(2);

/// The end of the process, or `None` when it had to be killed after `limit`.
///
/// # Errors
/// When the system says nothing of it.
pub fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    let mut pause = Duration::from_micros(100);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (2 * pause).min(PAUSE);
    }
}

/// How a process ended, in words.
pub(crate) fn ending(status: ExitStatus) -> String {
    let name = |signal| match signal {
        4 => "illegal instruction",
        6 => "abort",
        7 | 10 => "bad address",
        8 => "arithmetic",
        9 => "killed",
        11 => "bad memory access or stack overflow",
        _ => "signal",
    };
    match (signal(status), status.code()) {
        (Some(signal), _) => format!("ended by signal {signal} ({})", name(signal)),
        (None, Some(code)) => format!("ended by itself with code {code}"),
        (None, None) => "ended".into(),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
