//! The result, on stdout. A reader who has seen enough (`| head`) is no error.

use crate::exit::Failure;
use serde::Serialize;
use std::io::{ErrorKind, IsTerminal, Write};
pub use zalm_report::one_line;

/// Prints the result of a command.
///
/// # Errors
/// When stdout cannot be written, other than because nobody reads on.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::unexpected(format!(
            "the result could not be printed: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Prints a document for programs.
///
/// # Errors
/// As [`print()`].
pub fn print_json(document: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(document)
        .map_err(|error| Failure::unexpected(format!("no JSON could be made: {error}")))?;
    print(&format!("{text}\n"))
}

/// Whether a stream is to be coloured: a terminal, and `NO_COLOR` not set.
pub fn colour(stream: &impl IsTerminal) -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !refused
}

/// Columns of the terminal; as many as anyone wants where there is none.
pub fn columns() -> usize {
    terminal_size::terminal_size().map_or(usize::MAX, |(width, _)| width.0.into())
}
