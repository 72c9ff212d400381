//! What is asked: a scenario with the changes of the command line.

use crate::choice::choose;
use crate::exit::Failure;
use crate::words::line;
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_plugin_host::{Lock, SearchPath};
use zalm_scenario::{Checked, Source, resolved};

/// A path into a scenario with its value.
#[derive(Clone, Debug)]
pub struct Setting {
    path: String,
    value: String,
}

/// Changes to what a scenario says.
#[derive(Args, Clone, Debug, Default)]
pub struct Changes {
    /// Change a value of the scenario, such as parameters.team.effect=2.5; can be repeated
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    set: Vec<Setting>,
    /// Seed of all randomness, instead of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// A scenario with changes: what most commands begin with.
#[derive(Args, Clone, Debug)]
pub struct Given {
    /// The scenario, a RON file
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// What is changed in it.
    #[command(flatten)]
    pub changes: Changes,
    /// Texts that were kept of it, to be read instead of files.
    #[arg(skip)]
    pub kept: Option<Vec<Source>>,
}

/// Where strategy libraries are looked for.
#[derive(Args, Clone, Debug, Default)]
pub struct Libraries {
    /// Folder to look in for strategy libraries, before the usual ones; can be repeated
    #[arg(long, value_name = "DIR")]
    plugins: Vec<PathBuf>,
}

/// Which strategy libraries are run, and where.
#[derive(Args, Clone, Debug, Default)]
pub struct Strategies {
    /// Where they are.
    #[command(flatten)]
    pub libraries: Libraries,
    /// Give every strategy a process of its own: a crash, or no answer within SECONDS [default: 10],
    /// ends its run only; the results are the same
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "absent, without a value, with one")]
    pub isolate: Option<Option<u32>>,
    /// The libraries that a run was made with; else those of the lock beside the scenario.
    #[arg(skip)]
    pub pinned: Option<Lock>,
}

/// How much of a comparison is asked.
#[derive(Args, Clone, Debug, Default)]
pub struct Extent {
    /// Replications, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    replications: Option<u32>,
    /// Compare only this strategy with the null alternative; can be repeated. A plugin that the
    /// scenario does not name takes part with its default parameters
    #[arg(long, value_name = "NAME")]
    strategy: Vec<String>,
}

/// A checked scenario with the changes applied.
pub struct Asked {
    /// The scenario and the texts it was read from; `resolved` follows the changes.
    pub checked: Checked,
    /// The command that asks the same, from its verb on.
    pub command: String,
    /// The same, word by word.
    pub words: Vec<String>,
}

fn setting(text: &str) -> Result<Setting, String> {
    let (path, value) = text
        .split_once('=')
        .ok_or("expected PATH=VALUE, such as months=120")?;
    Ok(Setting {
        path: path.to_owned(),
        value: value.to_owned(),
    })
}

impl Given {
    /// Start of the command that repeats one run.
    pub fn rerun(&self, strategies: &Strategies) -> String {
        let scenario = self.scenario.display().to_string();
        let mut all = vec!["zalm".to_owned(), "run".to_owned(), scenario];
        all.extend(self.changes.words());
        all.extend(strategies.words());
        line(all.iter().map(String::as_str))
    }

    /// The scenario with the changes.
    ///
    /// # Errors
    /// All problems of the scenario, drawn into its text.
    pub fn read(&self) -> Result<Checked, Failure> {
        self.read_with(Vec::new())
    }

    /// The scenario with the changes and then some more.
    ///
    /// # Errors
    /// All problems of the scenario, drawn into its text.
    pub fn read_with(&self, more: Vec<(String, String)>) -> Result<Checked, Failure> {
        let pairs = [self.changes.pairs(), more].concat();
        read(&self.scenario, &pairs, self.kept.as_deref())
    }
}

impl Changes {
    /// The scenario with these changes.
    ///
    /// # Errors
    /// All problems of the scenario, drawn into its text.
    pub fn read(&self, scenario: &Path) -> Result<Checked, Failure> {
        read(scenario, &self.pairs(), None)
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let set = self.set.iter().map(|s| (s.path.clone(), s.value.clone()));
        let seed = self.seed.map(|seed| ("seed".to_owned(), seed.to_string()));
        set.chain(seed).collect()
    }

    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for Setting { path, value } in &self.set {
            words.extend(["--set".to_owned(), format!("{path}={value}")]);
        }
        words.extend(
            self.seed
                .iter()
                .flat_map(|n| ["--seed".to_owned(), n.to_string()]),
        );
        words
    }
}

impl Libraries {
    /// The folders to search, in order.
    pub fn search(&self) -> SearchPath {
        SearchPath::new(&self.plugins)
    }

    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let word = |dir: &PathBuf| ["--plugins".to_owned(), dir.display().to_string()];
        self.plugins.iter().flat_map(word).collect()
    }
}

impl Strategies {
    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let isolate = self.isolation_words();
        self.libraries.words().into_iter().chain(isolate).collect()
    }

    /// Only where they are run, as words of a command.
    pub fn isolation_words(&self) -> Option<String> {
        self.isolate.map(|limit| match limit {
            Some(seconds) => format!("--isolate={seconds}"),
            None => "--isolate".to_owned(),
        })
    }
}

impl Extent {
    /// The scenario with the changes, as far as it is asked; `verb` is the command that asks.
    ///
    /// # Errors
    /// All problems of the scenario, or strategies that do not exist.
    pub fn read(&self, verb: &str, given: &Given, libraries: &Libraries) -> Result<Asked, Failure> {
        let more = self.replications.iter();
        let more = more.map(|n| ("replications".to_owned(), n.to_string()));
        let mut checked = given.read_with(more.collect())?;
        choose(&mut checked.scenario, &self.strategy, &libraries.search())?;
        checked.resolved = resolved(&checked.scenario);
        let mut words = vec![verb.to_owned(), given.scenario.display().to_string()];
        words.extend(given.changes.words());
        words.extend(self.words());
        words.extend(libraries.words());
        Ok(Asked {
            checked,
            command: line(words.iter().map(String::as_str)),
            words,
        })
    }

    fn words(&self) -> Vec<String> {
        let number = |n: &u32| ["--replications".to_owned(), n.to_string()];
        let name = |name: &String| ["--strategy".to_owned(), name.clone()];
        let numbers = self.replications.iter().flat_map(number);
        numbers.chain(self.strategy.iter().flat_map(name)).collect()
    }
}

fn read(
    scenario: &Path,
    pairs: &[(String, String)],
    kept: Option<&[Source]>,
) -> Result<Checked, Failure> {
    let read = match kept {
        Some(texts) => zalm_scenario::read_kept(scenario, pairs, texts),
        None => zalm_scenario::read(scenario, pairs),
    };
    read.map_err(|problems| Failure::of_scenario(&problems))
}
