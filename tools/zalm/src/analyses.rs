//! What the analyses share: which scenario is asked, who plays its points, how the answer is given.

use crate::asked::{Extent, Given, Strategies};
use crate::compare::{provenance, tell_log};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::plugin_problems::load;
use crate::progress::Progress;
use crate::stderr::tell;
use crate::stdout::{columns, print};
use crate::threads::Threads;
use crate::under_way::{self, unusable};
use crate::words::line;
use clap::Args;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use zalm_analysis::{Answer, Asked, Finding, Origin, Play, Problem, Voice};
use zalm_experiment::store::UnderWay;
use zalm_experiment::{Keep, Point, Results, RunOptions, Study};
use zalm_report::folded;
use zalm_scenario::Scenario;

/// What every analysis is asked with.
#[derive(Args)]
pub struct Analysis {
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
    /// Folder for the journal, the document and the tables; the same command continues in it
    /// [default: the next runs/SCENARIO-N, or the last one when it holds the same question]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
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
        let voice = Voice::new(self.told.language()?);
        let mut asked = self.extent.read(&self.given, &self.strategies.libraries)?;
        let words = line(
            words
                .iter()
                .flat_map(|(name, value)| [*name, value.as_str()]),
        );
        asked.command = asked.command.replacen("compare", verb, 1);
        let stop = stop_flag()?;
        let source = load(&self.given.scenario, &asked.checked, &self.strategies)?;
        let provenance = provenance(&asked, &source, &words, format!("{verb} {words}"));
        let folder = under_way::open(self.out.as_deref(), &self.given.scenario, &provenance)?;
        let scenario = &asked.checked.scenario;
        let points = Points {
            study: Study::in_folder(scenario, &source, &folder),
            folder: &folder,
            replications: scenario.replications,
            threads: self.threads.count(),
            stop: &stop,
            rerun: self.given.rerun(&self.strategies),
            failed: RefCell::default(),
        };
        let found = ask(scenario, &points).map_err(|problem| match problem {
            Problem::Asked(Asked(text)) => Failure::invalid(text),
            Problem::Played(failure) => failure,
        })?;
        let origin = Origin {
            command: provenance.command.clone(),
            zalm_version: provenance.zalm_version,
        };
        let Answer {
            text,
            json,
            tables,
            page,
        } = Answer::of(&found, &origin, &voice);
        let page = page.map(|page| zalm_report::sheet(&page, voice.lang));
        let page_name = format!("{verb}.html");
        let mut files = vec![
            ("answer.txt", text.as_str()),
            ("answer.json", json.as_str()),
        ];
        files.extend(tables.iter().map(|(name, table)| (*name, table.as_str())));
        if let Some(page) = &page {
            files.push((&page_name, &page.html));
            files.extend(page.figures.iter().map(|(name, svg)| (&**name, &**svg)));
        }
        folder.keep(&files).map_err(|error| unusable(&error))?;
        tell_log(&source);
        if self.told.json {
            print(&json)?;
        } else {
            print(&folded(&text, columns()))?;
        }
        tell(format!("tables: {}", folder.folder().display()));
        if page.is_some() {
            let page = folder.folder().join(&page_name);
            tell(format!("page: {}", page.display()));
        }
        Ok(points.tell_failures())
    }
}

/// Plays the points of a question.
pub struct Points<'a> {
    study: Study<'a>,
    folder: &'a UnderWay,
    replications: u32,
    threads: NonZeroUsize,
    stop: &'a AtomicBool,
    /// Start of the command that repeats one run.
    rerun: String,
    /// Runs that failed: what repeats each, with why.
    failed: RefCell<BTreeSet<(String, String)>>,
}

impl Play for Points<'_> {
    type Error = Failure;

    fn play(&self, points: &[Point], keep: Keep) -> Result<Vec<Results>, Failure> {
        let ended = |error| under_way::ended(error, self.folder);
        let replications = 0..self.replications;
        let (done, all) = self
            .study
            .done(points, replications.clone(), keep)
            .map_err(ended)?;
        let progress = (done < all).then(|| Progress::start(all - done));
        let options = RunOptions {
            threads: self.threads,
            progress: &|done, all| {
                if let Some(progress) = &progress {
                    progress.show(done, all);
                }
            },
            ..RunOptions::quiet(self.stop, &self.rerun)
        };
        let results = self.study.evaluate(points, replications, keep, &options);
        if let Some(progress) = &progress {
            progress.finish();
        }
        let results = results.map_err(ended)?;
        let failures = results.iter().flat_map(Results::failures);
        let failures = failures.map(|(_, one)| (one.rerun.clone(), one.reason.clone()));
        self.failed.borrow_mut().extend(failures);
        Ok(results)
    }
}

impl Points<'_> {
    /// Says how much is played: so many of something, and the runs of each.
    pub fn announce(&self, count: usize, what: &str) {
        let runs = self.replications as usize * self.study.scenario().strategies.len();
        tell(format!("{count} {what}, {runs} runs each"));
    }

    /// Says that runs failed, if some did.
    fn tell_failures(&self) -> Exit {
        let failed = self.failed.borrow();
        let Some((rerun, reason)) = failed.first() else {
            return Exit::Good;
        };
        tell(format!(
            "error: {} runs failed; one of them: {reason}",
            failed.len()
        ));
        tell(format!("  to see it again: {rerun}"));
        Exit::FailedRuns
    }
}

/// Words of an option that can be repeated.
pub fn repeated<'a>(name: &'a str, values: &[impl ToString]) -> Vec<(&'a str, String)> {
    values
        .iter()
        .map(|value| (name, value.to_string()))
        .collect()
}

/// Does the same for every replication, on some threads; results in the order of replications.
///
/// # Errors
/// The first failure, or when it is stopped.
pub fn by_replication<T: Send>(
    replications: u32,
    threads: NonZeroUsize,
    stop: &AtomicBool,
    one: &(dyn Fn(u32) -> Result<T, String> + Sync),
) -> Result<Vec<T>, Failure> {
    let next = AtomicU32::new(0);
    let done = Mutex::new(Vec::new());
    let progress = Progress::start(replications as usize);
    let work = || {
        loop {
            let replication = next.fetch_add(1, Ordering::Relaxed);
            if replication >= replications || stop.load(Ordering::Relaxed) {
                return;
            }
            let result = one(replication);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((replication, result));
            progress.show(done.len(), replications as usize);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(work);
        }
    });
    progress.finish();
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    if done.len() < replications as usize {
        return Err(Failure {
            exit: Exit::Interrupted,
            text: "interrupted: nothing was kept\n".to_owned(),
        });
    }
    done.sort_by_key(|(replication, _)| *replication);
    let result = |(replication, result): (u32, Result<T, String>)| {
        result.map_err(|reason| {
            Failure::unexpected(format!(
                "replication {replication} cannot be played: {reason}"
            ))
        })
    };
    done.into_iter().map(result).collect()
}
