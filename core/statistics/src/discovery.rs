//! Scenario discovery: in which part of the space of assumptions do the cases of interest lie?
//!
//! Rows are draws, columns are numeric inputs (a switch as 0 and 1); a case of interest is a row for
//! which something is true, such as that the programme fails.

mod cart;
mod prim;
mod pruned;
mod region;

pub use cart::cart;
pub use prim::{PrimOptions, prim, quasi_p, stability};
pub use pruned::pruned;
pub use region::{Limit, Pocket, Region};
