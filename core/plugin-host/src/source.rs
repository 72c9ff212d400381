//! The strategies of a scenario, loaded and checked: what the model takes its strategies from.

use crate::description::Description;
use crate::instance::{Course, PluginStrategy};
use crate::isolated::Pool;
use crate::library::Library;
use crate::lock::Lock;
use crate::log::{Log, LogLine};
use crate::nearest::nearest;
use crate::parameters::{CheckedParameters, ParameterProblem};
use crate::problem::{PluginProblem, PluginProblemKind};
use crate::process::OwnProcess;
use crate::search::{SearchPath, find, find_all};
use crate::trial::Trial;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::ScopedJoinHandle;
use zalm_model::{
    Layer, Layered, MetricSpec, Role, Strategy, StrategyError, StrategyErrorKind, StrategySource,
};
use zalm_scenario::{LayerUse, Month, StrategyUse};

/// A strategy of a scenario with its loaded library.
#[derive(Clone, Debug)]
pub struct PluginUse {
    /// Name of the strategy in the scenario.
    pub name: String,
    /// The file that the library was loaded from.
    pub file: PathBuf,
    /// The library: manifest (id, version, SDK, compiler), hash, description (names, parameters).
    pub library: Arc<Library>,
    /// All parameters, defaults filled in.
    pub parameters: CheckedParameters,
    /// All parameters from later months on, in order of time.
    pub changes: Vec<(Month, CheckedParameters)>,
    /// Its processes, when it has its own.
    pool: Option<Arc<Pool>>,
}

impl PluginUse {
    /// All parameters that the plugin gets, as JSON with sorted keys; then each later month with
    /// those from there on.
    pub fn course(&self) -> Vec<String> {
        let first = self.parameters.json.clone();
        let later = self.changes.iter();
        let later = later.map(|(from, all)| format!("from {from}: {}", all.json));
        std::iter::once(first).chain(later).collect()
    }

    /// A fresh instance.
    fn instance(&self, log: &Arc<Log>) -> Result<PluginStrategy, StrategyError> {
        let course = Course {
            first: &self.parameters.json,
            later: &self.changes,
        };
        let (library, pool) = (Arc::clone(&self.library), self.pool.as_ref());
        PluginStrategy::create(library, pool, course, Arc::clone(log))
    }
}

/// On what terms libraries are used.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Libraries that must be these and no others.
    pub lock: Lock,
    /// How a library gets a process of its own, in which it is tried before it is loaded here (on Unix
    /// systems); without, it is loaded at once.
    pub own_process: Option<OwnProcess>,
    /// Whether strategies also run there.
    pub isolate: bool,
}

/// Makes the strategies of a scenario.
#[derive(Debug)]
pub struct PluginSource {
    strategies: Vec<PluginUse>,
    log: Arc<Log>,
}

impl PluginSource {
    /// Loads the library of every strategy, checks all parameters and makes one trial instance of
    /// each.
    ///
    /// # Errors
    /// Every problem of every strategy.
    pub fn load(
        strategies: &[StrategyUse],
        search: &SearchPath,
    ) -> Result<Self, Vec<PluginProblem>> {
        Self::load_on(strategies, search, &Terms::default())
    }

    /// As [`PluginSource::load`], on these terms.
    ///
    /// # Errors
    /// Every problem of every strategy.
    pub fn load_on(
        strategies: &[StrategyUse],
        search: &SearchPath,
        terms: &Terms,
    ) -> Result<Self, Vec<PluginProblem>> {
        let log = Arc::new(Log::default());
        let mut loaded = Vec::new();
        let mut problems = Vec::new();
        let mut tried = load_all(strategies, search, terms, &log).into_iter();
        for strategy in strategies {
            let before = loaded.len();
            for (layer, one) in strategy.in_layers().into_iter().zip(&mut tried) {
                match one {
                    Ok(one) => loaded.push(one),
                    Err(kinds) => problems.extend(kinds.into_iter().map(|kind| PluginProblem {
                        strategy: strategy.name.clone(),
                        plugin: layer.plugin.clone(),
                        kind,
                    })),
                }
            }
            problems.extend(contradictions(&loaded[before..]));
        }
        if problems.is_empty() {
            Ok(Self {
                strategies: loaded,
                log,
            })
        } else {
            Err(problems)
        }
    }

    /// The strategies, in the order of the scenario.
    pub fn strategies(&self) -> &[PluginUse] {
        &self.strategies
    }

    /// What strategies said to people so far, in all runs: by plugin, level and text.
    pub fn log(&self) -> Vec<LogLine> {
        self.log.lines()
    }
}

/// What is wrong with the order and the roles of a strategy's layers.
fn contradictions(layers: &[PluginUse]) -> impl Iterator<Item = PluginProblem> {
    layers.windows(2).filter_map(|pair| {
        let [(one, first), (two, second)] =
            [&pair[0], &pair[1]].map(|used| (used, Role::from(used.library.description.role)));
        let [one_id, two_id] = [one, two].map(|used| used.library.manifest.id.clone());
        let (message, expected) = match first.cmp(&second) {
            Ordering::Less => return None,
            Ordering::Equal => (
                format!(
                    "layers {one_id:?} and {two_id:?} both decide about {}",
                    first.name()
                ),
                "at most one layer for each of form, network and financing",
            ),
            Ordering::Greater => (
                format!(
                    "layer {two_id:?}, for {}, comes after {one_id:?}, for {}",
                    second.name(),
                    first.name()
                ),
                "layers in the order form, network, financing",
            ),
        };
        Some(PluginProblem {
            strategy: two.name.clone(),
            plugin: two_id,
            kind: PluginProblemKind::Layers {
                other: one_id,
                message,
                expected,
            },
        })
    })
}

/// What becomes of each layer of each strategy. All are tried at the same time, as a trial is mostly
/// waiting for a process to begin.
fn load_all(
    strategies: &[StrategyUse],
    search: &SearchPath,
    terms: &Terms,
    log: &Arc<Log>,
) -> Vec<Result<PluginUse, Vec<PluginProblemKind>>> {
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for strategy in strategies {
            for layer in strategy.in_layers() {
                let name = &strategy.name;
                threads.push(scope.spawn(move || load_one(name, &layer, search, terms, log)));
            }
        }
        let joined = threads.into_iter().map(ScopedJoinHandle::join);
        joined
            .map(|loaded| loaded.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn load_one(
    name: &str,
    strategy: &LayerUse,
    search: &SearchPath,
    terms: &Terms,
    log: &Arc<Log>,
) -> Result<PluginUse, Vec<PluginProblemKind>> {
    let found =
        find(&strategy.plugin, search).ok_or_else(|| vec![missing(&strategy.plugin, search)])?;
    // Pinned is what it is called now, whatever the scenario calls it.
    let id = found.manifest.as_ref().map(|manifest| manifest.id.clone());
    let id = id.unwrap_or_else(|_| strategy.plugin.clone());
    let found = terms.lock.choose(&id, found, search);
    let trial = Trial::new(&found, terms.own_process.as_ref(), terms.isolate, log);
    let library = trial.load();
    let library = library.map_err(|refusal| vec![PluginProblemKind::Refused(refusal)])?;
    let (parameters, changes) = course(&library.description, strategy).map_err(|problems| {
        let kinds = problems.into_iter().map(PluginProblemKind::Parameter);
        kinds.collect::<Vec<_>>()
    })?;
    // What does not go together is told before any run, also of values that come later.
    let later = changes.iter().map(|(_, later)| later);
    for parameters in std::iter::once(&parameters).chain(later) {
        let tried = trial.instance(&library, &parameters.json);
        tried.map_err(|kind| vec![kind])?;
    }
    let pool = trial.into_pool();
    Ok(PluginUse {
        name: name.to_owned(),
        file: found.file,
        library,
        parameters,
        changes,
        pool,
    })
}

/// All parameters from the start and from later months on.
type Parameters = (CheckedParameters, Vec<(Month, CheckedParameters)>);

/// # Errors
/// Every parameter that is wrong.
fn course(
    description: &Description,
    strategy: &LayerUse,
) -> Result<Parameters, Vec<ParameterProblem>> {
    let mut wrong = Vec::new();
    let mut told = |problems: Vec<ParameterProblem>| {
        for problem in problems {
            // A default that a change does not touch is wrong once, not in every month.
            if !wrong.contains(&problem) {
                wrong.push(problem);
            }
        }
    };
    let first = description.check(&strategy.parameters);
    let first = first.map_err(&mut told).ok();
    let mut now = first
        .as_ref()
        .map_or_else(BTreeMap::new, |first| first.values.clone());
    let mut later = Vec::new();
    for change in &strategy.changes {
        // The change alone first, so that what is wrong is told by the name that was written.
        let given = description.named(&change.parameters);
        let all = given.and_then(|given| {
            now.extend(given);
            description.check(&now)
        });
        later.extend(all.map_err(&mut told).ok().map(|all| (change.from, all)));
    }
    match first {
        Some(first) if wrong.is_empty() => Ok((first, later)),
        _ => Err(wrong),
    }
}

fn missing(id: &str, search: &SearchPath) -> PluginProblemKind {
    let mut available: Vec<String> = find_all(search)
        .into_iter()
        .filter_map(|found| found.manifest.ok())
        .map(|m| m.id)
        .collect();
    available.sort();
    available.dedup();
    PluginProblemKind::Missing {
        nearest: nearest(id, available.iter().map(String::as_str)).map(str::to_owned),
        available,
        searched: search.dirs().to_vec(),
    }
}

impl StrategySource for PluginSource {
    fn metrics(&self) -> Vec<MetricSpec> {
        let mut metrics: Vec<MetricSpec> = Vec::new();
        for spec in self
            .strategies
            .iter()
            .flat_map(|used| &used.library.metrics)
        {
            if metrics.iter().all(|one| one.name != spec.name) {
                metrics.push(spec.clone());
            }
        }
        metrics
    }

    fn create(&self, name: &str) -> Result<Box<dyn Strategy>, StrategyError> {
        let mut layers = Vec::new();
        for used in self.strategies.iter().filter(|one| one.name == name) {
            layers.push(Layer {
                role: used.library.description.role.into(),
                plugin: used.library.manifest.id.clone(),
                strategy: Box::new(used.instance(&self.log)?),
            });
        }
        match layers.len() {
            0 => Err(StrategyError {
                strategy: name.to_owned(),
                month: 0,
                kind: StrategyErrorKind::Create,
                message: "the scenario has no strategy of this name".into(),
            }),
            1 => Ok(layers.remove(0).strategy),
            _ => Ok(Box::new(Layered::new(layers))),
        }
    }
}
