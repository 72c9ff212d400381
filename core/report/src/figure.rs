//! Figures: pure functions from tables to SVG, behind one small module.
//!
//! Each is drawn twice, for a wide and for a narrow page, in colours that hold on white paper.

mod bars;
mod budget;
mod canvas;
mod chart;
mod fan;
mod forest;
mod heat;
mod labels;
mod lean;
mod lines;
mod plane;
mod rows;
mod standalone;
mod states;
mod survival;

pub(crate) use bars::{Group, bars, reach};
pub(crate) use budget::{Year, budget};
pub(crate) use canvas::Width;
pub(crate) use chart::chart;
pub(crate) use fan::{Bounds, Course, bounds, fan};
pub(crate) use forest::forest;
pub(crate) use standalone::standalone;
pub(crate) use states::{Flow, states};
pub(crate) use survival::survival;

#[cfg(test)]
mod tests;
