//! Keeps a panic inside: caught, told with its location, printed nowhere.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside a call of the strategy.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    /// The last panic on this thread.
    static STORY: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work`.
///
/// # Errors
/// The message and location of a panic in it.
pub(crate) fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    install_hook();
    let before = INSIDE.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(before);
    outcome.map_err(|payload| {
        // Dropping a payload runs foreign code, which may panic again.
        std::mem::forget(payload);
        STORY.take()
    })
}

/// A library has its own copy of the standard library and so its own hook; linked into a program
/// (tests) the hook leaves all other panics to the one before it.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if INSIDE.get() {
                STORY.set(story(info));
            } else {
                before(info);
            }
        }));
    });
}

fn story(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("a panic without text");
    match info.location() {
        Some(at) => format!("{message} (at {at})"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::contain;

    #[test]
    fn a_panic_comes_back_as_text_with_its_place() {
        let story = contain(|| panic!("no row {}", 7)).unwrap_err();
        assert!(story.starts_with("no row 7 (at "), "{story}");
        assert!(story.contains("contain.rs:"), "{story}");
        assert_eq!(contain(|| 5), Ok(5));
    }
}
