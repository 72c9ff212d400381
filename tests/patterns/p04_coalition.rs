//! Pattern 4: Without a strategic coalition few survive, prize or not.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Weak;

#[test]
fn alone_few_survive() {
    let claims = judged(4, &[Weak]);
    // Half of it is left with those mechanisms off; what makes that half is not known.
    assert!(size(&claims[0]) > 24.0, "months");
}
