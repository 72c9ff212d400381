//! Pattern 10: Prevention pays only when new replaces old; added on top it costs.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn closing_frees_money_and_on_top_the_team_pays_for_itself_too() {
    let claims = judged(10, &[Holds, Absent]);
    // On top leaves old places standing, and still help saves more than the team costs.
    assert!(size(&claims[0]) > 1e6, "closing frees money");
    assert!(size(&claims[1]) < 0.0, "on top it saves");
}
