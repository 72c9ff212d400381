//! Pattern 7: Social enterprise works only with an economic component, and suffers when re-integration money
//! shrinks until own turnover replaces it.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn own_turnover_carries_a_team_that_has_something_to_sell() {
    let claims = judged(7, &[Holds, Absent]);
    assert!(size(&claims[0]) > 48.0, "months");
    // Where sales carry the whole team, a cut on re-integration money takes nothing from it.
}
