//! What is wrong with the strategies of a scenario.

use crate::parameters::ParameterProblem;
use crate::refusal::Refusal;
use std::fmt;
use std::path::PathBuf;

/// One problem with one strategy of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginProblem {
    /// Name of the strategy in the scenario.
    pub strategy: String,
    /// Plugin id that it names.
    pub plugin: String,
    /// What is wrong.
    pub kind: PluginProblemKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PluginProblemKind {
    /// There is no library for this plugin.
    Missing {
        /// Available plugin with the nearest id.
        nearest: Option<String>,
        /// Ids of all plugins that can be used, sorted.
        available: Vec<String>,
        /// Directories that were searched, in order.
        searched: Vec<PathBuf>,
    },
    /// There is a library, but it is not used.
    Refused(Refusal),
    /// A parameter is wrong.
    Parameter(ParameterProblem),
    /// The plugin refuses its parameters, each valid by itself.
    Create(String),
    /// Two layers of a strategy contradict each other; `plugin` is the later one.
    Layers {
        /// Plugin of the earlier layer.
        other: String,
        /// What is wrong.
        message: String,
        /// What would be right.
        expected: &'static str,
    },
}

impl fmt::Display for PluginProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "strategy {:?}: ", self.strategy)?;
        match &self.kind {
            PluginProblemKind::Missing {
                nearest,
                available,
                searched,
            } => {
                write!(f, "there is no plugin {}", self.plugin)?;
                if let Some(nearest) = nearest {
                    write!(f, "; did you mean {nearest}?")?;
                }
                if !available.is_empty() {
                    write!(f, " Available: {}.", available.join(", "))?;
                }
                let dirs: Vec<String> = searched.iter().map(|d| d.display().to_string()).collect();
                write!(
                    f,
                    " Looked for {} in {}. Build it, or name its directory with --plugins DIR.",
                    crate::file_name(&self.plugin),
                    dirs.join(", ")
                )
            }
            PluginProblemKind::Refused(refusal) => write!(f, "{refusal}"),
            PluginProblemKind::Parameter(problem) => write!(f, "{problem}"),
            PluginProblemKind::Layers {
                message, expected, ..
            } => write!(f, "{message}; expected {expected}"),
            PluginProblemKind::Create(message) => {
                write!(
                    f,
                    "plugin {} refuses its parameters: {message}",
                    self.plugin
                )
            }
        }
    }
}

impl std::error::Error for PluginProblem {}
