//! Work over many numbers, compiled for wide vectors too; which is used is chosen when the program
//! runs. Only whole numbers go through here, so that every processor gives the same.

use fearless_simd::{Level, Simd, dispatch};
use std::sync::LazyLock;

/// What this processor can do.
static LEVEL: LazyLock<Level> = LazyLock::new(Level::new);

/// Does the work with the widest vectors there are. What it calls must be inlined to have them.
#[inline]
pub fn wide<R>(work: impl FnOnce() -> R) -> R {
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
