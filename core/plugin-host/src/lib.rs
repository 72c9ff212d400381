//! Finds, checks, loads and runs strategy libraries.
//!
//! A library is native code with the rights of the user: the checks here protect against mistakes,
//! not against malice. Everything that is wrong with a library is a value ([`Refusal`]) with a code
//! that a person can look up; nothing here prints or ends the program.
//!
//! - [`SearchPath`] says where libraries are looked for, [`find_all`] lists them, also the refused.
//! - [`PluginSource::load`] loads what a scenario's strategies need, checks all parameters and is
//!   then the model's [`StrategySource`](zalm_model::StrategySource).

#![warn(clippy::undocumented_unsafe_blocks)]
#![expect(unsafe_code, reason = "the border to the libraries is C")]

mod calls;
mod commands;
mod declared;
mod description;
mod desk;
mod folder;
mod fpu;
mod instance;
#[cfg_attr(not(unix), path = "isolated_elsewhere.rs")]
mod isolated;
mod library;
mod lock;
mod log;
mod manifest;
mod native;
mod nearest;
mod own;
mod parameters;
mod problem;
mod process;
mod refusal;
mod search;
mod source;
#[doc(hidden)]
pub mod spoilt;
mod trial;
mod validate;
#[cfg(unix)]
mod wire;

/// Version of the contract that this host provides: major, minor.
pub const CONTRACT: (u16, u16) = (zalm_abi::ABI_MAJOR, zalm_abi::ABI_MINOR);

pub use calls::{arm, disarm, stuck};
pub use commands::COMMANDS;
pub use declared::{
    AggregateName, BetterName, ColumnDescription, EventDescription, FieldDescription,
    MetricDescription, Names, OwnDescription, ParameterDescription, ParameterType, RoleName,
};
pub use description::Description;
pub use isolated::serve;
pub use library::Library;
pub use lock::{LOCK_FILE, Lock, Pinned};
pub use log::{LogLevel, LogLine};
pub use manifest::{Manifest, id_of};
pub use parameters::{CheckedParameters, ParameterProblem};
pub use problem::{PluginProblem, PluginProblemKind};
pub use process::{OwnProcess, wait};
pub use refusal::{Refusal, RefusalCode};
pub use search::{Found, SearchPath, file_name, find, find_all};
pub use source::{PluginSource, PluginUse, Terms};
pub use validate::{TESTS, ValidationTest, Verdict, validate};
