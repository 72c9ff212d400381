//! Strategies in layers: an idle layer changes nothing, and another one does.

use zalm_experiment::Results;
use zalm_scenario::{LayerUse, Month, ParameterChange, Scenario, StrategyUse, StrategyValue};
use zalm_tests::scenarios::tiny;
use zalm_tests::strategies::{compared, libraries};

fn in_layers(name: &str, plugins: &[&str]) -> StrategyUse {
    let layer = |plugin: &&str| LayerUse {
        plugin: (*plugin).to_owned(),
        ..LayerUse::default()
    };
    StrategyUse {
        layers: plugins.iter().map(layer).collect(),
        ..StrategyUse::of(name, "")
    }
}

/// The carousel first, then these.
fn with(strategies: Vec<StrategyUse>) -> (Scenario, Results) {
    let mut scenario = tiny();
    scenario.strategies.truncate(1);
    scenario.strategies.extend(strategies);
    let results = compared(&scenario, &libraries(&scenario), 2, None);
    assert_eq!(
        results.failures().count(),
        0,
        "{:?}",
        results.failures().next()
    );
    (scenario, results)
}

#[test]
fn an_idle_second_layer_changes_nothing() {
    let (scenario, results) = with(vec![
        StrategyUse::of("alone", "stakeholder-model"),
        in_layers("with idle", &["stakeholder-model", "idle"]),
        in_layers("with another", &["stakeholder-model", "new-finance"]),
    ]);
    let mut moved = false;
    for stressor in 0..scenario.stressors.len() {
        let alone = results.arm(stressor, 1);
        let (idle, other) = (results.arm(stressor, 2), results.arm(stressor, 3));
        for ((alone, idle), other) in alone.zip(idle).zip(other) {
            let record = alone.record().expect("a record");
            assert_eq!(record, idle.record().expect("a record"));
            moved |= record != other.record().expect("a record");
        }
    }
    assert!(moved, "a layer that asks something shows");
}

#[test]
fn parameters_that_change_in_the_run_show_and_the_same_values_do_not() {
    let changed = |name, contact| StrategyUse {
        changes: vec![ParameterChange {
            from: Month::new(2010, 4).expect("a month"),
            parameters: [("contact".to_owned(), StrategyValue::Number(contact))].into(),
        }],
        ..StrategyUse::of(name, "carousel")
    };
    let (scenario, results) = with(vec![changed("the same", 0.3), changed("other", 0.0)]);
    let mut moved = false;
    for stressor in 0..scenario.stressors.len() {
        let alone = results.arm(stressor, 0);
        let (same, other) = (results.arm(stressor, 1), results.arm(stressor, 2));
        for ((alone, same), other) in alone.zip(same).zip(other) {
            let record = alone.record().expect("a record");
            assert_eq!(record, same.record().expect("a record"));
            moved |= record != other.record().expect("a record");
        }
    }
    assert!(moved, "a leader who meets nobody has other ties");
}
