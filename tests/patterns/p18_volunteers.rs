//! Pattern 18: Volunteers asked out of appreciation come, asked out of thrift stay away;
//! reciprocity lowers professional hours.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn appreciation_brings_people_and_they_spare_hours() {
    let claims = judged(18, &[Holds, Holds]);
    assert!(size(&claims[0]) > 5.0, "volunteers");
    assert!(size(&claims[1]) > 0.5, "households");
}
