//! The strategies of a scenario, loaded and checked: what the model takes its strategies from.

use crate::instance::PluginStrategy;
use crate::isolated::Pool;
use crate::library::Library;
use crate::lock::Lock;
use crate::log::{Log, LogLine};
use crate::nearest::nearest;
use crate::parameters::CheckedParameters;
use crate::problem::{PluginProblem, PluginProblemKind};
use crate::search::{SearchPath, find, find_all};
use std::cmp::Ordering;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zalm_model::{
    Layer, Layered, MetricSpec, Role, Strategy, StrategyError, StrategyErrorKind, StrategySource,
};
use zalm_scenario::{LayerUse, StrategyUse};

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
    /// Its processes, when it has its own.
    pool: Option<Arc<Pool>>,
}

/// How strategies get processes of their own.
#[derive(Clone, Debug)]
pub struct Isolation {
    /// The program and its arguments that end in [`serve`](crate::serve); the socket and the library follow.
    pub program: PathBuf,
    /// Words between the program and the socket.
    pub words: Vec<String>,
    /// Longest time for one call.
    pub limit: Duration,
}

/// On what terms libraries are used.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Libraries that must be these and no others.
    pub lock: Lock,
    /// Processes of their own; without, strategies run in this process.
    pub isolation: Option<Isolation>,
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
        for strategy in strategies {
            let before = loaded.len();
            for layer in strategy.in_layers() {
                match load_one(&strategy.name, &layer, search, terms, &log) {
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

fn load_one(
    name: &str,
    strategy: &LayerUse,
    search: &SearchPath,
    terms: &Terms,
    log: &Arc<Log>,
) -> Result<PluginUse, Vec<PluginProblemKind>> {
    let found =
        find(&strategy.plugin, search).ok_or_else(|| vec![missing(&strategy.plugin, search)])?;
    let found = terms.lock.choose(&strategy.plugin, found, search);
    let library = found
        .load()
        .map_err(|refusal| vec![PluginProblemKind::Refused(refusal)])?;
    let parameters = library
        .description
        .check(&strategy.parameters)
        .map_err(|problems| {
            problems
                .into_iter()
                .map(PluginProblemKind::Parameter)
                .collect::<Vec<_>>()
        })?;
    let isolation = terms.isolation.clone();
    let pool = isolation.map(|isolation| Pool::new(isolation, found.file.clone(), &library.sha256));
    let log = Arc::clone(log);
    PluginStrategy::create(Arc::clone(&library), pool.as_ref(), &parameters.json, log)
        .map_err(|error| vec![PluginProblemKind::Create(error.message)])?;
    Ok(PluginUse {
        name: name.to_owned(),
        file: found.file,
        library,
        parameters,
        pool,
    })
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
            let strategy = PluginStrategy::create(
                Arc::clone(&used.library),
                used.pool.as_ref(),
                &used.parameters.json,
                Arc::clone(&self.log),
            )?;
            layers.push(Layer {
                role: used.library.description.role.into(),
                plugin: used.library.manifest.id.clone(),
                strategy: Box::new(strategy),
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
