//! Designs: which points an experiment looks at.
//!
//! A design over numbers is a list of points in the open unit cube, one column per input; the
//! caller turns a place on 0..1 into a value with the quantile function of that input. The same
//! arguments give the same design, on every machine.

mod full_factorial;
mod groups;
mod latin_hypercube;
mod one_at_a_time;
mod saltelli;
mod sobol_sequence;
mod trajectories;

pub use full_factorial::full_factorial;
pub use groups::Groups;
pub use latin_hypercube::latin_hypercube;
pub use one_at_a_time::{Change, one_at_a_time};
pub use saltelli::Saltelli;
pub use sobol_sequence::{SOBOL_COLUMNS, sobol_sequence};
pub use trajectories::Trajectories;
