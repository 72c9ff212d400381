//! Pattern 12: One plan, one contact lowers the number of professionals and helps more households with three
//! or more problem domains; for the single-problem 90 % the regular system does as well.

use super::{judged, size};
use zalm_experiment::patterns::Verdict::Holds;

#[test]
fn one_contact_helps_where_there_is_much_to_hand_over() {
    let claims = judged(12, &[Holds, Holds]);
    assert!(size(&claims[0]) > 1.0, "households");
    // Fewer professionals are nearly what the method is.
    assert!(size(&claims[1]) > 1.0, "professionals");
}
