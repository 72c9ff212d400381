//! What is compared. Whether a plugin exists is not known here.

use super::Checker;
use super::period::{inside, outside};
use crate::checked::{ParameterChange, StrategyUse};
use crate::problem::Finding;
use crate::text::both;
use crate::tree::Spot;

pub(super) fn check(checker: &Checker<'_>, root: Spot<'_>) {
    let scenario = checker.scenario;
    let list = root.field("strategies");
    if scenario.strategies.is_empty() {
        checker.wrong(
            list,
            both!("er is niets te vergelijken", "there is nothing to compare"),
            both!("minstens één strategie", "at least one strategy"),
        );
    }
    let names: Vec<_> = scenario
        .strategies
        .iter()
        .map(|used| used.name.as_str())
        .collect();
    let what = both!("strategie", "strategy");
    checker.unique_in(list, "name", what, names.iter().copied());
    for (i, used) in scenario.strategies.iter().enumerate() {
        let spot = list.item(i);
        checker.told_if_given(
            spot.field("title"),
            &used.title,
            both!("een naam voor mensen", "a name for people"),
        );
        plugins(checker, spot, used);
        changes(checker, spot, &used.changes);
        for (at, layer) in used.layers.iter().enumerate() {
            changes(checker, spot.field("layers").item(at), &layer.changes);
        }
    }
    let null = root.field("null_alternative");
    checker.known(
        null,
        both!("strategie", "strategy"),
        &scenario.null_alternative,
        &names,
    );
}

/// One plugin, or layers that are all different.
fn plugins(checker: &Checker<'_>, spot: Spot<'_>, used: &StrategyUse) {
    let (plugin, layers) = (spot.field("plugin"), spot.field("layers"));
    if used.layers.is_empty() {
        if used.plugin.is_empty() && !plugin.is_present() {
            let expected = both!(
                "`plugin: \"ID\"`, of `layers: [(plugin: \"ID\"), ..]`",
                "`plugin: \"ID\"`, or `layers: [(plugin: \"ID\"), ..]`"
            );
            checker.wrong(
                spot,
                both!(
                    "een strategie zonder plug-in",
                    "a strategy without a plugin"
                ),
                expected,
            );
        }
        checker.filled(
            plugin,
            &used.plugin,
            both!("de naam van een plug-in", "the id of a plugin"),
        );
        return;
    }
    if plugin.is_present() {
        let first = plugin.span();
        let more = |finding: Finding| {
            finding.also(first, both!("een eigen plug-in", "a plugin of its own"))
        };
        let message = both!(
            "een strategie met een eigen plug-in en met lagen",
            "a strategy with a plugin of its own and with layers"
        );
        checker.report(layers, more, message, both!("een van beide", "one of them"));
    }
    for (field, given) in [
        ("parameters", !used.parameters.is_empty()),
        ("changes", !used.changes.is_empty()),
    ] {
        if given {
            let message = both!(
                "{field} van een strategie met lagen",
                "{field} of a strategy with layers"
            );
            let expected = both!("`{field}` in elke laag", "`{field}` in each layer");
            checker.wrong(spot.field(field), message, expected);
        }
    }
    let names = used.layers.iter().map(|layer| &*layer.plugin);
    checker.unique_in(layers, "plugin", both!("laag", "layer"), names);
}

/// Changes of parameters: after the policy date, within the period, one after the other.
fn changes(checker: &Checker<'_>, spot: Spot<'_>, changes: &[ParameterChange]) {
    let mut earlier = checker.scenario.policy_date;
    let date_is_sound = checker.readable(checker.root.field("policy_date"));
    for (at, change) in changes.iter().enumerate() {
        let place = spot.field("changes").item(at);
        let (from, parameters) = (place.field("from"), place.field("parameters"));
        if !inside(checker, change.from) {
            outside(
                checker,
                from,
                change.from,
                both!(
                    "de wijziging van parameters van",
                    "the change of parameters of"
                ),
            );
        } else if date_is_sound && change.from <= earlier {
            let message = both!(
                "andere parameters vanaf {}",
                "other parameters from {} on",
                change.from
            );
            checker.wrong(
                from,
                message,
                both!("een maand na {earlier}", "a month after {earlier}"),
            );
        }
        if change.parameters.is_empty() {
            let expected = both!(
                "minstens één parameter met zijn andere waarde",
                "at least one parameter with its other value"
            );
            checker.wrong(
                parameters,
                both!("er verandert niets", "nothing changes"),
                expected,
            );
        }
        earlier = earlier.max(change.from);
    }
}
