//! Stress: what a shock does to a path, and which smallest plausible shock makes a thing fail.
//!
//! A margin is a number that is above 0 while the thing stands and below 0 when it fails. Play every
//! point with the same chance, so that the margin is a fixed function.

mod nearest;
mod path;
mod plausibility;
mod ray;

pub use nearest::{Nearest, NearestOptions, nearest_failure};
pub use path::{SEVERITIES, Scar, first_breach, scar};
pub use plausibility::Plausibility;
pub use ray::{Ray, directions, ray};
