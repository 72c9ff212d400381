//! Where results come from: passed in by the caller, who knows plugins, clock and command line.

use crate::store::Recipe;
use serde::{Deserialize, Serialize};

/// What decides the results and is the same for equal runs on any machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Version of zalm.
    pub zalm_version: String,
    /// Command that makes the same results: the scenario and what changes results, without the
    /// output folder or the number of threads.
    pub command: String,
    /// Draws and stopping rule in words; empty for the scenario as it is.
    pub design: String,
    /// Plugin behind each strategy, in declared order.
    pub plugins: Vec<PluginUse>,
    /// Text of the scenario file, byte for byte.
    pub scenario_text: String,
    /// The scenario with everything filled in, as RON.
    pub resolved_text: String,
    /// How to ask the same again; empty where that is not kept.
    pub recipe: Recipe,
}

/// The plugin behind a strategy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluginUse {
    /// Name of the strategy in the scenario.
    pub strategy: String,
    /// Plugin id.
    pub plugin: String,
    /// Plugin version.
    pub version: String,
    /// SHA-256 of the library file.
    pub sha256: String,
    /// Plugin contract, SDK, compiler, machine and profile that the library was built with.
    #[serde(default)]
    pub built_with: String,
    /// All parameters that the plugin got, defaults filled in, as JSON with sorted keys; then each
    /// later month with those from there on.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Name of the plugin in Dutch; for the report.
    #[serde(default)]
    pub name_nl: String,
    /// Name of the plugin in English.
    #[serde(default)]
    pub name_en: String,
    /// What the plugin says that it does; for the report.
    #[serde(default)]
    pub description: String,
}

/// What differs between equal runs: kept apart in `run.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Command line as it was typed.
    pub command_line: String,
    /// SHA-256 of the program.
    pub program_sha256: String,
    /// Revision of the source that the program was built from: a commit, with `+changes` where the
    /// source was changed since, or `unknown`; empty in folders that are older.
    #[serde(default)]
    pub revision: String,
    /// Threads used.
    pub threads: usize,
    /// Start, RFC 3339.
    pub started: String,
    /// End, RFC 3339.
    pub finished: String,
}
