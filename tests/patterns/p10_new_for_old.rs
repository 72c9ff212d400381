//! Pattern 10: Prevention pays only when new replaces old; added on top it costs.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn the_team_pays_for_itself_whoever_pays() {
    let claims = judged(10, &[Absent, Absent]);
    // Help saves more than the team costs at these numbers, on top or not; and few close the old.
    assert!(size(&claims[1]) < 0.0, "on top it saves");
}
