//! All strategies in one program: their entries have names of their own, so linking works.

use zalm_sdk::Policy;

/// Uses enough of a strategy that its whole crate is linked.
fn made<P: Policy>() -> &'static str {
    let id = P::ABOUT.id;
    let checked = P::default().check();
    assert!(checked.is_ok(), "{id} does not start with its defaults");
    assert!(P::SCHEMA.iter().all(|parameter| !parameter.doc.is_empty()));
    id
}

#[test]
fn a_program_can_hold_all_strategies_and_load_them_too() {
    let ids = [
        made::<zalm_carousel::Carousel>(),
        made::<zalm_institutional_embedding::Embedding>(),
        made::<zalm_social_enterprise::SocialEnterprise>(),
        made::<zalm_stakeholder_model::StakeholderModel>(),
        made::<zalm_idle::Idle>(),
    ];
    for id in ids {
        let source = crate::load(crate::strategy(id, &[]));
        let used = &source.strategies()[0];
        assert_eq!(used.library.description.id, id);
        assert!(!used.library.description.name.nl.is_empty());
    }
}
