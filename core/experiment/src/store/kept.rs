//! A run folder as it is, complete or not, to be read and never written.

use super::RESOLVED;
use super::error::StoreError;
use super::recipe::Recipe;
use super::under_way::{JOURNAL, State, UnderWay, state};
use crate::provenance::Provenance;
use std::fs;
use std::path::Path;

/// Opens what a run folder holds, with where it comes from. Nothing in it changes, so it may be under
/// way in another process; then it gives what is done.
///
/// # Errors
/// When it is no run folder, or cannot be read.
pub fn kept(folder: &Path) -> Result<(UnderWay, Provenance), StoreError> {
    let (experiment, command) = match state(folder)? {
        State::Complete(manifest) => (manifest.experiment(), manifest.command.clone()),
        State::Unfinished { .. } if !folder.join(JOURNAL).exists() => {
            return Err(StoreError::Apart {
                folder: folder.to_owned(),
            });
        }
        State::Unfinished { experiment, .. } => (experiment, String::new()),
        State::Free | State::Foreign => {
            return Err(StoreError::NoRun {
                folder: folder.to_owned(),
            });
        }
    };
    let provenance = Provenance {
        zalm_version: experiment.zalm_version.clone(),
        command,
        design: experiment.design.clone(),
        plugins: experiment.plugins.clone(),
        // An unfinished folder has no copy of the scenario yet.
        scenario_text: fs::read_to_string(folder.join("scenario.ron")).unwrap_or_default(),
        resolved_text: text(folder, RESOLVED)?,
        recipe: Recipe::of(folder).unwrap_or_default(),
    };
    Ok((UnderWay::as_it_is(folder, experiment)?, provenance))
}

fn text(folder: &Path, name: &str) -> Result<String, StoreError> {
    let file = folder.join(name);
    fs::read_to_string(&file).map_err(|source| StoreError::Write { file, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_run_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = kept(folder.path()).err().unwrap().to_string();
        assert!(error.contains("is no run folder"), "{error}");
    }
}
