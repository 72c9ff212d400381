//! Progress with time left, on stderr: a bar on a terminal, else a plain line every ten seconds.

use crate::say::{decimal, say};
use crate::stderr::tell;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Between two plain lines; a log is not a terminal.
const EVERY: Duration = Duration::from_secs(10);

/// Share of what is to be done from which the time left can be told: the first runs take longest.
const KNOWN: f64 = 0.05;

/// Shows how far the runs are.
pub struct Progress {
    started: Instant,
    /// Of what there are so many.
    what: String,
    /// Hidden when there is no terminal.
    bar: ProgressBar,
    /// When the last plain line was written.
    last_line: Mutex<Instant>,
}

impl Progress {
    /// Starts to show; `runs` is how many there will be.
    pub fn start(runs: usize) -> Self {
        Self::of(runs, "runs")
    }

    /// Starts to show how many are done of something else, which has a text.
    pub fn of(all: usize, what: &str) -> Self {
        let what = say("several", &[("of", &what)]);
        let bar = if std::io::stderr().is_terminal() {
            ProgressBar::new(all as u64).with_style(style(&what))
        } else {
            ProgressBar::hidden()
        };
        let started = Instant::now();
        Self {
            started,
            what,
            bar,
            last_line: Mutex::new(started),
        }
    }

    /// Tells that `done` of `all` are done; from any thread.
    pub fn show(&self, done: usize, all: usize) {
        if self.bar.is_hidden() {
            self.line(done, all);
        } else {
            self.bar.set_length(all as u64);
            self.bar.set_position(done as u64);
            let left = left(done, all, self.started.elapsed());
            self.bar.set_message(left.unwrap_or_default());
        }
    }

    /// Takes the bar away, and says how long it took.
    pub fn finish(&self) -> Duration {
        self.bar.finish_and_clear();
        self.started.elapsed()
    }

    fn line(&self, done: usize, all: usize) {
        let mut last = self
            .last_line
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= EVERY && done < all {
            *last = Instant::now();
            tell(plain(done, all, &self.what, self.started.elapsed()));
        }
    }
}

fn plain(done: usize, all: usize, what: &str, elapsed: Duration) -> String {
    let left = left(done, all, elapsed).unwrap_or_default();
    let far = say("of-all", &[("done", &done), ("all", &all)]);
    format!("{far} {what}{left}")
}

/// How many runs were played, in which time.
pub fn took_time(runs: usize, took: Duration, threads: NonZeroUsize) -> String {
    say(
        "runs-in",
        &[
            ("runs", &runs),
            ("seconds", &decimal(took.as_secs_f64(), 1)),
            ("threads", &threads),
        ],
    )
}

/// The time left in words, once it can be told.
fn left(done: usize, all: usize, elapsed: Duration) -> Option<String> {
    let share = done as f64 / all.max(1) as f64;
    if share < KNOWN {
        return None;
    }
    let left = elapsed.mul_f64(all.saturating_sub(done) as f64 / done.max(1) as f64);
    let seconds = left.as_secs() + 1;
    Some(format!(", {}", say("left", &[("seconds", &seconds)])))
}

fn style(what: &str) -> ProgressStyle {
    let far = say("of-all", &[("done", &"{pos}"), ("all", &"{len}")]);
    let template = format!("{{bar:40}} {far} {what}{{msg}}");
    ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::{Duration, plain};

    #[test]
    fn time_left_follows_from_time_passed() {
        assert_eq!(
            plain(25, 100, "runs", Duration::from_secs(10)),
            "25 of 100 runs, about 31 s left"
        );
        assert_eq!(
            plain(4, 100, "runs", Duration::from_secs(10)),
            "4 of 100 runs"
        );
    }
}
