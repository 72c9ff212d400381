//! The codes of the contract, of the SDK and of the model are the same.

use zalm_model as model;

#[test]
fn forms_instruments_and_efforts_have_the_same_codes() {
    for form in zalm_sdk::Form::ALL {
        let there = model::Form::from_code(form.code().into()).map(|f| format!("{f:?}"));
        assert_eq!(there, Some(format!("{form:?}")));
    }
    for instrument in zalm_sdk::Instrument::ALL {
        let there = model::Instrument::from_code(instrument.code().into());
        assert_eq!(
            there.map(|i| format!("{i:?}")),
            Some(format!("{instrument:?}"))
        );
    }
    for effort in zalm_sdk::Effort::ALL {
        let there = model::Effort::from_code(effort.code().into()).map(|e| format!("{e:?}"));
        assert_eq!(there, Some(format!("{effort:?}")));
    }
    assert_eq!(model::Form::ALL.len(), zalm_sdk::Form::ALL.len());
    assert_eq!(
        model::Instrument::ALL.len(),
        zalm_sdk::Instrument::ALL.len()
    );
    assert_eq!(model::NO_END, zalm_sdk::NO_END);
}
