//! A comparison that was asked before, from the recipe of its folder: same question, no file read.

use crate::compare::Compare;
use crate::exit::Failure;
use crate::language::Told;
use crate::say::say;
use crate::under_way::unusable;
use clap::{Args, FromArgMatches};
use std::path::Path;
use zalm_experiment::PluginUse;
use zalm_experiment::store::{Recipe, State, StoreError, state};
use zalm_plugin_host::{Lock, Pinned};
use zalm_scenario::Source;

/// What was asked in a folder, with the digest of the program that was asked.
pub struct Before {
    /// The comparison.
    pub compare: Compare,
    /// How it was asked.
    pub recipe: Recipe,
    /// SHA-256 of the program.
    pub program_sha256: String,
}

/// The comparison of a run folder, complete or not.
///
/// # Errors
/// When it is no run folder, or no comparison was asked in it.
pub fn asked(folder: &Path) -> Result<Before, Failure> {
    let state = state(folder).map_err(|error| unusable(&error))?;
    let experiment = match state {
        State::Complete(manifest) => manifest.experiment(),
        State::Unfinished { experiment, .. } => experiment,
        State::Free | State::Foreign => {
            return Err(unusable(&StoreError::NoRun {
                folder: folder.to_owned(),
            }));
        }
    };
    let recipe = Recipe::of(folder).map_err(|error| unusable(&error))?;
    let mut compare = read(&recipe.words).map_err(|why| {
        Failure::invalid(say(
            "recipe-odd",
            &[("folder", &folder.display()), ("why", &why)],
        ))
    })?;
    let kept = |input: &zalm_experiment::store::Input| Source {
        name: input.name.clone(),
        text: input.text.clone(),
    };
    compare.given.kept = Some(recipe.inputs.iter().map(kept).collect());
    compare.strategies.pinned = Some(lock(&experiment.plugins));
    compare.told = Told::of(&recipe.language).map_err(Failure::invalid)?;
    Ok(Before {
        compare,
        recipe,
        program_sha256: experiment.program_sha256,
    })
}

/// The libraries that a run was made with, and no others.
fn lock(plugins: &[PluginUse]) -> Lock {
    let pinned = |used: &PluginUse| {
        let pinned = Pinned {
            version: used.version.clone(),
            sha256: used.sha256.clone(),
        };
        (used.plugin.clone(), pinned)
    };
    Lock(plugins.iter().map(pinned).collect())
}

/// Words of a command as the command line reads them.
fn read(words: &[String]) -> Result<Compare, String> {
    let command = Compare::augment_args(clap::Command::new("compare"));
    let matches = command.try_get_matches_from(words);
    let matches = matches.map_err(|error| error.to_string())?;
    Compare::from_arg_matches(&matches).map_err(|error| error.to_string())
}
