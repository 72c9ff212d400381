//! Pattern 13: Investing in cohesion before clean-whole-safe gives nothing.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn cohesion_needs_a_standing_basis() {
    let claims = judged(13, &[Holds]);
    assert!(size(&claims[0]) > 0.1, "cohesion");
}
