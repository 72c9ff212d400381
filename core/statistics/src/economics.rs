//! Money and welfare: what a plan is worth, to whom, and how sure that is.
//!
//! Amounts are in any one currency unit, real prices of one year; a list of flows starts at year 0,
//! the base year, and a flow falls at the end of its year.

mod acceptability;
mod break_even;
mod buffer;
mod clear_turns;
mod discounting;
mod frontier;
mod partial_information;
mod pockets;

pub use acceptability::{Acceptability, acceptability, net_benefits};
pub use break_even::{BreakEven, Crossing, Scan, break_even};
pub use buffer::{Buffer, BufferClass, buffer};
pub use clear_turns::{Known, Throughout, Turn, clear_turns, throughout};
pub use discounting::{InternalRate, Worth, annuity, internal_rate, present_value, worth};
pub use frontier::{Standing, frontier};
pub use partial_information::value_of_knowing;
pub use pockets::wrong_pocket;
