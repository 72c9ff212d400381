//! A panic: one line that says what to report, instead of a trace.

use crate::exit::{Exit, error};
use crate::say::say;
use crate::stderr;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::sync::{Mutex, PoisonError};

/// Runs the program; a panic ends it with [`Exit::Unexpected`].
///
/// With `RUST_BACKTRACE` set, Rust's own message with its trace is shown.
pub fn catch(program: impl FnOnce() -> Exit) -> Exit {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        set_hook(Box::new(tell));
    }
    // Nothing of the program is looked at after a panic.
    catch_unwind(AssertUnwindSafe(program)).unwrap_or(Exit::Unexpected)
}

/// One line per place in the code: the runner goes on after a panic, and the next run may well
/// panic at the same place.
fn tell(panic: &PanicHookInfo<'_>) {
    static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let place = panic
        .location()
        .map_or_else(|| say("somewhere", &[]), ToString::to_string);
    let message = panic.payload_as_str().map_or_else(
        || say("no-reason", &[]),
        |message| message.replace('\n', " "),
    );
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.insert(place.clone()) {
        let fault = [
            ("version", &env!("CARGO_PKG_VERSION") as &dyn Display),
            ("place", &place),
            ("message", &message),
        ];
        stderr::tell(error(say("fault", &fault)));
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, catch};

    #[test]
    fn a_panic_ends_with_its_own_code() {
        assert_eq!(catch(|| panic!("no luck")), Exit::Unexpected);
        assert_eq!(catch(|| Exit::Good), Exit::Good);
        drop(std::panic::take_hook());
    }
}
