//! How many threads to use.

use clap::Args;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

/// How many threads are asked for.
#[derive(Args, Clone, Copy, Debug)]
pub struct Threads {
    /// Threads to use; no result depends on it [default: all cores; in a Slurm task what
    /// SLURM_CPUS_PER_TASK says, which is also the most]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Threads {
    /// The same as words of a command.
    pub fn words(self) -> Vec<String> {
        let two = |threads: NonZeroUsize| ["--threads".to_owned(), threads.to_string()];
        self.threads.into_iter().flat_map(two).collect()
    }

    /// What Slurm gave this task, or less when less was asked for; else what was asked for, else what
    /// the machine has. A task that takes more than it was given slows down its neighbours.
    pub fn count(self) -> NonZeroUsize {
        let slurm = || {
            let given = std::env::var("SLURM_CPUS_PER_TASK").ok()?;
            given.trim().parse().ok()
        };
        allotted(self.threads, slurm())
            .or_else(|| available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}

fn allotted(asked: Option<NonZeroUsize>, slurm: Option<NonZeroUsize>) -> Option<NonZeroUsize> {
    match (asked, slurm) {
        (Some(asked), Some(slurm)) => Some(asked.min(slurm)),
        (asked, slurm) => asked.or(slurm),
    }
}

#[cfg(test)]
mod tests {
    use super::{NonZeroUsize, allotted};

    #[test]
    fn never_more_than_slurm_gave() {
        let of = NonZeroUsize::new;
        assert_eq!(allotted(of(8), of(4)), of(4));
        assert_eq!(allotted(of(2), of(4)), of(2));
        assert_eq!(allotted(None, of(4)), of(4));
        assert_eq!(allotted(of(8), None), of(8));
        assert_eq!(allotted(None, None), None);
    }
}
