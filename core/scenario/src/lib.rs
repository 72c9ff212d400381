//! Scenario files: RON text in, a checked [`Scenario`] out, or every problem at once.
//!
//! This crate knows no world and no plugin; only it reads RON.
#![forbid(unsafe_code)]

mod calendar;
mod cbs;
mod check;
mod checked;
mod decode;
mod load;
mod nearest;
mod parameters;
mod parse;
mod path;
mod problem;
mod read;
mod resolved;
mod settings;
mod source;
mod tree;

pub use calendar::Month;
pub use cbs::{CbsImport, ImportError, Imported, LayoutMiss, MissingHeaders, import_cbs};
pub use checked::*;
pub use parameters::*;
pub use problem::{Problem, Problems};
pub use read::{Checked, Complaint, read};
pub use resolved::resolved;
pub use source::Source;
