//! `zalm plugin lock`: pins the libraries of a scenario.

use crate::asked::{Changes, Libraries};
use crate::exit::{Exit, Failure};
use crate::plugin_problems::{loaded, terms};
use crate::stdout::print;
use clap::Args;
use std::path::PathBuf;
use zalm_plugin_host::{LOCK_FILE, Lock, Pinned};
use zalm_scenario::StrategyUse;

/// Pin the strategy libraries of a scenario by their hash: with any other, it is refused.
#[derive(Args)]
pub struct LockCommand {
    /// The scenario, a RON file
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Pin this strategy too, which the scenario need not name; can be repeated
    #[arg(long, value_name = "NAME")]
    strategy: Vec<String>,
    #[command(flatten)]
    libraries: Libraries,
}

impl LockCommand {
    /// Writes `zalm.lock` beside the scenario; other plugins in it stay as they are.
    ///
    /// # Errors
    /// When a library is missing or the file cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let mut checked = Changes::default().read(&self.scenario)?;
        let search = self.libraries.search();
        for name in &self.strategy {
            let named = |used: &StrategyUse| used.name == *name || used.plugin == *name;
            if !checked.scenario.strategies.iter().any(named) {
                checked
                    .scenario
                    .strategies
                    .push(StrategyUse::of(name, name));
            }
        }
        let source = loaded(&checked, &search, &terms(Lock::default(), None)?)?;
        let mut lock = Lock::beside(&self.scenario).map_err(Failure::invalid)?;
        for used in source.strategies() {
            let pinned = Pinned {
                version: used.library.manifest.version.clone(),
                sha256: used.library.sha256.clone(),
            };
            lock.0.insert(used.library.manifest.id.clone(), pinned);
        }
        let file = self.scenario.with_file_name(LOCK_FILE);
        let folder = self.scenario.parent().filter(|p| !p.as_os_str().is_empty());
        let written =
            tempfile::NamedTempFile::new_in(folder.unwrap_or(".".as_ref())).and_then(|new| {
                std::fs::write(new.path(), lock.text())?;
                new.persist(&file).map_err(Into::into)
            });
        written.map_err(|error| {
            Failure::unexpected(format!("{} cannot be written: {error}", file.display()))
        })?;
        print(&format!(
            "{} plugins are pinned in {}\n",
            lock.0.len(),
            file.display()
        ))?;
        Ok(Exit::Good)
    }
}
