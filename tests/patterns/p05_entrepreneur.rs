//! Pattern 5: Without an entrepreneur none grows; drive has an inverse-U effect; burn-out.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn neither_no_drive_nor_all_of_it() {
    let claims = judged(5, &[Holds, Holds, Holds, Holds]);
    assert!(size(&claims[0]) > 24.0, "months");
    // It is conflict, not burn-out, that costs the driven leader ties.
    assert!(size(&claims[1]) > 0.02, "coalition");
}
