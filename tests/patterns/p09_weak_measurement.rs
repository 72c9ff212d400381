//! Pattern 9: Strong method, leader and coalition but weak measurement: stops when cuts come,
//! though not before (PAK).

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn under_these_cuts_hardly_any_project_lives_on_measured_or_not() {
    let claims = judged(9, &[Absent, Absent]);
    assert!(size(&claims[0]).abs() < 12.0, "months");
    assert!(size(&claims[1]).abs() < 12.0, "beyond cuts");
}
