//! Pattern 4: Without a strategic coalition few survive, prize or not.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn who_begins_alone_makes_ties_and_does_not_clearly_die_of_it() {
    let claims = judged(4, &[Absent]);
    // In the direction that the seeds say, and less than chance can tell.
    assert!((0.0..30.0).contains(&size(&claims[0])), "months");
}
