//! An instance of a library in this process: the raw calls.

use crate::calls::inside;
use crate::desk::{Answer, Desk};
use crate::folder;
use crate::fpu;
use crate::library::Library;
use crate::own::Scratch;
use std::borrow::Borrow;
use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::Arc;
use zalm_abi::{
    COLUMN_F64, COLUMN_FLAG_ABSENT, COLUMN_I64, PHASE_MONTH, STATUS_ERROR, STATUS_OK,
    STATUS_WARNING, ZalmColumn, ZalmHost, ZalmStatus, ZalmStep, ZalmStr,
};
use zalm_model::{ColumnData, StrategyRandom, View};

/// Where an instance lives; answers a step, or says how its process ended.
pub(crate) trait Backend: Send {
    /// Calls the plugin's step on the declared and own columns.
    ///
    /// # Errors
    /// When the process of the instance is gone.
    fn step(
        &mut self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
    ) -> Result<(ZalmStatus, Answer), String>;
}

/// What `create` gave: an instance when the plugin made one, its status, and what it said.
pub(crate) type Made<B> = (Option<B>, ZalmStatus, Answer);

/// An instance; used from one thread at a time, destroyed when dropped.
pub(crate) struct Native {
    library: Arc<Library>,
    instance: NonNull<c_void>,
    desk: Box<Desk>,
}

// SAFETY: the contract lets an instance be used from any thread, never from two at once, and this
// type is not Sync; the desk is behind a lock.
unsafe impl Send for Native {}

impl Native {
    /// A fresh instance with these parameters (JSON with sorted keys), when the plugin makes one,
    /// and what it said.
    pub fn create(library: Arc<Library>, parameters: &str) -> Made<Self> {
        let desk = Desk::new();
        let mut instance = std::ptr::null_mut();
        let (status, answer) = undisturbed(library.id, || {
            desk.during(None, |host| {
                // SAFETY: the library passed all checks; every pointer is valid during the call.
                // The seed is 0: randomness comes from the host only.
                unsafe {
                    (library.functions.create)(host, ZalmStr::new(parameters), 0, &raw mut instance)
                }
            })
        });
        let made = match (status, NonNull::new(instance)) {
            (STATUS_OK | STATUS_WARNING, Some(instance)) => Some(Self {
                library,
                instance,
                desk,
            }),
            _ => None,
        };
        (made, status, answer)
    }

    /// Calls the plugin's step with a host and a step that the caller may change first.
    pub fn step_with(
        &self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
        change: impl FnOnce(&mut ZalmHost, &mut ZalmStep),
    ) -> (ZalmStatus, Answer) {
        let place = |mut host: ZalmHost, step: &mut ZalmStep| {
            change(&mut host, step);
            host
        };
        let (status, answer, _) = self.step_through(view, own, random, place);
        (status, answer)
    }

    /// The same with the host in a place of the caller's, which comes back.
    pub fn step_through<H: Borrow<ZalmHost>>(
        &self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
        place: impl FnOnce(ZalmHost, &mut ZalmStep) -> H,
    ) -> (ZalmStatus, Answer, Option<H>) {
        let mut columns: Vec<ZalmColumn> = self
            .library
            .columns
            .iter()
            .enumerate()
            .map(|(position, index)| match index {
                Some(index) => column(position, &view.columns[*index]),
                None => absent(position),
            })
            .collect();
        own.show(&mut columns);
        let mut step = ZalmStep {
            struct_size: size_of::<ZalmStep>() as u32,
            phase: PHASE_MONTH,
            tick: view.month.into(),
            year: view.year,
            month_of_year: view.month_of_year,
            n_rows: view.rows.len() as u64,
            row_ids: view.rows.as_ptr(),
            columns: columns.as_ptr(),
            n_columns: columns.len() as u64,
            cancel: std::ptr::null(),
        };
        let mut placed = None;
        let (status, answer) = undisturbed(self.library.id, || {
            self.desk.during(Some((random, view.rows.len())), |host| {
                let host: &ZalmHost = (*placed.insert(place(*host, &mut step))).borrow();
                // SAFETY: the instance comes from this library's create and is in no other call
                // (the type is not Sync); the view outlives the call and its columns are as long as
                // its rows; the scratch of own columns is borrowed by nobody else.
                unsafe {
                    (self.library.functions.step)(self.instance.as_ptr(), host, &raw const step)
                }
            })
        });
        (status, answer, placed)
    }
}

impl Backend for Native {
    fn step(
        &mut self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
    ) -> Result<(ZalmStatus, Answer), String> {
        Ok(self.step_with(view, own, random, |_, _| ()))
    }
}

impl Drop for Native {
    fn drop(&mut self) {
        if self.library.is_broken() {
            return;
        }
        // The desk is open so that a plugin may still log; what it hands in is not wanted.
        let _ = self.desk.during(None, |_| {
            // SAFETY: from this library's create, in no call, and never used again.
            inside(self.library.id, || unsafe {
                (self.library.functions.destroy)(self.instance.as_ptr());
            });
            STATUS_OK
        });
        folder::back();
    }
}

/// Runs a call of a plugin, and puts the floating-point mode back if it changed it; such a call has failed.
fn undisturbed(
    plugin: &'static str,
    call: impl FnOnce() -> (ZalmStatus, Answer),
) -> (ZalmStatus, Answer) {
    let before = fpu::mode();
    let (status, mut answer) = inside(plugin, call);
    if fpu::mode() == before {
        return (status, answer);
    }
    fpu::set_mode(before);
    answer.error = "it changed the floating-point mode of the processor, which would change every \
                    later number; the mode was put back"
        .into();
    (STATUS_ERROR, answer)
}

fn column(position: usize, data: &ColumnData) -> ZalmColumn {
    let (kind, pointer, len) = match data {
        ColumnData::F64(values) => (COLUMN_F64, values.as_ptr().cast(), values.len()),
        ColumnData::I64(values) => (COLUMN_I64, values.as_ptr().cast(), values.len()),
    };
    ZalmColumn {
        struct_size: size_of::<ZalmColumn>() as u32,
        kind,
        flags: 0,
        elem_size: 8,
        column_index: position as u32,
        data: pointer,
        out: std::ptr::null_mut(),
        len: len as u64,
        stride: 8,
    }
}

/// An optional column that the model does not have.
fn absent(position: usize) -> ZalmColumn {
    ZalmColumn {
        struct_size: size_of::<ZalmColumn>() as u32,
        kind: COLUMN_F64,
        flags: COLUMN_FLAG_ABSENT,
        elem_size: 8,
        column_index: position as u32,
        data: std::ptr::null(),
        out: std::ptr::null_mut(),
        len: 0,
        stride: 8,
    }
}
