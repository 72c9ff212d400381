//! Pattern 7: Social enterprise works only with an economic component, and suffers when re-integration money
//! shrinks until own turnover replaces it.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn own_turnover_carries_a_team_that_has_something_to_sell() {
    let claims = judged(7, &[Holds, Holds]);
    assert!(size(&claims[0]) > 48.0, "months");
    // Who earns half has wage support for the places of work it makes, and loses by its cut.
    assert!(size(&claims[1]) > 0.2, "workers under cuts");
}
