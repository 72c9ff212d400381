//! What an author of a strategy depends on: safe Rust over the plugin contract, and a test kit.
//!
//! A strategy never sets an outcome. It says **who asks whom, for what, with which argument, under
//! which form**, and on what the leader spends time; payers decide. Once a month it sees a table
//! with one row per pair of a project and a payer, and answers with commands that the host checks.
//!
//! ```
//! use zalm_sdk::prelude::*;
//!
//! columns! {
//!     project: COST, MONTHS_LEFT;
//! }
//!
//! parameters! {
//!     /// Asks the first payer for everything, at the last minute.
//!     pub struct LastMinute {
//!         /// Months before the end in which money is asked.
//!         before: i64 ["month"] = 3, 1..=24;
//!     }
//! }
//!
//! impl Policy for LastMinute {
//!     const ABOUT: About = About {
//!         id: "last-minute",
//!         version: "0.1.0",
//!         name_en: "Last minute",
//!         name_nl: "Op het nippertje",
//!         doc: "Asks the first payer for everything, at the last minute.",
//!     };
//!     const COLUMNS: &'static [ColumnSpec] = COLUMNS;
//!
//!     fn step(&self, cx: &mut Context<'_>) -> Result<()> {
//!         for project in cx.projects() {
//!             if project.get(MONTHS_LEFT) == self.before {
//!                 let row = project.row();
//!                 cx.claim(row, Instrument::TemporaryGrant, project.get(COST), 12);
//!             }
//!         }
//!         Ok(())
//!     }
//! }
//!
//! export_policy!(LastMinute);
//! # fn main() {}
//! ```
//!
//! The crate of a strategy has `crate-type = ["cdylib", "rlib"]`; the library's name is `zalm_` and
//! the id, with `_` for `-`. Rules for the same results everywhere: randomness only from
//! [`Context::uniform`], transcendental functions only from [`det`], no clock, environment, file,
//! thread or hash map order.

#![deny(missing_docs)]
#![warn(clippy::missing_errors_doc, clippy::missing_panics_doc)]
#![warn(clippy::undocumented_unsafe_blocks)]
#![expect(unsafe_code, reason = "the border to the host is C")]

#[cfg(panic = "abort")]
compile_error!(
    "a strategy must be built with panic = \"unwind\": with \"abort\" a panic in it would end the \
     whole program instead of one run"
);

mod asking;
mod border;
mod columns;
mod command;
mod contain;
mod context;
mod describe;
pub mod det;
mod error;
mod events;
#[doc(hidden)]
pub mod export;
mod json;
#[doc(hidden)]
pub mod manifest;
mod metrics;
mod money;
mod own;
mod parameters;
mod policy;
mod properties;
mod table;
pub mod testkit;
pub mod vocabulary;

pub use asking::{carried_together, parts, ranked};
pub use columns::{Column, ColumnKind, ColumnSpec, ColumnValue};
pub use command::{Command, Effort, Evidence, Form, Instrument, PayerKind};
pub use context::{Context, Level};
pub use error::{Error, ErrorKind, Result};
pub use events::{Event, EventSpec};
pub use metrics::{Aggregate, Better, Metric, MetricSpec};
pub use money::split;
pub use own::{OwnColumn, OwnSpec};
pub use parameters::{ParameterDefault, ParameterSpec, Parameters, Value, ValueType, Values};
pub use policy::{About, Policy, Role};
pub use table::{ColumnSlice, Payer, Payers, Project, Projects, Table};
pub use zalm_abi::NO_END;

/// What most strategies need.
pub mod prelude {
    pub use crate::{
        About, Column, ColumnSpec, Command, Context, Effort, Error, Event, EventSpec, Evidence,
        Form, Instrument, Level, Metric, MetricSpec, NO_END, OwnColumn, OwnSpec, Parameters, Payer,
        PayerKind, Policy, Project, Result, Role, carried_together, columns, det, events,
        export_policy, metrics, own_columns, parameters, parts, ranked, split,
    };
}
