//! Pattern 22: Deciding at the start how it will continue raises the odds at the end.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn who_starts_early_is_there_in_the_end() {
    let claims = judged(22, &[Holds]);
    assert!(size(&claims[0]) > 0.2, "alive");
}
