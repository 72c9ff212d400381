//! Pattern 18: Volunteers asked out of appreciation come, asked out of thrift stay away;
//! reciprocity lowers professional hours.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn appreciation_brings_people_and_they_spare_hours() {
    let claims = judged(18, &[Holds, Absent]);
    assert!(size(&claims[0]) > 5.0, "volunteers");
    // In its direction, and hardly more than chance.
    assert!((0.0..2.0).contains(&size(&claims[1])), "households");
}
