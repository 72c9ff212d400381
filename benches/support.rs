//! Support of the benchmarks: the yardstick to hold the model's month against.
#![forbid(unsafe_code)]

pub mod rm1;
