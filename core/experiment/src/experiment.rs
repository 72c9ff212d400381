//! What sets an experiment apart from every other: a run folder holds exactly one.

use crate::digest::sha256;
use crate::provenance::{PluginUse, Provenance};
use serde::{Deserialize, Serialize};

/// Lines of two texts that are shown when they differ.
const SHOWN: usize = 3;
/// Characters of such a line.
const WIDTH: usize = 100;

/// Everything beside the scenario's text that decides the results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experiment {
    /// Version of zalm.
    pub zalm_version: String,
    /// SHA-256 of the program: another build may give other results under the same version.
    pub program_sha256: String,
    /// SHA-256 of the resolved scenario.
    pub resolved_sha256: String,
    /// Draws and stopping rule in words; empty for the scenario as it is.
    pub design: String,
    /// Plugin behind each strategy, in declared order.
    pub plugins: Vec<PluginUse>,
}

impl Experiment {
    /// The experiment that a program makes of a scenario.
    pub fn new(provenance: &Provenance, program_sha256: &str) -> Self {
        Self {
            zalm_version: provenance.zalm_version.clone(),
            program_sha256: program_sha256.to_owned(),
            resolved_sha256: sha256(provenance.resolved_text.as_bytes()),
            design: provenance.design.clone(),
            plugins: provenance.plugins.clone(),
        }
    }

    /// What differs from another experiment, each in a line for people; the texts are the resolved
    /// scenarios of both.
    pub(crate) fn differences(&self, text: &str, other: &Self, other_text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if self.zalm_version != other.zalm_version {
            let versions = (&self.zalm_version, &other.zalm_version);
            lines.push(format!(
                "made by zalm {}, this is {}",
                versions.0, versions.1
            ));
        } else if self.program_sha256 != other.program_sha256 {
            let version = &self.zalm_version;
            lines.push(format!("made by another build of zalm {version}"));
        }
        if self.design != other.design {
            lines.push(format!("design: {:?}, now {:?}", self.design, other.design));
        }
        if self.resolved_sha256 != other.resolved_sha256 {
            lines.extend(lacking("scenario, there", text, other_text));
            lines.extend(lacking("scenario, now  ", other_text, text));
        }
        let libraries = |one: &Self| -> Vec<(String, String)> {
            let library = |used: &PluginUse| {
                let digest = used.sha256.get(..12).unwrap_or(&used.sha256);
                let plugin = format!("{} {}, {digest}", used.plugin, used.version);
                (used.strategy.clone(), plugin)
            };
            one.plugins.iter().map(library).collect()
        };
        let now = libraries(other);
        for (strategy, plugin) in libraries(self) {
            match now.iter().find(|(name, _)| *name == strategy) {
                Some((_, other)) if *other != plugin => {
                    lines.push(format!("strategy {strategy}: {plugin}, now {other}"));
                }
                _ => {}
            }
        }
        lines
    }
}

/// Lines of a text that another does not have.
fn lacking(label: &str, text: &str, other: &str) -> Vec<String> {
    let others: std::collections::HashSet<&str> = other.lines().map(str::trim).collect();
    let line = |line: &str| {
        let short: String = line.chars().take(WIDTH).collect();
        format!("{label}: {short}")
    };
    let own = text.lines().map(str::trim);
    let missing = own.filter(|line| !others.contains(line));
    missing.take(SHOWN).map(line).collect()
}
