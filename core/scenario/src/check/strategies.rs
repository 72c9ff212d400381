//! What is compared. Whether a plugin exists is not known here.

use super::Checker;
use super::period::{inside, outside};
use crate::checked::{ParameterChange, StrategyUse};
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
        changes(checker, spot, &used.changes);
        for (at, layer) in used.layers.iter().enumerate() {
            changes(checker, spot.field("layers").item(at), &layer.changes);
        }
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
    for (field, given) in [
        ("parameters", !used.parameters.is_empty()),
        ("changes", !used.changes.is_empty()),
    ] {
        if given {
            let message = format!("{field} of a strategy with layers");
            let expected = format!("`{field}` in each layer");
            checker.wrong(spot.field(field), message, expected);
        }
    }
    let names = used.layers.iter().enumerate();
    let at = |i: usize| layers.item(i).field("plugin");
    checker.unique("layer", names.map(|(i, layer)| (at(i), &*layer.plugin)));
}

/// Changes of parameters: after the policy date, within the period, one after the other.
fn changes(checker: &Checker<'_>, spot: Spot<'_>, changes: &[ParameterChange]) {
    let mut earlier = checker.scenario.policy_date;
    let date_is_sound = checker.readable(checker.root.field("policy_date"));
    for (at, change) in changes.iter().enumerate() {
        let place = spot.field("changes").item(at);
        let (from, parameters) = (place.field("from"), place.field("parameters"));
        if !inside(checker, change.from) {
            outside(checker, from, change.from, "the change of parameters of");
        } else if date_is_sound && change.from <= earlier {
            let message = format!("other parameters from {} on", change.from);
            checker.wrong(from, message, format!("a month after {earlier}"));
        }
        if change.parameters.is_empty() {
            let expected = "at least one parameter with its other value";
            checker.wrong(parameters, "nothing changes", expected);
        }
        earlier = earlier.max(change.from);
    }
}
