//! Bad days: what happens to a comparison when the machine, the disk or a person gets in its way.
//!
//! Each fault is brought about many times, at moments from a fixed seed; afterwards the same command
//! goes on, and the folder must be what it would have been, to the byte. One line per fault.

mod bench;
mod disk;
mod killed;
mod machine;

use crate::check::Check;
use bench::Bench;

pub(crate) const CHECK: Check = Check {
    name: "faults",
    about: "kills, full disks, lost folders, clocks: nothing lost, no byte changed",
    run: || {
        let Some(bench) = Bench::new() else {
            return false;
        };
        let only = std::env::var(ONLY).unwrap_or_default();
        let chosen = FAULTS.iter().filter(|(name, _)| name.contains(&only));
        let passed: Vec<bool> = chosen
            .map(|(name, fault)| told(name, fault(&bench)))
            .collect();
        passed.into_iter().all(|passed| passed)
    },
};

/// Environment variable with part of the names of the faults to try; all without it.
const ONLY: &str = "ZALM_FAULTS";

/// What a fault came to: what was tried and how often, or what went wrong.
type Outcome = Result<String, String>;

/// A fault with its name.
type Fault = (&'static str, fn(&Bench) -> Outcome);

/// Every fault.
const FAULTS: [Fault; 11] = [
    ("kill -9", killed::run),
    ("kill -9, shards", killed::shards),
    ("SIGINT, SIGTERM", killed::signals),
    ("two processes", killed::two),
    ("full disk", disk::full),
    ("read-only folder", disk::read_only),
    ("folder removed", disk::removed),
    ("folder replaced", disk::replaced),
    ("torn journal", disk::torn),
    ("clock", machine::clock),
    ("out of memory", machine::memory),
];

fn told(name: &str, outcome: Outcome) -> bool {
    match outcome {
        Ok(tried) => eprintln!("{name:16} {tried}"),
        Err(wrong) => {
            eprintln!("{name:16} FAILED: {wrong}");
            return false;
        }
    }
    true
}
