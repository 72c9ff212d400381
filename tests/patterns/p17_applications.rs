//! Pattern 17: Fund-dependent projects spend leader time on applications; multi-year partnership
//! frees it.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn short_money_eats_time() {
    let claims = judged(17, &[Holds]);
    assert!(size(&claims[0]) > 0.02, "time");
}
