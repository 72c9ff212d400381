//! `zalm plugin dev --live`: one run, month by month. When the source changes, the strategy is built
//! again and takes over between two months, with what its predecessor kept.

use super::build::build;
use super::dev::last_change;
use crate::asked::Changes;
use crate::exit::{Exit, Failure};
use crate::plugin_problems::terms;
use crate::stderr::tell;
use crate::stdout::{one_line, print};
use std::path::Path;
use std::time::{Duration, SystemTime};
use zalm_model::{RunError, Simulation, Strategy, StrategySource as _};
use zalm_plugin_host::{Lock, OwnDescription, PluginSource, SearchPath};
use zalm_scenario::{Scenario, StrategyUse};

/// Time between two looks at a source that failed.
const LOOK: Duration = Duration::from_millis(300);

/// What is played.
pub struct Live<'a> {
    /// The scenario file.
    pub scenario: &'a Path,
    /// Folder of the strategy.
    pub dir: &'a Path,
    /// Time between two months.
    pub pace: Duration,
}

/// The strategy that decides now.
struct Playing {
    name: String,
    own: Vec<OwnDescription>,
    strategy: Box<dyn Strategy>,
    /// Its libraries and processes.
    _source: PluginSource,
}

/// The run so far.
struct Stage<'a> {
    scenario: &'a Scenario,
    simulation: Simulation,
    /// Lines of the log that were shown.
    told: usize,
}

impl Live<'_> {
    /// Plays to the last month of the scenario.
    ///
    /// # Errors
    /// When the scenario is not sound or the strategy cannot be built the first time.
    pub fn play(&self) -> Result<Exit, Failure> {
        let checked = Changes::default().read(self.scenario)?;
        let scenario = &checked.scenario;
        let mut seen = last_change(self.dir);
        let mut playing = self.built(scenario)?;
        let mut stage = Stage::at_policy_date(scenario)?;
        let mut exchanged = 0;
        while stage.simulation.month() < scenario.months {
            if let Some(next) = self.exchange(scenario, &mut seen) {
                exchanged += 1;
                if next.own == playing.own {
                    stage.say(&format!("{} goes on", next.name))?;
                } else {
                    stage = Stage::at_policy_date(scenario)?;
                    stage.say(&format!("{} keeps other columns, and begins", next.name))?;
                }
                playing = next;
            } else if let Err(error) = stage.next_month(playing.strategy.as_mut()) {
                tell(format!(
                    "error: {error}; waiting for a change of the source"
                ));
                playing = self.wait(scenario, &mut seen);
                stage = Stage::at_policy_date(scenario)?;
            } else {
                stage.tell_news()?;
                std::thread::sleep(self.pace);
            }
        }
        let times = match exchanged {
            0 => String::new(),
            _ => {
                format!("; {exchanged} exchanges on the way, so this is the result of no strategy")
            }
        };
        print(&format!("the end{times}\n"))?;
        Ok(Exit::Good)
    }

    /// The strategy as it is built now, in a process of its own.
    fn built(&self, scenario: &Scenario) -> Result<Playing, Failure> {
        let library = build(self.dir)?.library;
        let id = &library.manifest.id;
        let own = scenario.strategies.iter().find(|used| used.plugin == *id);
        let used = own.cloned().unwrap_or_else(|| StrategyUse::of(id, id));
        let search = SearchPath::only([self.dir.join("plugins")]);
        let terms = terms(Lock::default(), Some(None))?;
        let loaded = PluginSource::load_on(std::slice::from_ref(&used), &search, &terms);
        let source = loaded.map_err(|problems| Failure::invalid(problems[0].to_string()))?;
        let strategy = source.create(&used.name);
        Ok(Playing {
            strategy: strategy.map_err(|error| Failure::invalid(error.to_string()))?,
            own: library.description.own.clone(),
            name: format!("{id} {}", &library.sha256[..12]),
            _source: source,
        })
    }

    /// The next strategy, when the source changed and compiles.
    fn exchange(&self, scenario: &Scenario, seen: &mut SystemTime) -> Option<Playing> {
        let newest = last_change(self.dir);
        if newest <= *seen {
            return None;
        }
        *seen = newest;
        match self.built(scenario) {
            Ok(next) => Some(next),
            Err(failure) => {
                tell(format!(
                    "{}; the run goes on as it was",
                    failure.text.trim_end()
                ));
                None
            }
        }
    }

    /// The first that compiles after a failure.
    fn wait(&self, scenario: &Scenario, seen: &mut SystemTime) -> Playing {
        loop {
            if let Some(next) = self.exchange(scenario, seen) {
                return next;
            }
            std::thread::sleep(LOOK);
        }
    }
}

impl<'a> Stage<'a> {
    /// The first replication up to the month in which strategies begin to act.
    fn at_policy_date(scenario: &'a Scenario) -> Result<Self, Failure> {
        let mut simulation = Simulation::new(scenario, 0);
        let months = scenario.policy_date.since(scenario.start).cast_unsigned();
        let done = simulation.run_to(months, None);
        done.map_err(|error| Failure::unexpected(error.to_string()))?;
        Ok(Self {
            scenario,
            told: simulation.log().len(),
            simulation,
        })
    }

    fn next_month(&mut self, strategy: &mut (dyn Strategy + 'static)) -> Result<(), RunError> {
        let next = self.simulation.month() + 1;
        self.simulation.run_to(next, Some(strategy))
    }

    /// A line with the month that comes.
    fn say(&self, text: &str) -> Result<(), Failure> {
        let month = self.simulation.month().cast_signed();
        print(&format!("{}  {text}\n", self.scenario.start.plus(month)))
    }

    /// What happened since the last time.
    fn tell_news(&mut self) -> Result<(), Failure> {
        let log = self.simulation.log();
        for (month, happening) in &log[self.told..] {
            let month = self.scenario.start.plus(month.cast_signed());
            print(&format!("{month}  {}\n", one_line(&happening.to_string())))?;
        }
        self.told = log.len();
        Ok(())
    }
}
