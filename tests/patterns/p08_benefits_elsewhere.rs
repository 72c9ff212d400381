//! Pattern 8: Benefits fall with other parties than costs; a cost-benefit analysis brings gainers (an insurer)
//! to the table.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn an_analysis_brings_the_insurer_nearer_to_the_table() {
    let claims = judged(8, &[Holds]);
    // A little: the analysis takes time in which the leader meets nobody.
    assert!(size(&claims[0]) > 0.0, "tie");
}
