//! `run.json`: what is in a run folder and where it came from.

use super::{RunFolder, SCHEMA};
use crate::digest::{results_sha256, sha256};
use crate::experiment::Experiment;
use crate::provenance::{Host, PluginUse};
use crate::results::Results;
use serde::{Deserialize, Serialize};

/// Contents of `run.json`. Everything outside `host` is the same for equal runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout, see [`SCHEMA`].
    pub schema: String,
    /// Version of zalm.
    pub zalm_version: String,
    /// Title of the scenario.
    pub title: String,
    /// Command that makes the same results.
    pub command: String,
    /// Digest of `scenario.ron`.
    pub scenario_sha256: String,
    /// Digest of `resolved.ron`.
    pub resolved_sha256: String,
    /// Digest over all result rows.
    pub results_sha256: String,
    /// Draws and stopping rule in words; empty for the scenario as it is.
    pub design: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications asked for.
    pub replications: u32,
    /// Replications that are complete.
    pub replications_done: u32,
    /// Name of the null alternative; `None` when it was left out.
    pub null_alternative: Option<String>,
    /// Strategies with the plugins behind them.
    pub strategies: Vec<PluginUse>,
    /// Stressors in declared order.
    pub stressors: Vec<String>,
    /// The other files.
    pub files: Vec<FileEntry>,
    /// Runs that failed.
    pub failed_runs: Vec<FailedRun>,
    /// What differs between equal runs.
    pub host: Host,
}

/// A file of the run folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Name.
    pub name: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// Rows, when it is a table.
    pub rows: Option<u64>,
}

/// A run that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedRun {
    /// Strategy.
    pub strategy: String,
    /// Stressor.
    pub stressor: String,
    /// Draw.
    pub draw: u32,
    /// Replication.
    pub replication: u32,
    /// Why.
    pub reason: String,
    /// Command that repeats just this run.
    pub rerun: String,
}

impl Manifest {
    pub(super) fn new(content: &RunFolder, experiment: &Experiment, files: Vec<FileEntry>) -> Self {
        let (results, provenance) = (content.results, content.provenance);
        Self {
            schema: SCHEMA.to_owned(),
            zalm_version: experiment.zalm_version.clone(),
            title: results.title.clone(),
            command: provenance.command.clone(),
            scenario_sha256: sha256(provenance.scenario_text.as_bytes()),
            resolved_sha256: experiment.resolved_sha256.clone(),
            results_sha256: results_sha256(results),
            design: experiment.design.clone(),
            seed: results.seed,
            replications: results.planned,
            replications_done: results.replications.len() as u32,
            null_alternative: results.null.map(|null| results.strategies[null].clone()),
            strategies: experiment.plugins.clone(),
            stressors: results.stressors.clone(),
            files,
            failed_runs: failed_runs(results),
            host: Host {
                program_sha256: experiment.program_sha256.clone(),
                ..content.host.clone()
            },
        }
    }

    /// The experiment that the folder holds.
    pub fn experiment(&self) -> Experiment {
        Experiment {
            zalm_version: self.zalm_version.clone(),
            program_sha256: self.host.program_sha256.clone(),
            resolved_sha256: self.resolved_sha256.clone(),
            design: self.design.clone(),
            plugins: self.strategies.clone(),
        }
    }

    /// The text of `run.json`.
    pub(super) fn to_json(&self) -> String {
        // Only strings and numbers, so this cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

pub(crate) fn failed_runs(results: &Results) -> Vec<FailedRun> {
    let failed = results.failures().map(|(run, failure)| FailedRun {
        strategy: results.strategies[run.strategy].clone(),
        stressor: results.stressors[run.stressor].clone(),
        draw: run.draw,
        replication: run.replication,
        reason: failure.reason.clone(),
        rerun: failure.rerun.clone(),
    });
    failed.collect()
}
