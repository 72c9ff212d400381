//! Pattern 21: Insurers gain from health gains in a neighbourhood; health spills over to work.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn health_spills_over_and_an_insurer_gains() {
    let claims = judged(21, &[Holds, Holds]);
    assert!(size(&claims[0]) > 1e6, "euro");
    // Others take a part of the places that healthier households leave: as far as people wait.
    assert!(size(&claims[1]) > 3e4, "euro for the insurer");
}
