//! Couplings: which life domain feeds which.

use crate::domain::Domain;
use crate::figure::Figure;
use serde::{Deserialize, Serialize};

/// How strongly a problem in one domain feeds another; replaces `household.coupling` for this pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coupling {
    /// Domain in problem.
    pub from: Domain,
    /// Domain that it feeds.
    pub to: Domain,
    /// Strength, in other domains in problem of the usual kind: 1 counts as one, 0 not at all.
    pub strength: Figure,
}
