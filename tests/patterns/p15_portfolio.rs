//! Pattern 15: A coherent portfolio beats the same number of loose projects.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn linked_projects_do_more() {
    let claims = judged(15, &[Holds, Holds]);
    assert!(size(&claims[0]) > 5.0, "households");
}
