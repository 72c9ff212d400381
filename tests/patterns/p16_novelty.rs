//! Pattern 16: Novelty demands raise the number of near-identical projects and lower accumulated
//! knowledge.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn money_for_what_is_new_founds_more() {
    let claims = judged(16, &[Holds, Holds]);
    assert!(size(&claims[0]) > 0.5, "founded");
    assert!(size(&claims[1]) > 0.0, "knowledge lost");
}
