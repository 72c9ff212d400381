//! What is compared. Whether a plugin exists is not known here.

use super::Checker;
use crate::checked::StrategyUse;
use crate::problem::Finding;
use crate::tree::Spot;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let scenario = checker.scenario;
    let list = root.field("strategies");
    if scenario.strategies.is_empty() {
        checker.wrong(list, "there is nothing to compare", "at least one strategy");
    }
    let names: Vec<_> = scenario
        .strategies
        .iter()
        .map(|used| used.name.as_str())
        .collect();
    let spots = names.iter().enumerate();
    checker.unique(
        "strategy",
        spots.map(|(i, name)| (list.item(i).field("name"), *name)),
    );
    for (i, used) in scenario.strategies.iter().enumerate() {
        let spot = list.item(i);
        checker.told_if_given(spot.field("title"), &used.title, "a name for people");
        plugins(checker, spot, used);
    }
    let null = root.field("null_alternative");
    checker.known(null, "strategy", &scenario.null_alternative, &names);
}

/// One plugin, or layers that are all different.
fn plugins(checker: &Checker<'_>, spot: Spot<'_>, used: &StrategyUse) {
    let (plugin, layers) = (spot.field("plugin"), spot.field("layers"));
    if used.layers.is_empty() {
        if used.plugin.is_empty() && !plugin.is_present() {
            let expected = "`plugin: \"ID\"`, or `layers: [(plugin: \"ID\"), ..]`";
            checker.wrong(spot, "a strategy without a plugin", expected);
        }
        checker.filled(plugin, &used.plugin, "the id of a plugin");
        return;
    }
    if plugin.is_present() {
        let first = plugin.span();
        let more = |finding: Finding| finding.also(first, "a plugin of its own");
        let message = "a strategy with a plugin of its own and with layers";
        checker.report(layers, more, message, "one of them");
    }
    if !used.parameters.is_empty() {
        let message = "parameters of a strategy with layers";
        let expected = "`parameters` in each layer";
        checker.wrong(spot.field("parameters"), message, expected);
    }
    let names = used.layers.iter().enumerate();
    let at = |i: usize| layers.item(i).field("plugin");
    checker.unique("layer", names.map(|(i, layer)| (at(i), &*layer.plugin)));
}
