//! All tests that look at more than one crate: the table of contents.
//!
//! `cargo test -p zalm-tests docs` runs one concern.
#![forbid(unsafe_code)]

/// Money never appears, disappears or goes below zero, whatever the scenario.
mod books;
/// The report opens in a browser without a complaint.
mod browser;
/// The shipped values against what was observed.
mod calibration;
/// What single rows of the checklist say of the model.
mod checklist;
/// Strategies in layers: an idle one changes nothing.
mod combining;
/// The program from outside: what it prints, what it writes, how it ends.
mod command;
/// Every row of the checklist says where it lives, and the place exists.
mod coverage;
/// The same question gets the same answer, bit for bit.
mod determinism;
/// README and ARCHITECTURE name exactly what is on disk.
mod docs;
/// Whatever a file holds: no panic, no hang.
mod fuzz;
/// Every scenario gives the same numbers as last time.
mod golden;
/// The book: contents, links, and every command that it shows.
mod handbook;
/// What silos and teams do for one household.
mod households;
/// Scan, arena and cost-benefit analysis: reasons, ranks, sums, pages.
mod instruments;
/// Who may know whom.
mod layers;
/// Every dependency has a licence that we accept.
mod licences;
/// Each mechanism moves the world in its direction.
mod mechanisms;
/// What the laws of the neighbourhood approach say comes out, and by which way.
mod neighbourhoods;
/// No parameter, figure or switch that changes nothing.
mod nudge;
/// The ODD description says what the code says.
mod odd;
/// What a strategy does not touch stays exactly the same.
mod pairing;
/// The patterns of the seeds come out, and go without their mechanisms.
mod patterns;
/// One digest, however the program is called.
mod same_digits;
/// A place starts where it would be in the long run.
mod settling;
/// Every crate of others has a reason to be there twice, and every unsafe block one to be there.
mod supply;
