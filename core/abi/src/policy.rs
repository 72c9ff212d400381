//! The interface of a strategy: columns in, commands out.

use crate::{ZalmStatus, ZalmStr};
use core::ffi::c_void;

/// Id of [`ZalmPolicyApi`].
pub const POLICY_INTERFACE: &str = "zalm.policy/1";

/// A bulk view of one column. Arrays of columns are walked with `columns[0].struct_size` as stride.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmColumn {
    /// Size of this struct, bytes.
    pub struct_size: u32,
    /// One of the `COLUMN_` types.
    pub kind: u16,
    /// `COLUMN_FLAG_` bits.
    pub flags: u16,
    /// Size of a value, bytes.
    pub elem_size: u32,
    /// Position in the list that the plugin declared.
    pub column_index: u32,
    /// Values at the start of the step; null when absent.
    pub data: *const c_void,
    /// Null, or scratch filled with the same values, to be changed in place.
    pub out: *mut c_void,
    /// Number of values.
    pub len: u64,
    /// Distance between values, bytes; equal to `elem_size` for now.
    pub stride: i64,
}

/// Services of the host; valid during the call, on the calling thread.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmHost {
    /// Size of this struct, bytes.
    pub struct_size: u32,
    /// Major version of the host.
    pub abi_major: u16,
    /// Minor version of the host.
    pub abi_minor: u16,
    /// First argument of every function below.
    pub ctx: *mut c_void,
    /// Text for people at one of the `LOG_` levels.
    pub log: Option<unsafe extern "C" fn(ctx: *mut c_void, level: i32, text: ZalmStr)>,
    /// Why the call is going to fail; the last text counts.
    pub set_error: Option<unsafe extern "C" fn(ctx: *mut c_void, code: i32, text: ZalmStr)>,
    /// 64 random bits for each of `n` ids: a function of run, stream, month, id and draw, never a
    /// sequence. Not of the plugin: strategies that ask the same draw the same. During a step only.
    pub rng_fill_u64: Option<
        unsafe extern "C" fn(
            ctx: *mut c_void,
            stream: u32,
            draw: u32,
            ids: *const u64,
            n: u64,
            out: *mut u64,
        ) -> ZalmStatus,
    >,
    /// Adds finite values to a metric, by its place in the description; what is added in a month
    /// sums. During a step only.
    pub metric_add: Option<
        unsafe extern "C" fn(
            ctx: *mut c_void,
            metric: u32,
            values: *const f64,
            n: u64,
        ) -> ZalmStatus,
    >,
    /// Hands over a buffer of commands. During a step only.
    pub submit: Option<
        unsafe extern "C" fn(ctx: *mut c_void, commands: *const u8, bytes: u64) -> ZalmStatus,
    >,
    /// Gives a table of further functions of the host by its id, or null when the host has none of
    /// this id. Hosts of 1.0 have none and may leave the function out.
    pub get_extension: Option<unsafe extern "C" fn(ctx: *mut c_void, id: ZalmStr) -> *const c_void>,
}

/// What a strategy sees in one step.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmStep {
    /// Size of this struct, bytes.
    pub struct_size: u32,
    /// One of the `PHASE_` constants.
    pub phase: u32,
    /// Month index, 0 = first month of the scenario.
    pub tick: i64,
    /// Calendar year.
    pub year: i32,
    /// Month of the year, 1..=12.
    pub month_of_year: i32,
    /// Number of rows.
    pub n_rows: u64,
    /// Stable row ids, strictly ascending: project index in the high half, payer index in the low.
    pub row_ids: *const u64,
    /// Columns in the order that the plugin declared; then its own columns, to be written.
    pub columns: *const ZalmColumn,
    /// Number of columns.
    pub n_columns: u64,
    /// Becomes 1 when the step is no longer wanted; null when it cannot be cancelled, as with hosts
    /// of 1.0.
    pub cancel: *const u32,
}

/// Functions of a strategy. An instance may be used from any thread, never from two at once.
///
/// An instance holds nothing but what it was made of: what is to last from month to month lies in
/// the strategy's own columns, which the host keeps. So the host may replace an instance by a fresh
/// one at any month, fork a run or resume it, without asking the strategy.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmPolicyApi {
    /// Size of this struct, bytes.
    pub struct_size: u32,
    /// 0.
    pub reserved: u32,
    /// Static JSON text: names, parameters, columns, capabilities. Required.
    pub describe: Option<unsafe extern "C" fn() -> ZalmStr>,
    /// Makes an instance from all parameters as a JSON object with sorted keys. Required.
    pub create: Option<
        unsafe extern "C" fn(
            host: *const ZalmHost,
            params_json: ZalmStr,
            run_seed: u64,
            out: *mut *mut c_void,
        ) -> ZalmStatus,
    >,
    /// Ends an instance; also a poisoned one. Required.
    pub destroy: Option<unsafe extern "C" fn(instance: *mut c_void)>,
    /// Decides for one month. Required.
    pub step: Option<
        unsafe extern "C" fn(
            instance: *mut c_void,
            host: *const ZalmHost,
            step: *const ZalmStep,
        ) -> ZalmStatus,
    >,
}

impl ZalmPolicyApi {
    /// Size of the 1.0 prefix, bytes: every strategy has this much.
    pub const PREFIX: usize = core::mem::offset_of!(Self, step) + size_of::<usize>();
}
