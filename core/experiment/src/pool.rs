//! Pieces of work on several threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Does `works` pieces of work on some threads, each told its number; results in the order of the
/// pieces, whatever the threads. `None` when it did not come to the last: it was stopped, or a piece
/// of work said so by giving nothing. What is begun is ended.
pub(crate) fn pool<T: Send>(
    works: usize,
    threads: NonZeroUsize,
    stop: &AtomicBool,
    work: impl Fn(usize) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let next = AtomicUsize::new(0);
    let halted = AtomicBool::new(false);
    let done = Mutex::new(Vec::with_capacity(works));
    let thread = || {
        while !stop.load(Ordering::Relaxed) && !halted.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= works {
                return;
            }
            match work(index) {
                Some(result) => locked(&done).push((index, result)),
                None => halted.store(true, Ordering::Relaxed),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.get().min(works) {
            scope.spawn(thread);
        }
    });
    let mut done = emptied(done);
    done.sort_by_key(|(index, _)| *index);
    (done.len() == works).then(|| done.into_iter().map(|(_, result)| result).collect())
}

/// A thread that panics holds no result, so a poisoned list is still whole.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As [`locked`], of what no thread uses any more.
pub(crate) fn emptied<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
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

    #[test]
    fn a_piece_that_gives_nothing_is_the_last() {
        let stop = AtomicBool::new(false);
        let taken = AtomicUsize::new(0);
        let work = |index| {
            taken.fetch_add(1, Ordering::Relaxed);
            (index < 3).then_some(index)
        };
        assert_eq!(pool(20, NonZeroUsize::MIN, &stop, work), None);
        assert_eq!(taken.into_inner(), 4);
    }
}
