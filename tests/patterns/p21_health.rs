//! Pattern 21: Insurers gain from health gains in a neighbourhood; health spills over to work.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::{Absent, Holds};

#[test]
fn health_spills_over_and_an_insurer_gains() {
    let claims = judged(21, &[Holds, Absent]);
    assert!(size(&claims[0]) > 1e6, "euro");
    // What neighbourhoods spare of care is taken by others while nobody closes it.
    assert!(size(&claims[1]).abs() < 2e5, "euro for the insurer");
}
