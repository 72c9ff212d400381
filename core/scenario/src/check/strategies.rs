//! What is compared. Whether a plugin exists is not known here.

use super::Checker;
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
        checker.filled(
            list.item(i).field("plugin"),
            &used.plugin,
            "the id of a plugin",
        );
    }
    let null = root.field("null_alternative");
    checker.known(null, "strategy", &scenario.null_alternative, &names);
}
