//! Pattern 1: With no strategy most temporary projects end when the money ends, effective ones
//! too; similar ones start again under new names; knowledge is lost.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn most_projects_end_with_their_money() {
    let claims = judged(1, &[Holds, Holds, Holds]);
    // Who led an ended project is free to start again, and payers like what is new.
    assert!(size(&claims[0]) > 24.0, "months");
    assert!(size(&claims[1]) > 1.0, "knowledge");
}
