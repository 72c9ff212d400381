//! How many threads to use.

use clap::Args;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

/// How many threads are asked for.
#[derive(Args, Clone, Copy, Debug)]
pub struct Threads {
    /// Threads to use; no result depends on it [default: SLURM_CPUS_PER_TASK, else all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Threads {
    /// What was asked for, else what Slurm gave this task, else what the machine has.
    pub fn count(self) -> NonZeroUsize {
        let slurm = || {
            let given = std::env::var("SLURM_CPUS_PER_TASK").ok()?;
            given.trim().parse().ok()
        };
        self.threads
            .or_else(slurm)
            .or_else(|| available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}
