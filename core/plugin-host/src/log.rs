//! What strategies say to the person who runs them; no part of the results.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Most different lines that are kept.
const LINES: usize = 1000;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// For the plugin's author.
    Debug,
    /// Worth knowing.
    Info,
    /// Results may not be what was meant.
    Warning,
    /// Something failed.
    Error,
}

impl LogLevel {
    pub(crate) fn from_code(code: i32) -> Self {
        match code {
            i32::MIN..=zalm_abi::LOG_DEBUG => Self::Debug,
            zalm_abi::LOG_INFO => Self::Info,
            zalm_abi::LOG_WARNING => Self::Warning,
            zalm_abi::LOG_ERROR.. => Self::Error,
        }
    }
}

/// A line, said once or many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Plugin id.
    pub plugin: String,
    /// How much it matters.
    pub level: LogLevel,
    /// The text, without control characters.
    pub text: String,
    /// First month index in which it was said.
    pub month: u32,
    /// How often it was said, over all runs.
    pub times: u64,
}

/// What makes a line: plugin, level, text.
type Key = (String, LogLevel, String);
/// First month and number of times.
type Count = (u32, u64);

/// Lines of all runs: the same whatever the order in which runs are done.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<BTreeMap<Key, Count>>);

impl Log {
    pub fn add(&self, plugin: &str, level: LogLevel, month: u32, text: String) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (plugin.to_owned(), level, text);
        if lines.len() < LINES || lines.contains_key(&key) {
            let (first, times) = lines.entry(key).or_insert((month, 0));
            *first = month.min(*first);
            *times += 1;
        }
    }

    pub fn lines(&self) -> Vec<LogLine> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let line = |((plugin, level, text), (month, times)): (&Key, &Count)| LogLine {
            plugin: plugin.clone(),
            level: *level,
            text: text.clone(),
            month: *month,
            times: *times,
        };
        lines.iter().map(line).collect()
    }
}
