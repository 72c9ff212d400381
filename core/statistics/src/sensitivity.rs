//! Sensitivity: which inputs the answer rests on.
//!
//! Outputs belong to the rows of a design, in its order; `None` is a run that failed.

mod given_data;
mod morris;
mod sobol_indices;
mod tornado;

pub use given_data::{GivenData, given_data_index};
pub use morris::{ElementaryEffects, Morris, morris};
pub use sobol_indices::{Index, SobolIndices, SobolOptions, sobol_indices};
pub use tornado::{Bar, tornado};
