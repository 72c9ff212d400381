//! Pattern 14: The same method copied without its coalition does worse than one grown locally.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn a_copy_without_ties_helps_fewer() {
    let claims = judged(14, &[Holds]);
    assert!(size(&claims[0]) > 30.0, "households");
}
