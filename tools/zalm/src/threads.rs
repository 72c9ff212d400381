//! How many threads to use.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

/// What was asked for, else what Slurm gave this task, else what the machine has.
pub fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    let slurm = || {
        std::env::var("SLURM_CPUS_PER_TASK")
            .ok()?
            .trim()
            .parse()
            .ok()
    };
    asked
        .or_else(slurm)
        .or_else(|| available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}
