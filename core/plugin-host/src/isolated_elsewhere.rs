//! Where there are no Unix sockets no strategy gets a process of its own; it is told, not ignored.

use crate::desk::Answer;
use crate::library::Library;
use crate::log::Log;
use crate::native::Native;
use crate::source::Isolation;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zalm_abi::{STATUS_ERROR, ZalmStatus};

const NOT_HERE: &str = "--isolate works on Unix systems only";

#[derive(Debug)]
pub(crate) struct Pool;

impl Pool {
    pub fn new(_: Isolation, _: PathBuf, _: &Arc<Library>, _: &Arc<Log>) -> Arc<Self> {
        Arc::new(Self)
    }

    pub fn create(self: &Arc<Self>, _: &str) -> (Option<Native>, ZalmStatus, Answer) {
        let answer = Answer {
            error: NOT_HERE.into(),
            ..Answer::default()
        };
        (None, STATUS_ERROR, answer)
    }
}

/// Serves nothing here.
///
/// # Errors
/// Always.
pub fn serve(_: &Path, _: &Path, _: &str) -> Result<(), String> {
    Err(NOT_HERE.into())
}
