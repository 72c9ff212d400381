//! The two things in a library: the manifest section and the entry.

use crate::ZalmStr;
use core::ffi::c_void;

/// Link section that holds the manifest (ELF and PE; on Mach-O `__DATA,__zalm`).
pub const SECTION: &str = ".zalm";
/// Bytes before the manifest: one line of JSON, closed by a line feed, follows.
pub const MANIFEST_MAGIC: &[u8; 8] = b"ZALMMF01";
/// How the name of the exported entry begins.
///
/// The manifest's `entry` gives the whole name. A library made with the Rust SDK appends its crate
/// name, so that several strategies can also be linked into one program.
pub const ENTRY_SYMBOL: &str = "zalm_plugin_entry_v1";
/// [`ZalmPluginEntry::magic`]: "ZALMPLUG" read as a little-endian number.
pub const ENTRY_MAGIC: u64 = u64::from_le_bytes(*b"ZALMPLUG");

/// What a library exports; frozen for ever, 40 bytes. A data symbol, so that no code of the plugin
/// runs before the host has accepted it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmPluginEntry {
    /// [`ENTRY_MAGIC`].
    pub magic: u64,
    /// Size of this struct as its author knew it, bytes; at least 40.
    pub struct_size: u32,
    /// Major version that it was built for.
    pub abi_major: u16,
    /// Minor version that it was built with.
    pub abi_minor: u16,
    /// Smallest minor version of a host that it needs.
    pub min_host_minor: u16,
    /// 0.
    pub flags: u16,
    /// 0.
    pub reserved: u32,
    /// [`LAYOUT_HASH`](crate::LAYOUT_HASH) as its author knew it.
    pub layout_hash: u64,
    /// Gives the table of functions with this id, such as
    /// [`POLICY_INTERFACE`](crate::POLICY_INTERFACE), or null. Any thread, any time.
    pub get_interface: unsafe extern "C" fn(id: ZalmStr) -> *const c_void,
}
