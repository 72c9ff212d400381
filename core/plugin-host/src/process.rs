//! Processes that are waited for, and how they ended.

use crate::refusal::Refusal;
use std::fmt;
use std::path::PathBuf;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

/// How a library gets a process of its own: to be tried in before it is loaded here, and to run in.
#[derive(Clone, Debug)]
pub struct OwnProcess {
    /// The program that is started.
    pub program: PathBuf,
    /// Words that make it end in [`serve`](crate::serve); the memory, the socket, the library and its
    /// hash follow.
    pub words: Vec<String>,
    /// Longest time for loading, and for one call.
    pub limit: Duration,
    /// Most memory (address space), MB: the program is told, and sees to it that its process keeps to
    /// it.
    pub memory: u32,
}

/// Why a process gave no answer.
#[derive(Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "no process is asked there"))]
pub(crate) enum Silence {
    /// There is none.
    NotStarted(std::io::Error),
    /// The file was another one by then.
    Changed,
    /// It refuses the library.
    Refused(Refusal),
    /// It took longer than this, and was ended.
    Late(Duration),
    /// It said what cannot be understood.
    Garbled,
    /// It came to an end, or hung up; by a signal, when it had so many MB of memory.
    Ended(String, Option<u32>),
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(error) => {
                write!(f, "it cannot be given a process of its own: {error}")
            }
            Self::Changed => f.write_str("its file was changed since it was read"),
            Self::Refused(refusal) => write!(f, "its process refuses the library {refusal}"),
            Self::Late(limit) => write!(
                f,
                "it did not answer within {} s; its process was ended",
                limit.as_secs_f64()
            ),
            Self::Garbled => f.write_str("its process answered what cannot be understood"),
            Self::Ended(how, _) => write!(f, "its process {how}"),
        }
    }
}

impl Silence {
    /// The same, with what a library that found no memory would not say itself.
    #[cfg(unix)]
    pub fn in_a_step(&self) -> String {
        match self {
            Self::Ended(_, Some(memory)) => {
                format!("{self}; it could have {memory} MB of memory")
            }
            _ => self.to_string(),
        }
    }
}

/// Longest time between two looks at a process.
const PAUSE: Duration = Duration::from_millis(2);

/// The end of the process, or `None` when it had to be killed after `limit`.
///
/// # Errors
/// When the system says nothing of it.
pub fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    let mut pause = Duration::from_micros(100);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (2 * pause).min(PAUSE);
    }
}

/// How a process ended, in words.
#[cfg(unix)]
pub(crate) fn ending(status: ExitStatus) -> String {
    let name = |signal| match signal {
        4 => "illegal instruction",
        6 => "abort",
        7 | 10 => "bad address",
        8 => "arithmetic",
        9 => "killed",
        11 => "bad memory access or stack overflow",
        _ => "signal",
    };
    match (signal(status), status.code()) {
        (Some(signal), _) => format!("ended by signal {signal} ({})", name(signal)),
        (None, Some(code)) => format!("ended by itself with code {code}"),
        (None, None) => "ended".into(),
    }
}

/// Number of the signal that ended it.
#[cfg(unix)]
pub(crate) fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}
