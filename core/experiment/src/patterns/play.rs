//! Runs of arms, many at a time.

use super::arm::Arm;
use crate::runner::panic_text;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use zalm_model::{RunRecord, Simulation, Strategy, StrategySource};

/// Plays one replication of an arm to its end.
///
/// # Errors
/// Why the run could not go on.
pub(super) fn play(
    arm: &Arm,
    source: &dyn StrategySource,
    replication: u32,
) -> Result<RunRecord, String> {
    let attempt = || {
        let mut strategy: Option<Box<dyn Strategy>> = match arm.acts() {
            Some(acts) => Some(source.create(&acts.name).map_err(|e| e.to_string())?),
            None => None,
        };
        let mut simulation = Simulation::new(&arm.scenario, replication);
        simulation
            .run_to(arm.scenario.months, strategy.as_deref_mut())
            .map_err(|error| error.to_string())?;
        Ok(simulation.record())
    };
    catch_unwind(AssertUnwindSafe(attempt)).unwrap_or_else(|panic| {
        Err(format!(
            "the engine panicked: {}",
            panic_text(panic.as_ref())
        ))
    })
}

/// Does `works` pieces of work on some threads; results in the order of the pieces, whatever the
/// threads. `None` when stopped before the last.
pub(super) fn pool<T: Send>(
    works: usize,
    threads: NonZeroUsize,
    stop: &AtomicBool,
    work: impl Fn(usize) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(works));
    std::thread::scope(|scope| {
        for _ in 0..threads.get().min(works) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= works || stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let Some(result) = work(index) else { return };
                    // A thread that panics holds no result, so a poisoned list is still whole.
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    (done.len() == works).then(|| done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let stop = AtomicBool::new(false);
        for threads in [1, 3] {
            let threads = NonZeroUsize::new(threads).expect("a thread");
            let squares = pool(20, threads, &stop, |index| Some(index * index));
            assert_eq!(squares, Some((0..20).map(|index| index * index).collect()));
        }
    }

    #[test]
    fn what_is_stopped_gives_nothing() {
        let stop = AtomicBool::new(false);
        let work = |index| {
            stop.store(index == 3, Ordering::Relaxed);
            Some(index)
        };
        assert_eq!(pool(20, NonZeroUsize::MIN, &stop, work), None);
    }
}
