//! Which strategies take part: `--strategy NAME`.

use crate::exit::Failure;
use crate::nearest::hint;
use crate::say::say;
use std::fmt::Display;
use zalm_plugin_host::{SearchPath, find, find_all};
use zalm_scenario::{Scenario, StrategyUse};

/// Leaves the strategies called `names` and the null alternative; all when there are no names.
///
/// A name that the scenario does not have, but a plugin has, is added with the plugin's defaults.
///
/// # Errors
/// Names that neither the scenario nor a plugin has, all at once.
pub fn choose(
    scenario: &mut Scenario,
    names: &[String],
    search: &SearchPath,
) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let mut unknown = Vec::new();
    for name in names {
        if scenario
            .strategies
            .iter()
            .any(|strategy| strategy.name == *name)
        {
            continue;
        }
        if find(name, search).is_some() {
            scenario.strategies.push(StrategyUse::of(name, name));
        } else {
            unknown.push(missing(name, scenario, search));
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::all(&unknown));
    }
    let null = scenario.null_alternative.clone();
    scenario
        .strategies
        .retain(|one| one.name == null || names.contains(&one.name));
    Ok(())
}

fn missing(name: &str, scenario: &Scenario, search: &SearchPath) -> String {
    let own: Vec<&str> = scenario
        .strategies
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let mut plugins: Vec<String> = find_all(search)
        .into_iter()
        .filter_map(|found| Some(found.manifest.ok()?.id))
        .collect();
    plugins.sort();
    plugins.dedup();
    let hint = hint(
        name,
        own.iter()
            .copied()
            .chain(plugins.iter().map(String::as_str)),
    );
    let dirs: Vec<String> = search
        .dirs()
        .iter()
        .map(|dir| dir.display().to_string())
        .collect();
    let plugins = if plugins.is_empty() {
        say("none", &[])
    } else {
        plugins.join(", ")
    };
    let known = [
        ("name", &name as &dyn Display),
        ("hint", &hint),
        ("own", &own.join(", ")),
        ("plugins", &plugins),
        ("folders", &dirs.join(", ")),
    ];
    say("no-such-strategy", &known)
}
