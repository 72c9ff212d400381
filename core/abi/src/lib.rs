//! The plugin contract in C terms: types, constants and the hash of their layout.
//!
//! A strategy library holds two things: a manifest in the link section [`SECTION`], readable
//! without loading the library, and one exported data symbol that starts with [`ENTRY_SYMBOL`] and
//! is a [`ZalmPluginEntry`]. Everything else is reached through
//! [`ZalmPluginEntry::get_interface`]. Cold things (descriptions, parameters) are JSON text, hot
//! things (columns, commands) are the structs of this crate.
//!
//! Rules: 64-bit little-endian only; fixed-width integers; no C enum, bool, long or bit-field;
//! reserved fields are 0. Every struct that may grow begins with `struct_size`, written by the side
//! that owns it; fields are only appended, function pointers may be absent. The same contract for C
//! authors is `include/zalm_plugin.h`; a test compares both.
//!
//! This is version 1 and frozen: what [`LAYOUT`] lists stays where it is. How it grows, and nothing
//! else: a field at the end of a struct that says its size (here and in the header; its reader asks
//! the size first, and `layout.rs` stays as it is); a new kind of command, or a flag bit in a
//! command's header, while payloads stay as they are; a code behind the last; a key of the
//! description with a default for those who do not say it. Each adds one to [`ABI_MINOR`]; a library
//! names in `min_host_minor` what it cannot do without.

#![no_std]
#![warn(clippy::undocumented_unsafe_blocks)]
#![expect(unsafe_code, reason = "reads text that the other side points at")]

mod codes;
mod commands;
mod entry;
mod layout;
mod policy;
mod text;
mod version;

pub use codes::*;
pub use commands::*;
pub use entry::*;
pub use layout::*;
pub use policy::*;
pub use text::ZalmStr;
pub use version::*;
