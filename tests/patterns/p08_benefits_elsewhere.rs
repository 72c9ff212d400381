//! Pattern 8: Benefits fall with other parties than costs; a cost-benefit analysis brings gainers (an insurer)
//! to the table.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn that_an_analysis_brings_the_insurer_to_the_table_cannot_be_told_from_chance() {
    let claims = judged(8, &[Absent]);
    // The talks bring it nearer, but the analysis takes time in which the leader meets nobody: what
    // is left of the two cannot be told from chance with twelve pairs.
    assert!(size(&claims[0]) > 0.0, "tie");
}
