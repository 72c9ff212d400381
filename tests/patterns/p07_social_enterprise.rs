//! Pattern 7: Social enterprise works only with an economic component, and suffers when re-integration money
//! shrinks until own turnover replaces it.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn own_turnover_does_not_carry_a_team_yet() {
    let claims = judged(7, &[Absent, Absent]);
    // Sales and wage support together stay below what a team needs to go on.
    assert!(size(&claims[0]) < 48.0, "months");
}
