//! Hosts of other versions, and hosts with faults.

use super::reference::Town;
use super::{Outcome, Subject, pass};
use crate::desk::Answer;
use std::ffi::c_void;
use zalm_abi::{
    ABI_MINOR, COLUMN_FLAG_ABSENT, STATUS_DISCARD, STATUS_ERROR, STATUS_OK, STATUS_PANIC,
    STATUS_WARNING, ZalmColumn, ZalmHost, ZalmStatus, ZalmStep,
};
use zalm_model::{ColumnData, View};

/// One step of a fresh instance with its defaults, with a host and a step that are changed first.
fn step(
    subject: &Subject,
    view: &View,
    change: impl FnOnce(&mut ZalmHost, &mut ZalmStep),
) -> Result<(ZalmStatus, Answer), String> {
    let (made, draws) = (subject.native()?, subject.draws(view.month));
    Ok(made.step_with(view, &mut subject.scratch(view), &draws, change))
}

fn good(status: ZalmStatus, answer: &Answer) -> Result<(), String> {
    match status {
        STATUS_OK | STATUS_WARNING => Ok(()),
        _ => Err(format!("status {status}: {}", answer.error)),
    }
}

/// A struct as a later host would have it: longer, with bytes that this version does not know.
#[repr(C)]
#[derive(Clone, Copy)]
struct Longer<T> {
    known: T,
    later: [u64; 4],
}

impl<T> Longer<T> {
    fn new(known: T) -> Self {
        Self {
            known,
            later: [0xdead_beef_dead_beef; 4],
        }
    }
}

pub(super) fn handshake(subject: &Subject) -> Outcome {
    let needs = subject.library.manifest.min_host_minor;
    for month in 0..30 {
        let view = Town::small(subject.seed).view(month);
        let (status, usual) = step(subject, &view, |_, _| ())?;
        good(status, &usual)?;
        for minor in needs..=ABI_MINOR + 1 {
            let (status, answer) = later_host(subject, &view, minor)?;
            good(status, &answer)
                .map_err(|why| format!("a host of minor version {minor}: {why}"))?;
            if answer.commands != usual.commands {
                return Err(format!(
                    "a host of minor version {minor} gets other commands"
                ));
            }
        }
    }
    pass(format!(
        "hosts of minor versions {needs} to {}",
        ABI_MINOR + 1
    ))
}

/// A step of a host with longer structs, and without the optional services.
fn later_host(subject: &Subject, view: &View, minor: u16) -> Result<(ZalmStatus, Answer), String> {
    let mut columns: Vec<Longer<ZalmColumn>> = Vec::new();
    let mut longer = None;
    step(subject, view, |host, step| {
        for at in 0..step.n_columns as usize {
            // SAFETY: the host's own array of this length.
            let mut column = unsafe { *step.columns.add(at) };
            column.struct_size = size_of::<Longer<ZalmColumn>>() as u32;
            columns.push(Longer::new(column));
        }
        step.columns = columns.as_ptr().cast();
        step.struct_size = size_of::<Longer<ZalmStep>>() as u32;
        let longer = longer.insert(Longer::new(*host));
        longer.known.struct_size = size_of::<Longer<ZalmHost>>() as u32;
        longer.known.abi_minor = minor;
        longer.known.metric_add = None;
        longer.known.get_extension = None;
        host.clone_from(&longer.known);
    })
}

unsafe extern "C" fn no_submit(_: *mut c_void, _: *const u8, _: u64) -> ZalmStatus {
    STATUS_ERROR
}

unsafe extern "C" fn no_random(
    _: *mut c_void,
    _: u32,
    _: u32,
    _: *const u64,
    _: u64,
    _: *mut u64,
) -> ZalmStatus {
    STATUS_ERROR
}

/// A fault may end in an error, not in a panic and not in a broken library.
fn contained(what: &str, (status, answer): (ZalmStatus, Answer)) -> Result<ZalmStatus, String> {
    match status {
        STATUS_PANIC => Err(format!("{what}: panic: {}", answer.error)),
        STATUS_OK | STATUS_WARNING | STATUS_DISCARD | STATUS_ERROR => Ok(status),
        _ => Err(format!("{what}: status {status}: {}", answer.error)),
    }
}

/// Columns that say they are of another type or shorter than the rows, and optional ones that are
/// not there.
fn with_faulty_columns(subject: &Subject, view: &View) -> Result<(), String> {
    let changed = |change: &dyn Fn(usize, &mut ZalmColumn)| {
        let mut columns: Vec<ZalmColumn> = Vec::new();
        step(subject, view, |_, step| {
            for at in 0..step.n_columns as usize {
                // SAFETY: the host's own array of this length.
                let mut column = unsafe { *step.columns.add(at) };
                change(at, &mut column);
                columns.push(column);
            }
            step.columns = columns.as_ptr();
        })
    };
    let other = |_: usize, column: &mut ZalmColumn| column.kind = 7 - column.kind;
    contained("columns of another type", changed(&other)?)?;
    let short = |_: usize, column: &mut ZalmColumn| column.len = column.len.saturating_sub(1);
    contained("columns that are too short", changed(&short)?)?;
    let described = &subject.library.description.columns;
    let (status, answer) = changed(&|at, column| {
        if described.get(at).is_some_and(|one| one.optional) {
            column.flags |= COLUMN_FLAG_ABSENT;
            (column.data, column.len) = (std::ptr::null(), 0);
        }
    })?;
    good(status, &answer).map_err(|why| format!("without its optional columns: {why}"))
}

pub(super) fn bad_input(subject: &Subject) -> Outcome {
    let declared = subject.library.columns.len() + subject.library.description.own.len();
    for month in 0..30 {
        let view = Town::small(subject.seed).view(month);
        for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut view = view.clone();
            for column in &mut view.columns {
                if let ColumnData::F64(values) = column {
                    values.fill(odd);
                }
            }
            contained(
                &format!("{odd} in all columns"),
                step(subject, &view, |_, _| ())?,
            )?;
        }
        let silent = step(subject, &view, |host, _| {
            host.log = None;
            host.metric_add = None;
            host.get_extension = None;
        })?;
        good(silent.0, &silent.1).map_err(|why| format!("without a log: {why}"))?;
        contained(
            "without random numbers",
            step(subject, &view, |h, _| h.rng_fill_u64 = Some(no_random))?,
        )?;
        contained(
            "commands refused",
            step(subject, &view, |h, _| h.submit = Some(no_submit))?,
        )?;
        with_faulty_columns(subject, &view)?;
        if declared > 0 {
            let status = contained(
                "a column too few",
                step(subject, &view, |_, s| s.n_columns -= 1)?,
            )?;
            if status == STATUS_OK {
                return Err("a column too few is not noticed: it reads beyond the columns".into());
            }
        }
    }
    pass("30 months with nine faults each")
}

/// What a host does wrong in a month, with its name.
type Fault = (&'static str, fn(&mut ZalmHost));

/// A step that failed may be followed by another: that is no crash, and a panic is not forgotten.
///
/// # Errors
/// What is wrong with the step that follows.
pub(super) fn after_error(subject: &Subject) -> Result<(), String> {
    let faults: [Fault; 2] = [
        ("commands refused", |host| host.submit = Some(no_submit)),
        ("no random numbers", |host| {
            host.rng_fill_u64 = Some(no_random);
        }),
    ];
    for month in 0..36 {
        let view = Town::small(subject.seed).view(month);
        let draws = subject.draws(month);
        let fresh = || subject.scratch(&view);
        for (what, fault) in faults {
            let made = subject.native()?;
            let (status, _) = made.step_with(&view, &mut fresh(), &draws, |host, _| fault(host));
            let (again, answer) = made.step_with(&view, &mut fresh(), &draws, |_, _| ());
            if status == STATUS_PANIC && again != STATUS_PANIC {
                return Err(format!(
                    "month {month}, {what}: it panicked, and goes on as if it had not"
                ));
            }
            if status != STATUS_PANIC {
                contained(&format!("month {month}, after {what}"), (again, answer))?;
            }
        }
    }
    Ok(())
}

pub(super) fn error_paths(subject: &Subject) -> Outcome {
    let made = subject.native()?;
    for month in 0..36 {
        let view = Town::small(subject.seed).view(month);
        let draws = subject.draws(month);
        let fresh = || subject.scratch(&view);
        let (_, expected) = made.step_with(&view, &mut fresh(), &draws, |_, _| ());
        let cancelled = 1_u32;
        let failures: [fn(&mut ZalmHost); 2] = [|host| host.submit = Some(no_submit), |_| ()];
        for (number, fail) in failures.into_iter().enumerate() {
            let (status, _) = made.step_with(&view, &mut fresh(), &draws, |host, step| {
                fail(host);
                if number == 1 {
                    step.cancel = &raw const cancelled;
                }
            });
            if status == STATUS_PANIC {
                return Err(format!("month {month}: it panics when the host refuses"));
            }
            let (status, again) = made.step_with(&view, &mut fresh(), &draws, |_, _| ());
            good(status, &again).map_err(|why| format!("month {month} repeated: {why}"))?;
            if again.commands != expected.commands {
                return Err(format!(
                    "month {month} repeated after a failure gives other commands"
                ));
            }
        }
    }
    pass("36 months, each failed twice and repeated")
}
