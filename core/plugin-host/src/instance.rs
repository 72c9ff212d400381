//! A strategy of a library in one run.

use crate::commands::{Subjects, parse};
use crate::desk::Answer;
use crate::isolated::Pool;
use crate::library::Library;
use crate::log::{Log, LogLevel};
use crate::native::{Backend, Made, Native};
use crate::own::Scratch;
use crate::parameters::CheckedParameters;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use zalm_abi::{STATUS_DISCARD, STATUS_ERROR, STATUS_OK, STATUS_PANIC, STATUS_WARNING, ZalmStatus};
use zalm_model::{
    COLUMNS, ColumnData, Command, Kept, MetricSpec, Strategy, StrategyError, StrategyErrorKind,
    StrategyRandom, View,
};
use zalm_scenario::Month;

/// All parameters of an instance, and those that it gets in later months.
#[derive(Clone, Copy)]
pub(crate) struct Course<'a> {
    /// Parameters at the start, JSON with sorted keys.
    pub first: &'a str,
    /// First month and all parameters from there, in order of time.
    pub later: &'a [(Month, CheckedParameters)],
}

/// An instance with what its run kept; destroyed when dropped.
pub(crate) struct PluginStrategy {
    library: Arc<Library>,
    pool: Option<Arc<Pool>>,
    backend: Box<dyn Backend>,
    /// Parameters that are still to come.
    later: VecDeque<(Month, String)>,
    log: Arc<Log>,
    /// What the run kept of the strategy's own columns.
    kept: Kept,
    /// What it measured since it was last asked: one value for each of its metrics.
    measured: Vec<f64>,
    /// After an error it can only be destroyed.
    ended: bool,
}

impl PluginStrategy {
    /// A fresh instance with these parameters, in this process or, with a pool, in one of its own.
    ///
    /// # Errors
    /// When the plugin refuses.
    pub fn create(
        library: Arc<Library>,
        pool: Option<&Arc<Pool>>,
        course: Course<'_>,
        log: Arc<Log>,
    ) -> Result<Self, StrategyError> {
        let backend = backend(&library, pool, course.first, &log).map_err(|message| {
            let strategy = library.manifest.id.clone();
            let kind = StrategyErrorKind::Create;
            StrategyError {
                strategy,
                month: 0,
                kind,
                message,
            }
        })?;
        let later = course.later.iter();
        Ok(Self {
            measured: vec![0.0; library.metrics.len()],
            library,
            pool: pool.cloned(),
            backend,
            later: later.map(|(from, all)| (*from, all.json.clone())).collect(),
            log,
            kept: Kept::default(),
            ended: false,
        })
    }

    /// An instance is nothing but its parameters: other parameters are another instance, which goes
    /// on with what the run kept.
    fn change_course(&mut self, view: &View) -> Result<(), StrategyError> {
        let now = Month::new(view.year, view.month_of_year);
        while let Some((_, parameters)) = self.later.pop_front_if(|(from, _)| now >= Some(*from)) {
            let fresh = backend(&self.library, self.pool.as_ref(), &parameters, &self.log);
            self.backend =
                fresh.map_err(|message| self.error(view, StrategyErrorKind::Create, message))?;
        }
        Ok(())
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
            STATUS_OK | STATUS_WARNING => {
                let subjects = Subjects {
                    rows: &view.rows,
                    plugin: &self.library.manifest.id,
                    events: &self.library.description.events,
                };
                parse(&answer.commands, &subjects)
                    .map_err(|message| self.error(view, BadCommand, message))
            }
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

/// A fresh instance where it is to live.
///
/// # Errors
/// Why the plugin refuses.
fn backend(
    library: &Arc<Library>,
    pool: Option<&Arc<Pool>>,
    parameters: &str,
    log: &Log,
) -> Result<Box<dyn Backend>, String> {
    if library.is_broken() {
        return Err(BROKEN.into());
    }
    Ok(match pool {
        Some(pool) => {
            let made = pool
                .create(library, parameters)
                .map_err(|why| why.to_string())?;
            Box::new(made_well(made, library, log)?)
        }
        None => {
            let made = Native::create(Arc::clone(library), parameters);
            Box::new(made_well(made, library, log)?)
        }
    })
}

/// The instance, when there is one; what was said goes to the log.
///
/// # Errors
/// Why the plugin refuses.
pub(crate) fn made_well<B>(
    (made, status, answer): Made<B>,
    library: &Library,
    log: &Log,
) -> Result<B, String> {
    keep_log(log, library, 0, answer.log);
    match (status, made) {
        (STATUS_OK, Some(made)) => Ok(made),
        (STATUS_WARNING, Some(made)) => {
            keep_log(log, library, 0, vec![warning(answer.error)]);
            Ok(made)
        }
        (STATUS_PANIC, _) => Err(format!("panic: {}", told(answer.error))),
        _ => Err(told(answer.error)),
    }
}

/// What a call that ended with a warning is to be noted for.
fn warning(text: String) -> (LogLevel, String) {
    (LogLevel::Warning, told(text))
}

/// What a library that returned FATAL is told.
const BROKEN: &str = "the library reported that it is broken; no instance of it is used any more";

impl Strategy for PluginStrategy {
    fn id(&self) -> String {
        self.library.manifest.id.clone()
    }

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
        // Another run, on another thread, may have met the end of the library first.
        let unusable = match (self.ended, self.library.is_broken()) {
            (true, _) => Some("it was used again after an error"),
            (false, true) => Some(BROKEN),
            (false, false) => None,
        };
        if let Some(why) = unusable {
            return Err(self.error(view, StrategyErrorKind::Failed, why.to_owned()));
        }
        self.change_course(view)?;
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
        let mut lines = std::mem::take(&mut answer.log);
        if status == STATUS_WARNING {
            lines.push(warning(std::mem::take(&mut answer.error)));
        }
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
