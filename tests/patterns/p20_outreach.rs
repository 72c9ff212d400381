//! Pattern 20: Outreach first raises demand and cost (hidden need), savings come later.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn demand_rises_first_and_crises_fall_later() {
    let claims = judged(20, &[Holds, Absent, Holds]);
    // That use rises first does not come out: who is found uses more, but is helped at once too.
    assert!(size(&claims[0]) > 20.0, "households");
    assert!(size(&claims[2]) > 60.0, "crises");
}
