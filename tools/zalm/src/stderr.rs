//! What is told beside the result, on stderr: progress, warnings, errors.

use std::io::Write;

/// Prints whole lines. That nobody listens any more is no reason to stop, let alone to panic as
/// `eprintln!` would.
pub fn tell(text: impl AsRef<str>) {
    let text = text.as_ref();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    // Where else could it be told that stderr is gone?
    let _ = write!(std::io::stderr().lock(), "{text}{end}");
}
