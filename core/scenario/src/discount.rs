//! Discount rates for costs and benefits, with the month from which each holds.

use crate::calendar::Month;
use crate::figure::Figure;
use serde::{Deserialize, Serialize};

/// The real discount rate that the government prescribes from a month on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountRate {
    /// First month in which it holds.
    pub from: Month,
    /// Rate a year, 0..0.2 (0.0225 is 2.25 %).
    pub rate: Figure,
    /// Rates that hold beside it for flows of a special kind; an analysis shows what becomes of its
    /// balance at each.
    #[serde(default)]
    pub exceptions: Vec<Figure>,
}
