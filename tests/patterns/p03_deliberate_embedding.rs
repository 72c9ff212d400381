//! Pattern 3: Deliberate embedding that keeps the context can raise the base quality of
//! institutions.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn what_is_taken_in_is_too_small_to_raise_quality() {
    let claims = judged(3, &[Absent]);
    // The team is so small a part of the institutions that take it in that nothing can be told.
    assert!(size(&claims[0]) < 0.01, "quality");
}
