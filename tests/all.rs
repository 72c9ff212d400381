//! All tests that look at more than one crate: the table of contents.
//!
//! `cargo test -p zalm-tests docs` runs one concern.
#![forbid(unsafe_code)]

/// The report opens in a browser without a complaint.
mod browser;
/// The same question gets the same answer, bit for bit.
mod determinism;
/// README and ARCHITECTURE name exactly what is on disk.
mod docs;
/// Who may know whom.
mod layers;
/// Every dependency has a licence that we accept.
mod licences;
