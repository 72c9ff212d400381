//! Pattern 14: The same method copied without its coalition does worse than one grown locally.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn a_copy_without_ties_at_its_start_helps_a_few_less() {
    let claims = judged(14, &[Holds]);
    // Its leader makes ties as any other does: what is lost is the time that takes.
    assert!((1.0..10.0).contains(&size(&claims[0])), "households");
}
