//! What a library leaves behind in its process.

use super::reference::Town;
use super::{Outcome, Subject, Verdict, pass};
use crate::fpu;
use std::path::PathBuf;

/// Longest time to load a library without a warning, seconds.
const SLOW: f64 = 0.1;

/// The process as it is; empty where the system does not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Traces {
    pub threads: usize,
    pub files: usize,
    /// Memory, kB.
    pub memory: u64,
    signals: Vec<String>,
    umask: Option<String>,
    locale: Option<String>,
    folder: Option<PathBuf>,
    environment: Vec<(std::ffi::OsString, std::ffi::OsString)>,
    mode: u64,
}

impl Traces {
    pub fn now() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let memory = status.lines().find_map(|line| {
            line.strip_prefix("VmRSS:")?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        });
        let signals = status.lines().filter(|line| {
            line.starts_with("SigBlk") || line.starts_with("SigIgn") || line.starts_with("SigCgt")
        });
        let umask = status.lines().find(|line| line.starts_with("Umask:"));
        Self {
            threads: entries("/proc/self/task"),
            files: entries("/proc/self/fd"),
            memory: memory.unwrap_or(0),
            signals: signals.map(str::to_owned).collect(),
            umask: umask.map(str::to_owned),
            locale: locale(),
            folder: std::env::current_dir().ok(),
            environment: std::env::vars_os().collect(),
            mode: fpu::mode(),
        }
    }

    /// What is different now, in words.
    fn changed(&self, now: &Self) -> Option<String> {
        let differences = [
            (
                self.threads != now.threads,
                format!("threads went from {} to {}", self.threads, now.threads),
            ),
            (
                self.files != now.files,
                format!("open files went from {} to {}", self.files, now.files),
            ),
            (
                self.signals != now.signals,
                format!("signals went from {:?} to {:?}", self.signals, now.signals),
            ),
            (
                self.umask != now.umask,
                "the umask, which says who may read new files, is another".to_owned(),
            ),
            (
                self.locale != now.locale,
                format!(
                    "the locale, by which C reads and writes numbers, is {}",
                    now.locale.as_deref().unwrap_or("another")
                ),
            ),
            (
                self.folder != now.folder,
                "the working folder is another".to_owned(),
            ),
            (
                self.environment != now.environment,
                "the environment is another".to_owned(),
            ),
            (
                self.mode != now.mode,
                "the floating-point mode is another".to_owned(),
            ),
        ];
        differences
            .into_iter()
            .find_map(|(changed, words)| changed.then_some(words))
    }
}

/// Locale of the C library in this process; none where we do not know how to ask.
fn locale() -> Option<String> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use std::ffi::{CStr, c_char, c_int};
        // SAFETY: as in the C standard.
        unsafe extern "C" {
            fn setlocale(category: c_int, locale: *const c_char) -> *const c_char;
        }
        const ALL: c_int = if cfg!(target_os = "linux") { 6 } else { 0 };
        // SAFETY: null asks and changes nothing; the text is read before anybody else may change it,
        // as a test runs alone in its process.
        let text = unsafe {
            let text = setlocale(ALL, std::ptr::null());
            (!text.is_null()).then(|| CStr::from_ptr(text))
        };
        text.map(|text| text.to_string_lossy().into_owned())
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    {
        None
    }
}

fn entries(folder: &str) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

pub(super) fn loading(subject: &Subject) -> Outcome {
    if let Some(changed) = subject.before.changed(&Traces::now()) {
        return Err(format!("after loading, {changed}"));
    }
    let text = format!("{:.1} ms", subject.loading * 1e3);
    Ok(if subject.loading > SLOW {
        Verdict::Warn(text)
    } else {
        Verdict::Pass(text)
    })
}

pub(super) fn hygiene(subject: &Subject) -> Outcome {
    let before = Traces::now();
    let after = |what: &str| match before.changed(&Traces::now()) {
        Some(changed) => Err(format!("after {what}, {changed}")),
        None => Ok(()),
    };
    let town = Town::small(subject.seed);
    let mut instance = subject.instance()?;
    after("create")?;
    for month in 0..36 {
        subject.decide(&mut instance, &town.view(month))?;
        after(&format!("the step of month {month}"))?;
    }
    drop(instance);
    after("destroy")?;
    pass("38 calls without a trace")
}
