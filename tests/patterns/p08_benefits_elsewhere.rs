//! Pattern 8: Benefits fall with other parties than costs; a cost-benefit analysis brings gainers (an insurer)
//! to the table.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Absent;

#[test]
fn an_analysis_brings_no_insurer_yet() {
    let claims = judged(8, &[Absent, Absent]);
    // More is given with an analysis, but not so that it can be told from chance.
    assert!(size(&claims[0]) < 1e6, "euro");
}
