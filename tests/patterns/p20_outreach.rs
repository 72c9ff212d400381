//! Pattern 20: Outreach first raises demand and cost (hidden need), savings come later.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn demand_rises_first_and_crises_fall_later() {
    let claims = judged(20, &[Holds, Holds, Holds]);
    assert!(size(&claims[0]) > 20.0, "households");
    assert!(size(&claims[1]) > 50_000.0, "use in the first year, euro");
    assert!(size(&claims[2]) > 60.0, "crises");
}
