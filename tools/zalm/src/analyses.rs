//! What the analyses share: which scenario is asked, who plays its points, how the answer is given.

use crate::after_runs::{Failures, tell_log};
use crate::asked::{Asked, Extent, Given, Strategies};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::plugin_problems::load;
use crate::progress::Progress;
use crate::provenance::provenance;
use crate::say::say;
use crate::stderr::tell;
use crate::threads::Threads;
use crate::under_way::{self, unusable};
use crate::words::line;
use clap::Args;
use std::cell::OnceCell;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zalm_analysis::{Answer, Finding, Origin, Play, Problem, Voice};
use zalm_experiment::store::UnderWay;
use zalm_experiment::{Keep, Point, Provenance, Results, RunOptions, Study};
use zalm_instruments::comparison::names;
use zalm_plugin_host::PluginSource;
use zalm_scenario::Scenario;

/// What every question to a scenario is asked with.
#[derive(Args)]
pub struct Asking {
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    extent: Extent,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    strategies: Strategies,
    #[command(flatten)]
    told: Told,
}

/// What an analysis is asked with: a question that keeps what it plays.
#[derive(Args)]
pub struct Analysis {
    #[command(flatten)]
    asking: Asking,
    /// Folder for the journal, the document and the tables; the same command continues in it
    /// [default: the next runs/SCENARIO-N, or the last one when it holds the same question]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// A question to a scenario, read and checked: nothing is played yet.
pub struct Ready {
    asked: Asked,
    /// The strategies that decide.
    pub source: PluginSource,
    /// Threads asked for.
    pub threads: NonZeroUsize,
    /// Goes up to end early.
    pub stop: Arc<AtomicBool>,
    /// Start of the command that repeats one run.
    pub rerun: String,
    provenance: Provenance,
    voice: Voice,
}

impl Asking {
    /// Reads what is asked; `verb` and `words` are the command that asks the same.
    ///
    /// # Errors
    /// When the scenario has problems, or its strategies are not there.
    pub fn ready(&self, verb: &str, words: &[(&str, String)]) -> Result<Ready, Failure> {
        let voice = Voice::new(self.told.language());
        let libraries = &self.strategies.libraries;
        let asked = self.extent.read(verb, &self.given, libraries)?;
        let words = words.iter();
        let words = line(words.flat_map(|(name, value)| [*name, value.as_str()]));
        let stop = stop_flag()?;
        let source = load(&self.given.scenario, &asked.checked, &self.strategies)?;
        let design = format!("{verb} {words}");
        Ok(Ready {
            provenance: provenance(&asked, &source, &words, design),
            asked,
            source,
            threads: self.threads.count(),
            stop,
            rerun: self.given.rerun(&self.strategies),
            voice,
        })
    }

    /// Prints an answer, after what strategies had to say.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn show(&self, answer: &Answer, ready: &Ready) -> Result<(), Failure> {
        tell_log(&ready.source);
        self.told.show(answer)
    }
}

impl Ready {
    /// The scenario that is asked.
    pub fn scenario(&self) -> &Scenario {
        &self.asked.checked.scenario
    }

    /// The voice of pages, in which strategies and stressors have their names for people.
    fn page_voice(&self) -> Voice {
        let lang = self.voice.lang;
        Voice::naming(lang, names(self.scenario(), &self.provenance, lang))
    }

    /// What was found, as an answer.
    ///
    /// # Errors
    /// When nothing was.
    pub fn answer<A: Finding>(
        &self,
        found: Result<A, Problem<Failure>>,
    ) -> Result<Answer, Failure> {
        match found {
            Ok(found) => {
                let origin = Origin {
                    command: self.provenance.command.clone(),
                    zalm_version: self.provenance.zalm_version.clone(),
                };
                let voices = (&self.voice, &self.page_voice());
                Ok(Answer::told(&found, &origin, voices))
            }
            Err(Problem::Asked(asked)) => Err(Failure::invalid(asked.0)),
            Err(Problem::Played(failure)) => Err(failure),
        }
    }
}

impl Analysis {
    /// Asks a question of the scenario and gives the answer. `verb` and `words` are the command that
    /// asks the same.
    ///
    /// # Errors
    /// When the scenario has problems, the question cannot be asked of it, it cannot be played, or
    /// the answer cannot be written.
    pub fn give<A: Finding>(
        &self,
        verb: &str,
        words: &[(&str, String)],
        ask: impl FnOnce(&Scenario, &Points) -> Result<A, Problem<Failure>>,
    ) -> Result<Exit, Failure> {
        let ready = self.asking.ready(verb, words)?;
        let (scenario, source) = (ready.scenario(), &ready.source);
        let points = Points {
            scenario,
            source,
            folder: OnceCell::new(),
            open: &|| {
                let file = &self.asking.given.scenario;
                under_way::open(self.out.as_deref(), file, &ready.provenance)
            },
            ready: &ready,
            failed: Failures::default(),
        };
        let answer = ready.answer(ask(scenario, &points))?;
        let folder = points.folder()?;
        let page = keep(&answer, verb, folder, &ready.voice)?;
        self.asking.show(&answer, &ready)?;
        tell(say("tables", &[("folder", &folder.folder().display())]));
        if let Some(page) = page {
            tell(say("page", &[("file", &page.display())]));
        }
        Ok(points.failed.tell())
    }
}

/// Keeps an answer in its folder, in every form; gives the file of its page, when it has one.
fn keep(
    answer: &Answer,
    verb: &str,
    folder: &UnderWay,
    voice: &Voice,
) -> Result<Option<PathBuf>, Failure> {
    let page = answer.page.as_ref();
    let page = page.map(|page| zalm_report::sheet(page, voice.lang));
    let page_name = format!("{verb}.html");
    let mut files = vec![
        ("answer.txt", answer.text.as_str()),
        ("answer.json", answer.json.as_str()),
    ];
    let tables = answer.tables.iter();
    files.extend(tables.map(|(name, table)| (*name, table.as_str())));
    if let Some(page) = &page {
        files.push((&page_name, &page.html));
        files.extend(page.figures.iter().map(|(name, svg)| (&**name, &**svg)));
    }
    folder.keep(&files).map_err(|error| unusable(&error))?;
    Ok(page.map(|_| folder.folder().join(&page_name)))
}

/// Plays the points of a question. Its folder is opened when the first are played: a question that is
/// refused leaves none behind.
pub struct Points<'a> {
    scenario: &'a Scenario,
    source: &'a PluginSource,
    folder: OnceCell<UnderWay>,
    open: &'a dyn Fn() -> Result<UnderWay, Failure>,
    ready: &'a Ready,
    failed: Failures,
}

impl Play for Points<'_> {
    type Error = Failure;

    fn play(&self, points: &[Point], keep: Keep) -> Result<Vec<Results>, Failure> {
        let folder = self.folder()?;
        let ended = |error| under_way::ended(error, folder);
        let replications = 0..self.scenario.replications;
        let study = Study::in_folder(self.scenario, self.source, folder);
        let placed = study.place(points, keep).map_err(ended)?;
        let (done, all) = placed.done(replications.clone());
        let progress = (done < all).then(|| Progress::start(all - done));
        let options = RunOptions {
            threads: self.ready.threads,
            progress: &|done, all| {
                if let Some(progress) = &progress {
                    progress.show(done, all);
                }
            },
            ..RunOptions::quiet(&self.ready.stop, &self.ready.rerun)
        };
        let results = placed.evaluate(replications, &options);
        if let Some(progress) = &progress {
            progress.finish();
        }
        let results = results.map_err(ended)?;
        let failures = results.iter().flat_map(Results::failures);
        self.failed.add(failures.map(|(_, failure)| failure));
        Ok(results)
    }
}

impl Points<'_> {
    /// The folder, opened when it is first asked for.
    fn folder(&self) -> Result<&UnderWay, Failure> {
        if let Some(folder) = self.folder.get() {
            return Ok(folder);
        }
        let opened = (self.open)()?;
        Ok(self.folder.get_or_init(|| opened))
    }

    /// Says how much is played: so many of something, and the runs of each.
    pub fn announce(&self, count: usize, what: &str) {
        let runs = self.scenario.replications as usize * self.scenario.strategies.len();
        let many = say("many", &[("of", &what), ("count", &count)]);
        tell(say("runs-each", &[("many", &many), ("runs", &runs)]));
    }
}

/// Words of an option that can be repeated.
pub fn repeated<'a>(name: &'a str, values: &[impl ToString]) -> Vec<(&'a str, String)> {
    values
        .iter()
        .map(|value| (name, value.to_string()))
        .collect()
}
