//! A strategy of a library in one run.

use crate::commands;
use crate::desk::{Answer, Desk};
use crate::library::Library;
use crate::log::{Log, LogLevel};
use crate::own::Scratch;
use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::Arc;
use zalm_abi::{
    COLUMN_F64, COLUMN_I64, PHASE_MONTH, STATUS_DISCARD, STATUS_ERROR, STATUS_OK, STATUS_PANIC,
    STATUS_WARNING, ZalmColumn, ZalmStatus, ZalmStep, ZalmStr,
};
use zalm_model::{
    COLUMNS, ColumnData, Command, Kept, Strategy, StrategyError, StrategyErrorKind, StrategyRandom,
    View,
};

/// An instance; used from one thread at a time, destroyed when dropped.
pub(crate) struct PluginStrategy {
    library: Arc<Library>,
    instance: NonNull<c_void>,
    desk: Box<Desk>,
    log: Arc<Log>,
    /// What the run kept of the strategy's own columns.
    kept: Kept,
    /// After an error it can only be destroyed.
    ended: bool,
}

// SAFETY: the contract lets an instance be used from any thread, never from two at once, and this
// type is not Sync; the desk is behind a lock.
unsafe impl Send for PluginStrategy {}

impl PluginStrategy {
    /// A fresh instance with these parameters (JSON with sorted keys).
    ///
    /// # Errors
    /// When the plugin refuses.
    pub fn create(
        library: Arc<Library>,
        parameters: &str,
        log: Arc<Log>,
    ) -> Result<Self, StrategyError> {
        let refuse = |message: String| StrategyError {
            strategy: library.manifest.id.clone(),
            month: 0,
            kind: StrategyErrorKind::Create,
            message,
        };
        if library.is_broken() {
            return Err(refuse(BROKEN.into()));
        }
        let desk = Desk::new();
        let mut instance = std::ptr::null_mut();
        let (status, answer) = desk.during(None, |host| {
            // SAFETY: the library passed all checks; every pointer is valid during the call. The
            // seed is 0: randomness comes from the host only.
            unsafe {
                (library.functions.create)(host, ZalmStr::new(parameters), 0, &raw mut instance)
            }
        });
        keep_log(&log, &library, 0, answer.log);
        match (status, NonNull::new(instance)) {
            (STATUS_OK | STATUS_WARNING, Some(instance)) => Ok(Self {
                library,
                instance,
                desk,
                log,
                kept: Kept::default(),
                ended: false,
            }),
            (STATUS_PANIC, _) => Err(refuse(format!("panic: {}", told(answer.error)))),
            _ => Err(refuse(told(answer.error))),
        }
    }

    fn error(&self, view: &View, kind: StrategyErrorKind, message: String) -> StrategyError {
        let strategy = self.library.manifest.id.clone();
        StrategyError {
            strategy,
            month: view.month,
            kind,
            message,
        }
    }

    /// Calls the plugin's step on the declared columns.
    fn step(
        &self,
        view: &View,
        own: &mut Scratch,
        random: &dyn StrategyRandom,
    ) -> (ZalmStatus, Answer) {
        let mut columns: Vec<ZalmColumn> = self
            .library
            .columns
            .iter()
            .enumerate()
            .map(|(position, index)| column(position, &view.columns[*index]))
            .collect();
        own.show(&mut columns);
        let step = ZalmStep {
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
        self.desk.during(Some(random), |host| {
            // SAFETY: the instance comes from this library's create and is in no other call (&mut
            // self in decide); the view outlives the call and its columns are as long as its rows;
            // the scratch of own columns is borrowed by nobody else.
            unsafe { (self.library.functions.step)(self.instance.as_ptr(), host, &raw const step) }
        })
    }

    fn judge(
        &self,
        view: &View,
        status: ZalmStatus,
        answer: Answer,
    ) -> Result<Vec<Command>, StrategyError> {
        use StrategyErrorKind::{BadCommand, Failed, Panicked};
        match status {
            STATUS_OK | STATUS_WARNING => commands::parse(&answer.commands, &view.rows)
                .map_err(|message| self.error(view, BadCommand, message)),
            STATUS_DISCARD => {
                let message = format!("it did nothing this month: {}", told(answer.error));
                Err(self.error(view, Failed, message))
            }
            STATUS_ERROR => Err(self.error(view, Failed, told(answer.error))),
            STATUS_PANIC => Err(self.error(view, Panicked, told(answer.error))),
            _ => {
                self.library.mark_broken();
                let message = format!("{BROKEN} (status {status}): {}", told(answer.error));
                Err(self.error(view, Failed, message))
            }
        }
    }
}

/// What a library that returned FATAL is told.
const BROKEN: &str = "the library reported that it is broken; no instance of it is used any more";

impl Strategy for PluginStrategy {
    fn kept(&mut self) -> Option<&mut Kept> {
        (!self.library.description.own.is_empty()).then_some(&mut self.kept)
    }

    fn decide(
        &mut self,
        view: &View,
        random: &dyn StrategyRandom,
    ) -> Result<Vec<Command>, StrategyError> {
        if self.ended || self.library.is_broken() {
            let message = "it was used again after an error".to_owned();
            return Err(self.error(view, StrategyErrorKind::Failed, message));
        }
        if let Err(message) = check_shape(view) {
            return Err(self.error(view, StrategyErrorKind::Failed, message));
        }
        let own = &self.library.description.own;
        let mut scratch = Scratch::new(own, &self.kept, &view.rows);
        let (status, mut answer) = self.step(view, &mut scratch, random);
        let lines = std::mem::take(&mut answer.log);
        keep_log(&self.log, &self.library, view.month, lines);
        let outcome = self.judge(view, status, answer).and_then(|commands| {
            match scratch.kept(&self.library.description.own, &view.rows) {
                Ok(kept) => self.kept = kept,
                Err(why) => return Err(self.error(view, StrategyErrorKind::BadCommand, why)),
            }
            Ok(commands)
        });
        self.ended = outcome.is_err();
        outcome
    }
}

impl Drop for PluginStrategy {
    fn drop(&mut self) {
        if self.library.is_broken() {
            return;
        }
        // The desk is open so that a plugin may still log; what it hands in is not wanted.
        let _ = self.desk.during(None, |_| {
            // SAFETY: from this library's create, in no call, and never used again.
            unsafe { (self.library.functions.destroy)(self.instance.as_ptr()) };
            STATUS_OK
        });
    }
}

/// Pointers are handed out only for a view that is what it says.
fn check_shape(view: &View) -> Result<(), String> {
    let rows = view.rows.len();
    let fits = view.columns.len() == COLUMNS.len()
        && view.columns.iter().all(|column| match column {
            ColumnData::F64(values) => values.len() == rows,
            ColumnData::I64(values) => values.len() == rows,
        })
        && view.columns.iter().zip(COLUMNS).all(|(data, spec)| {
            matches!(
                (data, spec.kind),
                (ColumnData::F64(_), zalm_model::ColumnKind::F64)
                    | (ColumnData::I64(_), zalm_model::ColumnKind::I64)
            )
        });
    if fits {
        Ok(())
    } else {
        Err("the model's table does not have its declared columns".into())
    }
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

fn keep_log(log: &Log, library: &Library, month: u32, lines: Vec<(LogLevel, String)>) {
    for (level, text) in lines {
        log.add(&library.manifest.id, level, month, text);
    }
}

fn told(error: String) -> String {
    if error.is_empty() {
        "it did not say why".into()
    } else {
        error
    }
}
