//! The instruments of the seeds: the 4+1 scan, the effects arena, the indicative cost-benefit
//! analysis, count and tell, and the caseload with its baseline and follow-up; and what the report of
//! a comparison is made of.
//!
//! Each is computed from a checked scenario and, where it needs runs, from the results of an
//! experiment; each is written as one offline page, as text and as tables. No number is stored in
//! a scenario for their sake, and none is shown without what it rests on.
#![forbid(unsafe_code)]

pub mod arena;
pub mod caseload;
pub mod comparison;
pub mod gains;
pub mod mkba;
pub mod scan;
mod sheet;
mod svg;
pub mod tell;
mod voice;

pub use voice::{Value, Voice};
