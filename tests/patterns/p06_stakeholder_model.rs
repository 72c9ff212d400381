//! Pattern 6: The stakeholder model keeps quality but fails without strong municipal direction;
//! resistance grows with people, money and power lost.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn it_needs_direction_and_open_institutions() {
    let claims = judged(6, &[Holds, Holds, Holds]);
    assert!(size(&claims[0]) > 24.0, "months by direction");
    assert!(size(&claims[1]) > 12.0, "months by openness");
    // Resistance takes more from a team whose people are given up than from one to which they are lent.
    assert!(size(&claims[2]) > 6.0, "months by what is lost");
}
