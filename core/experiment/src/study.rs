//! A study: points of one experiment, run as far as they were not run before.
//!
//! Every unit of work (one replication of one point, all strategies under all stressors) is kept
//! under a key of everything that decides its bytes. So a study asks for what it needs, again and
//! again, and only what is new is run: an adaptive method and the continuation of an interrupted
//! command are the same thing.

pub mod design;
mod drawn;
mod enough;
mod part;
mod placed;
mod point;
mod replay;
#[cfg(test)]
mod tests;
mod unit;

pub use drawn::quantile;
pub use enough::{Aim, Enough, Look, Wait};
pub use part::Part;
pub use placed::Placed;
pub use point::{Change, Noise, Point};
pub use replay::Replayed;
pub use unit::{Keep, Key};

use crate::experiment::Experiment;
use crate::pool::locked;
use crate::results::Draw;
use crate::store::{Journal, StoreError, UnderWay};
use crate::words::quoted;
use placed::Site;
use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;
use unit::PointKey;
use zalm_model::StrategySource;
use zalm_scenario::Scenario;
use zalm_statistics::Refused;

/// Runs points of an experiment.
pub struct Study<'a> {
    scenario: &'a Scenario,
    source: &'a dyn StrategySource,
    experiment: Experiment,
    units: Units<'a>,
    /// Whether results leave series and costs where the units are.
    thin: bool,
}

/// Where units are kept.
enum Units<'a> {
    /// For as long as the study lives.
    Memory(Mutex<HashMap<Key, Vec<u8>>>),
    /// In the journal of a run folder.
    Journal(&'a Journal),
}

/// Why a study has no results.
#[derive(Debug)]
pub enum StudyError {
    /// What is wrong with its points.
    Points(Vec<String>),
    /// It was stopped; what was run is kept.
    Stopped {
        /// Units that are done, count.
        done: usize,
        /// Units that were asked for, count.
        all: usize,
    },
    /// A stopping rule cannot be held against the runs.
    Refused(Refused),
    /// The journal cannot be written or read.
    Store(StoreError),
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points(problems) => write!(f, "{}", problems.join("\n")),
            Self::Stopped { done, all } => write!(f, "stopped: {done} of {all} units are done"),
            Self::Refused(refused) => write!(f, "{refused}"),
            Self::Store(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StudyError {}

impl From<StoreError> for StudyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<'a> Study<'a> {
    /// A study that keeps its units for as long as it lives.
    ///
    /// `source` makes the strategies of `scenario`; no point changes those.
    pub fn in_memory(scenario: &'a Scenario, source: &'a dyn StrategySource) -> Self {
        Self {
            scenario,
            source,
            experiment: Experiment::default(),
            units: Units::Memory(Mutex::default()),
            thin: false,
        }
    }

    /// A study that keeps its units in a run folder, and finds there what was run before.
    pub fn in_folder(
        scenario: &'a Scenario,
        source: &'a dyn StrategySource,
        folder: &'a UnderWay,
    ) -> Self {
        Self {
            scenario,
            source,
            experiment: folder.experiment().clone(),
            units: Units::Journal(folder.journal()),
            thin: false,
        }
    }

    /// The same study, whose results leave series, costs and events where the units are kept, so that
    /// memory hardly grows with runs; [`crate::Played`] reads them again.
    #[must_use]
    pub fn thin(mut self) -> Self {
        self.thin = true;
        self
    }

    /// The scenario whose points these are.
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// Places points: each is made into its scenario and checked, once for all that is asked of it.
    ///
    /// # Errors
    /// Everything that is wrong with the points, at once.
    pub fn place(&self, points: &[Point], keep: Keep) -> Result<Placed<'_>, StudyError> {
        let scenarios = Point::scenarios(points, self.scenario).map_err(StudyError::Points)?;
        let sites = points.iter().zip(scenarios);
        let sites = sites.map(|(point, scenario)| self.site(point, scenario, keep));
        Ok(Placed::new(self, sites.collect(), keep))
    }

    fn site(&self, point: &Point, scenario: Scenario, keep: Keep) -> Site {
        // Parts of a whole are not always what was asked.
        let value = |(name, _): (&str, f64)| {
            let value = scenario.parameters.get(name)?.value;
            Some((name.to_owned(), value))
        };
        Site {
            draw: Draw {
                number: point.draw,
                seed: scenario.seed,
                values: point.values().filter_map(value).collect(),
            },
            key: PointKey::new(&self.experiment, &scenario, keep),
            settings: words(&point::settings(self.scenario, &scenario)),
            scenario,
        }
    }
}

impl Units<'_> {
    fn has(&self, key: &Key) -> bool {
        match self {
            Self::Memory(units) => locked(units).contains_key(key),
            Self::Journal(journal) => journal.has(key),
        }
    }

    fn keep(&self, key: Key, bytes: Vec<u8>) -> Result<(), StoreError> {
        match self {
            Self::Memory(units) => {
                locked(units).insert(key, bytes);
                Ok(())
            }
            Self::Journal(journal) => journal.append(key, &bytes),
        }
    }

    fn bytes(&self, key: &Key) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::Memory(units) => {
                let bytes = locked(units).get(key).cloned();
                Ok(bytes.expect("what is missing was run"))
            }
            Self::Journal(journal) => journal.read(key),
        }
    }

    fn strange(&self, key: &Key) -> StoreError {
        match self {
            Self::Memory(_) => unreachable!("this program wrote {key}"),
            Self::Journal(journal) => journal.strange(key),
        }
    }
}

/// Settings as words of a command.
fn words(settings: &[(String, String)]) -> String {
    let setting =
        |(path, value): &(String, String)| format!(" --set {}", quoted(&format!("{path}={value}")));
    settings.iter().map(setting).collect()
}
