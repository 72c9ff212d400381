//! Pattern 11: Elections and turnover break ties; a stable core group keeps a project through
//! them.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn people_who_change_take_ties_along() {
    let claims = judged(11, &[Holds, Holds]);
    assert!(size(&claims[0]) > 0.02, "coalition");
}
