//! Pattern 3: Deliberate embedding that keeps the context can raise the base quality of
//! institutions.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn what_is_taken_in_with_its_context_raises_quality() {
    let claims = judged(3, &[Holds]);
    // Small: the team is a small part of the institutions that take it in.
    assert!(size(&claims[0]) < 0.01, "quality");
}
