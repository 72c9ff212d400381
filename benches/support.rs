//! Support of the benchmarks: the yardsticks to hold the model's month against.
#![forbid(unsafe_code)]

pub mod interleaved;
pub mod plain;
pub mod rm1;
