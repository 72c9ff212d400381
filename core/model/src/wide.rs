//! Work over many numbers, compiled for wide vectors too; which is used is chosen when the program
//! runs. Only whole numbers go through here, so that every processor gives the same.

use fearless_simd::{Level, Simd, dispatch};
use std::sync::LazyLock;

/// What this processor can do.
static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);

/// Does the work with the widest vectors there are. What it calls must be inlined to have them.
#[inline]
pub fn wide<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(test)]
    let level = levels::forced().unwrap_or(*LEVEL);
    #[cfg(not(test))]
    let level = *LEVEL;
    dispatch!(level, simd => with(simd, work))
}

#[expect(
    clippy::inline_always,
    reason = "only what is inlined has the vectors of its caller"
)]
#[inline(always)]
fn with<S: Simd, R>(_: S, work: impl FnOnce() -> R) -> R {
    work()
}

/// Every level of this processor, one after the other, so that a test can hold them against each
/// other.
#[cfg(test)]
pub(crate) mod levels {
    use super::Level;
    use std::cell::Cell;

    thread_local! {
        static FORCED: Cell<Option<Level>> = const { Cell::new(None) };
    }

    pub(super) fn forced() -> Option<Level> {
        FORCED.get()
    }

    /// Does what goes wide in `work`, on this thread, on one level.
    pub(crate) fn under<R>(level: Level, work: impl FnOnce() -> R) -> R {
        FORCED.set(Some(level));
        let done = work();
        FORCED.set(None);
        done
    }

    /// The levels that this processor has, the narrowest first: three where it has AVX2.
    pub(crate) fn all() -> Vec<Level> {
        let widest = Level::new();
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let all = [
            widest.as_sse2().map(Level::Sse2),
            widest.as_sse4_2().map(Level::Sse4_2),
            widest.as_avx2().map(Level::Avx2),
            widest.as_avx512().map(Level::Avx512),
        ];
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        let all = [Some(widest)];
        all.into_iter().flatten().collect()
    }

    /// What `work` gives on each level; it must be the same on all.
    pub(crate) fn agreed<R: PartialEq + std::fmt::Debug>(mut work: impl FnMut() -> R) -> R {
        let mut done = all()
            .into_iter()
            .map(|level| (level, under(level, &mut work)));
        let (_, first) = done.next().expect("a level");
        for (level, other) in done {
            assert!(other == first, "{level:?} gives something else");
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::levels;
    use crate::Simulation;
    use crate::fixture::tiny;

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn a_processor_with_avx2_has_three_levels() {
        if std::is_x86_feature_detected!("avx2") {
            assert!(levels::all().len() >= 3, "{:?}", levels::all());
        }
    }

    #[test]
    fn a_run_has_one_digest_on_every_level() {
        let scenario = tiny();
        let digest = |replication| {
            levels::agreed(|| {
                let mut simulation = Simulation::new(&scenario, replication);
                let outcome = simulation.run_to(scenario.months, None);
                outcome.unwrap_or_else(|error| panic!("{error}"));
                simulation.digest()
            })
        };
        assert_ne!(digest(0), digest(1));
    }
}
