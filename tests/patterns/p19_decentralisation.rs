//! Pattern 19: Decentralisation puts benefits and costs in one hand (wrong-pocket index falls)
//! while the discount takes money away: the net effect depends on direction.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn one_hand_and_a_director() {
    let claims = judged(19, &[Holds, Holds]);
    assert!(size(&claims[0]) > 0.1, "wrong pocket");
    assert!(size(&claims[1]) > 12.0, "months");
}
