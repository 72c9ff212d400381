//! The host's side of a call: the functions that a strategy may call back.
//!
//! Every function stands before a locked desk that is only open during a call and only for the
//! thread of that call; a plugin that keeps the pointer finds it closed.

use crate::commands::clean;
use crate::log::LogLevel;
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;
use zalm_abi::{ABI_MAJOR, ABI_MINOR, STATUS_ERROR, STATUS_OK, ZalmHost, ZalmStatus, ZalmStr};
use zalm_model::StrategyRandom;

/// Most bytes of commands in one step, however few rows there are.
const COMMANDS_CAP: usize = 16 << 20;
/// Bytes of commands for each row where that is more: several commands of each kind but long notes.
const COMMANDS_PER_ROW: usize = 256;
/// Longest text that is looked at, bytes.
const TEXT_CAP: u64 = 1 << 20;

/// What lies on the desk.
#[derive(Default)]
struct Papers {
    /// The thread of the call, while there is one.
    caller: Option<ThreadId>,
    /// Random numbers, during a step.
    random: Option<&'static dyn StrategyRandom>,
    /// Most bytes of commands.
    cap: usize,
    answer: Answer,
}

/// What a strategy handed in during a call.
#[derive(Default)]
pub(crate) struct Answer {
    /// Why the call failed.
    pub error: String,
    /// Commands as bytes.
    pub commands: Vec<u8>,
    /// What was added to metrics: the metric's number and its sum.
    pub metrics: BTreeMap<u32, f64>,
    /// Lines for people.
    pub log: Vec<(LogLevel, String)>,
}

/// One per instance, at a fixed address.
pub(crate) struct Desk(Mutex<Papers>);

impl Desk {
    pub fn new() -> Box<Self> {
        Box::new(Self(Mutex::default()))
    }

    fn papers(&self) -> MutexGuard<'_, Papers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the desk, runs `call` with the functions, closes it and gives what was handed in. A
    /// step has random numbers, and a table of so many rows.
    pub fn during(
        &self,
        step: Option<(&dyn StrategyRandom, usize)>,
        call: impl FnOnce(&ZalmHost) -> ZalmStatus,
    ) -> (ZalmStatus, Answer) {
        // SAFETY: only the lifetime changes; the reference is taken off the desk below, before
        // `random` ends, and is only used under the lock.
        let random = step.map(|(random, _)| unsafe {
            std::mem::transmute::<&dyn StrategyRandom, &'static dyn StrategyRandom>(random)
        });
        *self.papers() = Papers {
            caller: Some(std::thread::current().id()),
            random,
            cap: step.map_or(0, |(_, rows)| {
                COMMANDS_CAP.max(rows.saturating_mul(COMMANDS_PER_ROW))
            }),
            answer: Answer::default(),
        };
        let status = call(&self.functions());
        let papers = std::mem::take(&mut *self.papers());
        (status, papers.answer)
    }

    fn functions(&self) -> ZalmHost {
        ZalmHost {
            struct_size: size_of::<ZalmHost>() as u32,
            abi_major: ABI_MAJOR,
            abi_minor: ABI_MINOR,
            ctx: std::ptr::from_ref(self).cast_mut().cast(),
            log: Some(log),
            set_error: Some(set_error),
            rng_fill_u64: Some(rng_fill_u64),
            metric_add: Some(metric_add),
            submit: Some(submit),
            get_extension: None,
        }
    }
}

/// Runs `work` on the papers of the open desk behind `ctx`.
///
/// # Safety
/// `ctx` is null or the `ctx` of a [`ZalmHost`] whose instance still lives.
unsafe fn at_desk(
    ctx: *mut c_void,
    work: impl FnOnce(&mut Papers) -> Result<(), &'static str>,
) -> ZalmStatus {
    if ctx.is_null() {
        return STATUS_ERROR;
    }
    // SAFETY: not null, and the caller vouches that it is a desk that lives.
    let desk = unsafe { &*ctx.cast::<Desk>() };
    // A panic must not leave an extern "C" function: that would end the program.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut papers = desk.papers();
        if papers.caller != Some(std::thread::current().id()) {
            return STATUS_ERROR;
        }
        match work(&mut papers) {
            Ok(()) => STATUS_OK,
            Err(why) => {
                papers.answer.error = why.to_owned();
                STATUS_ERROR
            }
        }
    }));
    outcome.unwrap_or(STATUS_ERROR)
}

/// # Safety
/// As in `zalm_plugin.h`.
unsafe extern "C" fn log(ctx: *mut c_void, level: i32, text: ZalmStr) {
    // SAFETY: handed on to the caller.
    unsafe {
        at_desk(ctx, |papers| {
            let text = text
                .read(TEXT_CAP)
                .ok_or("logged a text that is not UTF-8")?;
            papers
                .answer
                .log
                .push((LogLevel::from_code(level), clean(text)));
            Ok(())
        });
    }
}

/// # Safety
/// As in `zalm_plugin.h`.
unsafe extern "C" fn set_error(ctx: *mut c_void, _code: i32, text: ZalmStr) {
    // SAFETY: handed on to the caller.
    unsafe {
        at_desk(ctx, |papers| {
            let text = text
                .read(TEXT_CAP)
                .ok_or("failed with a text that is not UTF-8")?;
            papers.answer.error = clean(text);
            Ok(())
        });
    }
}

/// # Safety
/// As in `zalm_plugin.h`.
unsafe extern "C" fn rng_fill_u64(
    ctx: *mut c_void,
    stream: u32,
    draw: u32,
    ids: *const u64,
    n: u64,
    out: *mut u64,
) -> ZalmStatus {
    // SAFETY: handed on to the caller; the pointers are checked for null and read and written one
    // value at a time, as both may be the same memory.
    unsafe {
        at_desk(ctx, |papers| {
            let random = papers.random.ok_or("random numbers are for a step only")?;
            if n > 0 && (ids.is_null() || out.is_null()) {
                return Err("asked for random numbers with a null pointer");
            }
            for i in 0..n as usize {
                let bits = random.bits(stream, ids.add(i).read_unaligned(), draw);
                out.add(i).write_unaligned(bits);
            }
            Ok(())
        })
    }
}

/// # Safety
/// As in `zalm_plugin.h`.
unsafe extern "C" fn metric_add(
    ctx: *mut c_void,
    metric: u32,
    values: *const f64,
    n: u64,
) -> ZalmStatus {
    // SAFETY: handed on to the caller; null is refused before reading.
    unsafe {
        at_desk(ctx, |papers| {
            if papers.random.is_none() {
                return Err("metrics are for a step only");
            }
            if n > 0 && values.is_null() {
                return Err("added to a metric from a null pointer");
            }
            let sum = papers.answer.metrics.entry(metric).or_default();
            for i in 0..n as usize {
                *sum += values.add(i).read_unaligned();
            }
            Ok(())
        })
    }
}

/// # Safety
/// As in `zalm_plugin.h`.
unsafe extern "C" fn submit(ctx: *mut c_void, commands: *const u8, bytes: u64) -> ZalmStatus {
    // SAFETY: handed on to the caller; null and an absurd length are refused before reading.
    unsafe {
        at_desk(ctx, |papers| {
            if papers.random.is_none() {
                return Err("commands are for a step only");
            }
            let length = usize::try_from(bytes).unwrap_or(usize::MAX);
            if length > papers.cap - papers.answer.commands.len() {
                return Err(
                    "submitted more commands in one month than 16 MB, or than 256 bytes a row where that is more",
                );
            }
            if length > 0 && commands.is_null() {
                return Err("submitted commands at a null pointer");
            }
            if length > 0 {
                let bytes = std::slice::from_raw_parts(commands, length);
                papers.answer.commands.extend_from_slice(bytes);
            }
            Ok(())
        })
    }
}
