//! What the host passes by pointer, made safe: its services, its rows and columns.

use crate::context::Services;
use crate::table::ColumnSlice;
use crate::{ColumnKind, Error, Level, Result};
use std::ffi::c_void;
use zalm_abi::{
    COLUMN_F64, COLUMN_FLAG_ABSENT, COLUMN_I64, STATUS_ERROR, STATUS_OK, ZalmColumn, ZalmHost,
    ZalmStatus, ZalmStep, ZalmStr,
};

/// The host's services, safe to call.
pub(crate) struct Host<'a>(pub &'a ZalmHost);

impl Host<'_> {
    /// Tells why the call fails.
    pub fn set_error(&self, text: &str) {
        if let Some(set_error) = self.0.set_error {
            // SAFETY: the host gives the function and its context for this call.
            unsafe { set_error(self.0.ctx, 0, ZalmStr::new(text)) }
        }
    }

    /// Adds to a metric of the strategy's own; an older host takes none, and nothing depends on it.
    ///
    /// # Errors
    /// When the host refuses.
    pub fn measured(&self, metric: u32, sum: f64) -> Result<()> {
        let Some(add) = self.0.metric_add else {
            return Ok(());
        };
        // SAFETY: the host gives the function and its context for this call.
        let status = unsafe { add(self.0.ctx, metric, &raw const sum, 1) };
        (status == STATUS_OK)
            .then_some(())
            .ok_or_else(|| Error::failed("the host did not take a metric"))
    }

    /// Hands over commands; the host's answer.
    pub fn submit(&self, commands: &[u8]) -> ZalmStatus {
        let Some(submit) = self.0.submit else {
            self.set_error("this host takes no commands");
            return STATUS_ERROR;
        };
        // SAFETY: as above; the pointer covers the whole buffer.
        unsafe { submit(self.0.ctx, commands.as_ptr(), commands.len() as u64) }
    }
}

impl Services for Host<'_> {
    fn random_bits(&self, stream: u32, draw: u32, ids: &[u64], out: &mut [u64]) -> Result<()> {
        let fill = self
            .0
            .rng_fill_u64
            .ok_or_else(|| Error::failed("this host does not draw"))?;
        let n = ids.len().min(out.len()) as u64;
        // SAFETY: the host gives the function and its context for this call; both slices hold n.
        let status = unsafe { fill(self.0.ctx, stream, draw, ids.as_ptr(), n, out.as_mut_ptr()) };
        (status == STATUS_OK)
            .then_some(())
            .ok_or_else(|| Error::failed("the host did not draw"))
    }

    fn log(&self, level: Level, text: &str) {
        let level = match level {
            Level::Debug => zalm_abi::LOG_DEBUG,
            Level::Info => zalm_abi::LOG_INFO,
            Level::Warning => zalm_abi::LOG_WARNING,
        };
        if let Some(log) = self.0.log {
            // SAFETY: the host gives the function and its context for this call.
            unsafe { log(self.0.ctx, level, ZalmStr::new(text)) }
        }
    }
}

/// Column `at` of a step; `None` when it is absent.
///
/// # Safety
/// Pointers and lengths in `step` describe readable memory for this call.
pub(crate) unsafe fn column<'a>(
    step: &'a ZalmStep,
    at: usize,
    kind: ColumnKind,
) -> Result<Option<ColumnSlice<'a>>> {
    let wrong = |what: &str| Error::failed(format!("the host's column {at} {what}"));
    // SAFETY: handed on to the caller.
    let column = unsafe { descriptor(step, at)? };
    if column.flags & COLUMN_FLAG_ABSENT != 0 {
        return Ok(None);
    }
    let slice = match (kind, column.kind) {
        (ColumnKind::F64, COLUMN_F64) => {
            // SAFETY: handed on to the caller; the column says that it holds this type.
            unsafe { slice(column.data, column.len) }.map(ColumnSlice::F64)
        }
        (ColumnKind::I64, COLUMN_I64) => {
            // SAFETY: as above.
            unsafe { slice(column.data, column.len) }.map(ColumnSlice::I64)
        }
        _ => Err(wrong("has another type")),
    };
    slice.map(Some)
}

/// Writes an own column back: as many values as `column` gave for the same `at`.
///
/// # Safety
/// As [`column`]; a non-null `out` can be written for the length of the column.
pub(crate) unsafe fn write(step: &ZalmStep, at: usize, values: &[f64]) -> Result<()> {
    // SAFETY: handed on to the caller.
    let column = unsafe { descriptor(step, at)? };
    let out = column.out.cast::<f64>();
    if values.len() as u64 != column.len
        || (!values.is_empty() && (out.is_null() || !out.is_aligned()))
    {
        return Err(Error::failed(format!(
            "the host's column {at} cannot be written"
        )));
    }
    // SAFETY: not null, aligned, and as long as the values; the values are the context's own.
    unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), out, values.len()) };
    Ok(())
}

/// What the host says of column `at`.
///
/// # Safety
/// As [`column`].
unsafe fn descriptor(step: &ZalmStep, at: usize) -> Result<&ZalmColumn> {
    let wrong = |what: &str| Error::failed(format!("the host's column {at} {what}"));
    if at as u64 >= step.n_columns || step.columns.is_null() {
        return Err(wrong("is missing"));
    }
    // SAFETY: the first column exists; its size is the distance to the next, as hosts may append.
    let column = unsafe {
        let stride = (*step.columns).struct_size as usize;
        &*step.columns.byte_add(stride * at).cast::<ZalmColumn>()
    };
    if column.stride != 8 || column.elem_size != 8 {
        return Err(wrong("does not hold values of 8 bytes"));
    }
    Ok(column)
}

/// `len` values at `data`.
///
/// # Safety
/// A non-null, aligned `data` points at `len` readable values of T during `'a`.
pub(crate) unsafe fn slice<'a, T>(data: *const c_void, len: u64) -> Result<&'a [T]> {
    let data = data.cast::<T>();
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() || !data.is_aligned() {
        return Err(Error::failed("the host passed a null or unaligned pointer"));
    }
    // SAFETY: not null, aligned, and the caller vouches for the length.
    Ok(unsafe { std::slice::from_raw_parts(data, len as usize) })
}
