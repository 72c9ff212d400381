//! Designs: which points of the unit cube an experiment looks at.

mod latin_hypercube;

pub use latin_hypercube::latin_hypercube;
