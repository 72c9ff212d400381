//! A strategy of a library in one run.

use crate::commands;
use crate::desk::Answer;
use crate::isolated::Pool;
use crate::library::Library;
use crate::log::{Log, LogLevel};
use crate::native::{Backend, Native};
use crate::own::Scratch;
use std::collections::BTreeMap;
use std::sync::Arc;
use zalm_abi::{STATUS_DISCARD, STATUS_ERROR, STATUS_OK, STATUS_PANIC, STATUS_WARNING, ZalmStatus};
use zalm_model::{
    COLUMNS, ColumnData, Command, Kept, MetricSpec, Strategy, StrategyError, StrategyErrorKind,
    StrategyRandom, View,
};

/// An instance with what its run kept; destroyed when dropped.
pub(crate) struct PluginStrategy {
    library: Arc<Library>,
    backend: Box<dyn Backend>,
    log: Arc<Log>,
    /// What the run kept of the strategy's own columns.
    kept: Kept,
    /// What it measured since it was last asked: one value for each of its metrics.
    measured: Vec<f64>,
    /// After an error it can only be destroyed.
    ended: bool,
}

impl PluginStrategy {
    /// A fresh instance with these parameters (JSON with sorted keys), in this process or, with a
    /// pool, in one of its own.
    ///
    /// # Errors
    /// When the plugin refuses.
    pub fn create(
        library: Arc<Library>,
        pool: Option<&Arc<Pool>>,
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
        let (backend, status, answer) = match pool {
            Some(pool) => boxed(pool.create(parameters)),
            None => boxed(Native::create(Arc::clone(&library), parameters)),
        };
        keep_log(&log, &library, 0, answer.log);
        match (status, backend) {
            (STATUS_OK | STATUS_WARNING, Some(backend)) => Ok(Self {
                measured: vec![0.0; library.metrics.len()],
                library,
                backend,
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

    fn measured(&mut self) -> Vec<(String, f64)> {
        let declared = self.library.metrics.iter();
        let values = self.measured.iter_mut().map(std::mem::take);
        let named = declared.zip(values);
        named
            .map(|(spec, value)| (spec.name.clone(), value))
            .collect()
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
        let called = self.backend.step(view, &mut scratch, random);
        let (status, mut answer) = called.map_err(|ending| {
            self.ended = true;
            self.error(view, StrategyErrorKind::Crashed, ending)
        })?;
        let lines = std::mem::take(&mut answer.log);
        keep_log(&self.log, &self.library, view.month, lines);
        let metrics = std::mem::take(&mut answer.metrics);
        let outcome = self.judge(view, status, answer).and_then(|commands| {
            self.measured = sums(&self.library.metrics, &metrics)
                .map_err(|why| self.error(view, StrategyErrorKind::BadCommand, why))?;
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

/// What was added to each declared metric.
///
/// # Errors
/// A metric that was not declared, or a value that is no number.
fn sums(declared: &[MetricSpec], added: &BTreeMap<u32, f64>) -> Result<Vec<f64>, String> {
    let mut sums = vec![0.0; declared.len()];
    for (metric, sum) in added {
        let at = *metric as usize;
        let spec = declared.get(at).ok_or_else(|| {
            let count = declared.len();
            format!("it adds to its metric {metric}, counted from 0; it declares {count}")
        })?;
        if !sum.is_finite() {
            let name = &spec.name;
            return Err(format!(
                "its metric {name} is {sum}; expected a finite number"
            ));
        }
        sums[at] = *sum;
    }
    Ok(sums)
}

type Made<B> = (Option<B>, ZalmStatus, Answer);

fn boxed<B: Backend + 'static>((made, status, answer): Made<B>) -> Made<Box<dyn Backend>> {
    (
        made.map(|made| Box::new(made) as Box<dyn Backend>),
        status,
        answer,
    )
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
