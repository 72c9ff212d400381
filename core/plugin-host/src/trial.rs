//! What a library does before any run it does in a process of its own first: it is loaded and describes
//! itself, and for all parameters that it is to get an instance is made and ended. What crashes or hangs
//! there is a refusal here.

use crate::instance::made_well;
use crate::isolated::{HERE, Pool};
use crate::library::{Library, is_loaded};
use crate::log::Log;
use crate::native::Native;
use crate::problem::PluginProblemKind;
use crate::process::{OwnProcess, Silence};
use crate::refusal::{Refusal, RefusalCode};
use crate::search::Found;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

impl OwnProcess {
    /// Loads the library when it could be loaded, and an instance of its defaults be made and ended, in
    /// a process of its own.
    ///
    /// # Errors
    /// A refusal with the reason; [`RefusalCode::Crash`] when the process did not survive it.
    pub fn load(&self, found: &Found) -> Result<Arc<Library>, Refusal> {
        let log = Arc::default();
        let trial = Trial::new(found, Some(self), false, &log);
        let library = trial.load()?;
        // An instance that is refused is no matter: other parameters may do.
        match library.description.check(&BTreeMap::new()) {
            Ok(defaults) => match trial.instance(&library, &defaults.json) {
                Err(PluginProblemKind::Refused(refusal)) => Err(refusal),
                _ => Ok(library),
            },
            Err(_) => Ok(library),
        }
    }
}

/// A library that is tried.
pub(crate) struct Trial<'a> {
    found: &'a Found,
    /// Its processes; without, what is tried is tried here.
    pool: Option<Arc<Pool>>,
    /// Whether it also runs there.
    isolated: bool,
    log: &'a Arc<Log>,
}

impl<'a> Trial<'a> {
    pub fn new(
        found: &'a Found,
        process: Option<&OwnProcess>,
        isolated: bool,
        log: &'a Arc<Log>,
    ) -> Self {
        let process = process.filter(|_| HERE || isolated).cloned();
        Self {
            pool: process.map(|process| Pool::new(process, found, log)),
            found,
            isolated,
            log,
        }
    }

    /// The library, loaded here after it was loaded in a process of its own.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn load(&self) -> Result<Arc<Library>, Refusal> {
        self.found.manifest.clone()?;
        if let Some(pool) = &self.pool
            && !is_loaded(&self.found.sha256)
        {
            match pool.load() {
                Ok(()) => {}
                Err(Silence::Refused(refusal)) => return Err(refusal),
                Err(silence) => return Err(crash(&self.found.file, "loading", &silence)),
            }
        }
        self.found.load()
    }

    /// Makes an instance with these parameters (JSON with sorted keys) and ends it.
    ///
    /// # Errors
    /// Why the plugin refuses them, or how its process ended.
    pub fn instance(
        &self,
        library: &Arc<Library>,
        parameters: &str,
    ) -> Result<(), PluginProblemKind> {
        let Some(pool) = &self.pool else {
            let made = Native::create(Arc::clone(library), parameters);
            let made = made_well(made, library, self.log);
            return made.map(drop).map_err(PluginProblemKind::Create);
        };
        if library.stood(parameters) {
            return Ok(());
        }
        let refused = |what: &str, silence: &Silence| {
            PluginProblemKind::Refused(crash(&self.found.file, what, silence))
        };
        let making = format!("making an instance of {parameters}");
        let made = pool.create(library, parameters);
        let made = made.map_err(|silence| refused(&making, &silence))?;
        let made = made_well(made, library, self.log).map_err(PluginProblemKind::Create)?;
        // Where it also runs there, what its end does is a warning and fails no run.
        if !self.isolated {
            let ended = made.end();
            ended.map_err(|silence| refused("ending an instance", &silence))?;
        }
        library.stands(parameters);
        Ok(())
    }

    /// The processes of a library that also runs there.
    pub fn into_pool(self) -> Option<Arc<Pool>> {
        self.pool.filter(|_| self.isolated)
    }
}

/// A library whose process did not survive what it was doing.
fn crash(file: &Path, doing: &str, silence: &Silence) -> Refusal {
    let (code, message) = match silence {
        Silence::Changed => (RefusalCode::Hash, "was changed since it was read".into()),
        Silence::NotStarted(error) => (
            RefusalCode::Dlopen,
            format!("cannot be tried in a process of its own: {error}"),
        ),
        Silence::Late(limit) => (
            RefusalCode::Crash,
            format!(
                "did not end {doing} within {} s; its process was ended",
                limit.as_secs_f64()
            ),
        ),
        _ => (
            RefusalCode::Crash,
            format!("crashed while {doing}: {silence}"),
        ),
    };
    Refusal::new(code, file, message)
}
