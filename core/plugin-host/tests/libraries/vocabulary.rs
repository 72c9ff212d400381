//! The SDK's vocabulary is what the model shows, column by column.

use zalm_model::COLUMNS;
use zalm_sdk::vocabulary;

#[test]
fn the_vocabulary_says_what_the_model_shows() {
    let said = vocabulary::ALL.iter().map(|spec| {
        let kind = spec.kind.name();
        (spec.name, kind, spec.unit, spec.doc)
    });
    let shown = COLUMNS.iter().map(|spec| {
        let kind = spec.kind.name();
        (spec.name, kind, spec.unit, spec.doc)
    });
    assert_eq!(said.collect::<Vec<_>>(), shown.collect::<Vec<_>>());
}
