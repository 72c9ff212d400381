//! Where results come from: the command, the scenario, the strategy libraries.

use crate::asked::Asked;
use zalm_experiment::store::Recipe;
use zalm_experiment::{PluginUse, Provenance};
use zalm_plugin_host::PluginSource;

/// Where results come from: `own` are the words of the command beside those that every command has,
/// `design` says which points are played, nothing for the scenario as it is.
pub fn provenance(asked: &Asked, source: &PluginSource, own: &str, design: String) -> Provenance {
    let plugin = |used: &zalm_plugin_host::PluginUse| PluginUse {
        strategy: used.name.clone(),
        plugin: used.library.manifest.id.clone(),
        version: used.library.manifest.version.clone(),
        sha256: used.library.sha256.clone(),
        built_with: used.library.manifest.built_with(),
        parameters: used.course(),
        name_nl: used.library.description.name.nl.clone(),
        name_en: used.library.description.name.en.clone(),
        description: used.library.description.doc.clone(),
    };
    let checked = &asked.checked;
    let command = format!("zalm {} {own}", asked.command);
    Provenance {
        zalm_version: env!("CARGO_PKG_VERSION").to_owned(),
        command: command.trim_end().to_owned(),
        design,
        plugins: source.strategies().iter().map(plugin).collect(),
        scenario_text: checked
            .sources
            .first()
            .map_or_else(String::new, |own| own.text.clone()),
        resolved_text: checked.resolved.clone(),
        recipe: Recipe::default(),
    }
}
