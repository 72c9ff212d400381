//! Pattern 4: Without a strategic coalition few survive, prize or not.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn alone_few_survive() {
    let claims = judged(4, &[Holds]);
    // Nothing is left without ties: then none counts, in what presses either.
    assert!(size(&claims[0]) > 24.0, "months");
}
