//! Pattern 6: The stakeholder model keeps quality but fails without strong municipal direction;
//! resistance grows with people, money and power lost.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn it_needs_direction_and_open_institutions() {
    let claims = judged(6, &[Holds, Absent]);
    assert!(size(&claims[0]) > 36.0, "months by direction");
    // Fewer live among closed institutions, but not so that it can be told from chance.
    assert!(size(&claims[1]) > 0.0, "months by openness");
}
