//! Pattern 3: Deliberate embedding that keeps the context can raise the base quality of
//! institutions.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn what_is_taken_in_with_care_raises_quality_a_little() {
    let claims = judged(3, &[Holds]);
    // The team is a small part of the institutions that take it in, so they learn little.
    assert!(size(&claims[0]) < 0.01, "quality");
}
