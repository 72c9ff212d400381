//! Pattern 2: Careless embedding splits an integral method: effect falls, coordination grows,
//! people who know leave.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn a_method_cut_up_does_less() {
    let claims = judged(2, &[Holds, Holds]);
    assert!(size(&claims[0]) > 50.0, "crises");
    assert!(size(&claims[1]) > 10.0, "households");
}
