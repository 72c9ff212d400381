//! Pattern 9: Strong method, leader and coalition but weak measurement: stops when cuts come,
//! though not before (PAK).

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn counts_alone_do_not_carry_a_project_through_cuts() {
    let claims = judged(9, &[Holds, Absent]);
    // That it would do as well without the cuts does not come out.
    assert!(size(&claims[0]) > 3.0, "months");
    assert!(size(&claims[1]) < 0.0, "more without cuts");
}
