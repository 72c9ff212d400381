//! Which plugin's code each thread runs: a library that ends the program from inside is named and
//! never mistaken for success, and one that does not come back can be named.

use std::cell::Cell;
use std::ffi::c_int;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};
use std::time::Duration;

// SAFETY: both as in the C standard; neither asks anything of who calls it.
unsafe extern "C" {
    safe fn atexit(function: extern "C" fn()) -> c_int;
    #[link_name = "_exit"]
    safe fn end_at_once(code: c_int) -> !;
}

/// Code to end with when a library ends the program; 0 while nobody watches.
static CODE: AtomicI32 = AtomicI32::new(0);

/// How many threads may end the program at the same time: each takes one function off the list, and
/// one that found none left would end it with its own code.
const AT_ONCE: usize = 256;

/// Whether it is being told that the program ends.
static TOLD: AtomicBool = AtomicBool::new(false);

/// One for each thread that ever called a library.
static THREADS: Mutex<Vec<Weak<Mutex<Calls>>>> = Mutex::new(Vec::new());

/// The calls of one thread.
#[derive(Default)]
struct Calls {
    /// The plugin that is called now.
    now: Option<&'static str>,
    /// How many calls there were: tells one call from the next without a clock.
    count: u64,
}

thread_local! {
    /// The same as in `CALLS`, and nothing to drop: it is there until the very end of the thread.
    static NOW: Cell<Option<&'static str>> = const { Cell::new(None) };
    static CALLS: Arc<Mutex<Calls>> = {
        let calls = Arc::default();
        let mut threads = THREADS.lock().unwrap_or_else(PoisonError::into_inner);
        threads.retain(|thread| thread.strong_count() > 0);
        threads.push(Arc::downgrade(&calls));
        calls
    };
}

/// Runs code of `plugin`.
pub(crate) fn inside<T>(plugin: &'static str, call: impl FnOnce() -> T) -> T {
    mark(Some(plugin));
    let done = call();
    mark(None);
    done
}

fn mark(plugin: Option<&'static str>) {
    NOW.set(plugin);
    // A thread that is ending has no list any more, and nobody asks for it.
    let _ = CALLS.try_with(|calls| {
        let mut calls = calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.now = plugin;
        calls.count += 1;
    });
}

/// From here on, a library that ends the program (`exit` in a call, a constructor or a thread of its
/// own) is named on stderr, and the program ends with `code` instead of the library's.
///
/// [`disarm`] before the program ends itself. Nothing helps against `_exit`, which asks nobody.
pub fn arm(code: i32) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for _ in 0..AT_ONCE {
            // Without room for one more function nobody watches, as before.
            let _ = atexit(at_exit);
        }
    });
    CODE.store(code, Ordering::SeqCst);
}

/// The program ends by itself now.
pub fn disarm() {
    CODE.store(0, Ordering::SeqCst);
}

extern "C" fn at_exit() {
    let code = CODE.load(Ordering::SeqCst);
    if code == 0 {
        return;
    }
    while TOLD.swap(true, Ordering::SeqCst) {
        // Who came first ends the program.
        std::thread::sleep(Duration::from_secs(1));
    }
    let who = NOW.get().map_or_else(
        || "a strategy library ended the program from a thread of its own".to_owned(),
        |plugin| format!("plugin {plugin} ended the program"),
    );
    // Where else could it be told when stderr is gone?
    let _ = writeln!(
        std::io::stderr(),
        "error: {who}: a library must not call exit; with --isolate it ends its own runs only"
    );
    end_at_once(code);
}

/// The plugins in whose code some thread was during the whole of `time`, in one and the same call;
/// each once, by name. Waits for so long.
pub fn stuck(time: Duration) -> Vec<&'static str> {
    let before = calls();
    std::thread::sleep(time);
    let after = calls();
    let still = |(thread, plugin, count): &(usize, &'static str, u64)| {
        after
            .contains(&(*thread, *plugin, *count))
            .then_some(*plugin)
    };
    let mut stuck: Vec<_> = before.iter().filter_map(still).collect();
    stuck.sort_unstable();
    stuck.dedup();
    stuck
}

/// The calls under way: thread, plugin and number of the call.
fn calls() -> Vec<(usize, &'static str, u64)> {
    let threads = THREADS.lock().unwrap_or_else(PoisonError::into_inner);
    let call = |thread: Arc<Mutex<Calls>>| {
        let calls = thread.lock().unwrap_or_else(PoisonError::into_inner);
        Some((Arc::as_ptr(&thread).addr(), calls.now?, calls.count))
    };
    threads
        .iter()
        .filter_map(Weak::upgrade)
        .filter_map(call)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{inside, stuck};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn only_a_call_that_lasts_is_named() {
        let (done, wait) = channel::<()>();
        let (begun, ready) = channel();
        let thread = std::thread::spawn(move || {
            inside("quick", || ());
            inside("endless", || {
                begun.send(()).expect("somebody waits");
                wait.recv().expect("it is told to end");
            });
        });
        ready.recv().expect("it begins");
        assert_eq!(stuck(Duration::from_millis(1)), ["endless"]);
        done.send(()).expect("it waits");
        thread.join().expect("it ends");
        assert!(!stuck(Duration::from_millis(1)).contains(&"endless"));
    }
}
