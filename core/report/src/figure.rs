//! Figures: pure functions from tables to SVG, behind one small module.
//!
//! Each is drawn twice, for a wide and for a narrow page, in colours that hold on white paper.

mod canvas;
mod fan;
mod forest;
mod labels;
mod payers;
mod survival;

pub(crate) use canvas::Width;
pub(crate) use fan::fan;
pub(crate) use forest::forest;
pub(crate) use payers::payers;
pub(crate) use survival::survival;
