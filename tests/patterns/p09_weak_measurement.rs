//! Pattern 9: Strong method, leader and coalition but weak measurement: stops when cuts come,
//! though not before (PAK).

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn weak_measurement_costs_life_under_cuts_and_before_them_too() {
    let claims = judged(9, &[Holds, Absent]);
    assert!(size(&claims[0]) > 2.0, "months");
    // Rivals ask in every year, and figures decide then too: there is more to lose without cuts.
    assert!(size(&claims[1]) < 0.0, "beyond cuts");
}
