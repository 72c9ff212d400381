//! Pattern 10: Prevention pays only when new replaces old; added on top it costs.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn closing_frees_money_and_on_top_the_team_costs_its_own() {
    let claims = judged(10, &[Holds, Holds]);
    // On top leaves old places standing, which fill again: that takes nearly all that care would
    // save.
    assert!(size(&claims[0]) > 2e6, "closing frees money");
    assert!(size(&claims[1]) > 2e6, "on top it costs");
}
