//! The result, on stdout. A reader who has seen enough (`| head`) is no error.

use crate::exit::Failure;
use crate::say::say;
use serde::Serialize;
use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;
pub use zalm_report::one_line;

/// The stdout that the program was given.
static KEPT: OnceLock<File> = OnceLock::new();

/// Keeps stdout for results: whatever a strategy library prints in this process goes to stderr from
/// here on, and spoils no document.
pub fn keep_for_results() {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        let kept = std::io::stdout().as_fd().try_clone_to_owned();
        // Where that is not possible results go where they always went.
        if let Ok(kept) = kept
            && KEPT.set(kept.into()).is_ok()
        {
            let _ = rustix::stdio::dup2_stdout(std::io::stderr());
        }
    }
}

/// Prints the result of a command.
///
/// # Errors
/// When stdout cannot be written, other than because nobody reads on.
pub fn print(text: &str) -> Result<(), Failure> {
    let printed = match KEPT.get() {
        Some(mut kept) => kept.write_all(text.as_bytes()),
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes()).and_then(|()| out.flush())
        }
    };
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::unexpected(say("unprinted", &[("error", &error)])))
        }
        _ => Ok(()),
    }
}

/// Prints a document for programs.
///
/// # Errors
/// As [`print()`].
pub fn print_json(document: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(document)
        .map_err(|error| Failure::unexpected(say("no-json", &[("error", &error)])))?;
    print(&format!("{text}\n"))
}

/// Whether a stream is to be coloured: a terminal, and `NO_COLOR` not set.
pub fn colour(stream: &impl IsTerminal) -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !refused
}

/// Whether results are to be coloured.
pub fn coloured() -> bool {
    match KEPT.get() {
        Some(kept) => colour(kept),
        None => colour(&std::io::stdout()),
    }
}

/// Columns of the terminal; as many as anyone wants where there is none.
pub fn columns() -> usize {
    let kept = KEPT.get().and_then(terminal_size::terminal_size_of);
    let size = kept.or_else(terminal_size::terminal_size);
    size.map_or(usize::MAX, |(width, _)| width.0.into())
}
