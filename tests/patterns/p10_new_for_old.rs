//! Pattern 10: Prevention pays only when new replaces old; added on top it costs.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn closing_frees_money_and_on_top_the_team_hardly_pays() {
    let claims = judged(10, &[Holds, Absent]);
    // On top leaves old places standing, which takes nearly all that care would save; what is left
    // is about what the team costs, and cannot be told from it.
    assert!(size(&claims[0]) > 1e6, "closing frees money");
    assert!(size(&claims[1]).abs() < 2e6, "on top it does neither");
}
