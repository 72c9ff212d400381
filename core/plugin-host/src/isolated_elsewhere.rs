//! Where there are no Unix sockets no strategy gets a process of its own; it is told, not ignored.

use crate::desk::Answer;
use crate::library::Library;
use crate::log::Log;
use crate::native::{Backend, Made};
use crate::own::Scratch;
use crate::process::{OwnProcess, Silence};
use crate::search::Found;
use std::path::Path;
use std::sync::Arc;
use zalm_abi::ZalmStatus;
use zalm_model::{StrategyRandom, View};

/// Whether a library can have a process of its own on this system.
pub(crate) const HERE: bool = false;

const NOT_HERE: &str = "--isolate works on Unix systems only";

#[derive(Debug)]
pub(crate) struct Pool;

/// There is none.
pub(crate) enum Isolated {}

fn not_here() -> Silence {
    Silence::NotStarted(std::io::Error::other(NOT_HERE))
}

impl Pool {
    pub fn new(_: OwnProcess, _: &Found, _: &Arc<Log>) -> Arc<Self> {
        Arc::new(Self)
    }

    pub fn load(&self) -> Result<(), Silence> {
        Err(not_here())
    }

    pub fn create(self: &Arc<Self>, _: &Arc<Library>, _: &str) -> Result<Made<Isolated>, Silence> {
        Err(not_here())
    }
}

impl Isolated {
    pub fn end(self) -> Result<(), Silence> {
        match self {}
    }
}

impl Backend for Isolated {
    fn step(
        &mut self,
        _: &View,
        _: &mut Scratch,
        _: &dyn StrategyRandom,
    ) -> Result<(ZalmStatus, Answer), String> {
        match *self {}
    }
}

/// Serves nothing here.
///
/// # Errors
/// Always.
pub fn serve(_: &Path, _: &Path, _: &str) -> Result<(), String> {
    Err(NOT_HERE.into())
}
