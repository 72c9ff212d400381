//! `zalm compare`: strategies x stressors x replications, statistics, run folder, report.

use crate::after_runs::{tell_failures, tell_log};
use crate::asked::{Asked, Extent, Given, Strategies};
use crate::clock::now;
use crate::design::{Design, Stopping, stopped};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::made::{Made, Ran};
use crate::plugin_problems::load;
use crate::progress::{Progress, took_time};
use crate::provenance::provenance;
use crate::say::say;
use crate::shard;
use crate::stderr::tell;
use crate::stdout::{columns, print};
use crate::threads::Threads;
use crate::under_way;
use crate::words;
use clap::Args;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use zalm_experiment::store::{Input, Recipe};
use zalm_experiment::{
    Enough, Host, Keep, Part, Placed, Played, Point, Provenance, Results, RunOptions, Study,
    StudyError, compare_json,
};
use zalm_instruments::comparison::Courses;
use zalm_plugin_host::PluginSource;
use zalm_report::comparison_text;
use zalm_scenario::{Scenario, Source};

/// Compare the strategies of a scenario under its stressors.
///
/// Prints each metric as level and as paired difference from the null alternative, with 95 %
/// intervals, and writes a run folder with the report. When it is interrupted, by Ctrl-C or
/// otherwise, the same command continues where it ended.
#[derive(Args, Clone, Debug)]
pub struct Compare {
    /// The scenario.
    #[command(flatten)]
    pub given: Given,
    /// Run folder to make or to continue [default: the next runs/SCENARIO-N, or the last one when the
    /// same comparison is unfinished in it]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Play only part I of N, for machines that share the folder of --out; when all N are there,
    /// `zalm merge DIR` makes the run folder
    #[arg(long, value_name = "I/N", requires = "out", conflicts_with_all = ["precision", "select", "json", "all"])]
    shard: Option<Part>,
    /// How many threads.
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    extent: Extent,
    #[command(flatten)]
    design: Design,
    #[command(flatten)]
    stopping: Stopping,
    /// Which libraries.
    #[command(flatten)]
    pub strategies: Strategies,
    /// How it is told.
    #[command(flatten)]
    pub told: Told,
    /// Show every metric in the table, not only the key metrics
    #[arg(long)]
    pub all: bool,
}

/// What is kept of a run: enough for the tables.
pub const KEEP: Keep = Keep::Series;

/// What is asked, read and checked, with the strategies that decide.
pub struct Question {
    /// The scenario.
    pub asked: Asked,
    /// The strategies.
    pub source: PluginSource,
    /// The points to play.
    pub points: Vec<Point>,
    /// Where the results come from.
    pub provenance: Provenance,
    enough: Option<Enough>,
}

impl Question {
    /// The scenario that is played.
    pub fn scenario(&self) -> &Scenario {
        &self.asked.checked.scenario
    }

    /// The replications of each point.
    pub fn replications(&self) -> Range<u32> {
        0..self.scenario().replications
    }
}

impl Compare {
    /// Runs the comparison.
    ///
    /// # Errors
    /// When something is wrong with the input or the run folder, or when it is interrupted.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let stop = stop_flag()?;
        let question = self.question()?;
        if let (Some(part), Some(out)) = (self.shard, &self.out) {
            return shard::play(self, &question, (part, out), &stop);
        }
        self.answered(&question, &stop)
    }

    /// Runs what is missing, and prints the answer.
    ///
    /// # Errors
    /// As [`Compare::execute`].
    pub fn answered(&self, question: &Question, stop: &AtomicBool) -> Result<Exit, Failure> {
        let lang = self.told.language();
        let made = self.made(question, stop)?;
        if self.told.json {
            print(&compare_json(&made.ran.results, &made.summary))?;
        } else {
            print(&comparison_text(&made.input, lang, self.all, columns()))?;
        }
        let file = made.folder.join("report.html");
        tell(say("report", &[("file", &file.display())]));
        Ok(tell_failures(&made.ran.results))
    }

    /// Refuses what cannot be cut into shards by somebody else.
    ///
    /// # Errors
    /// When it is a shard itself, or stops by what all shards together give.
    pub fn can_be_cut(&self) -> Result<(), Failure> {
        if self.shard.is_some() {
            return Err(Failure::usage(say("shard-is-slurms", &[])));
        }
        if !self.stopping.words().is_empty() {
            return Err(Failure::usage(say("stopping-uncut", &[])));
        }
        Ok(())
    }

    /// Everything that is asked, read and checked.
    ///
    /// # Errors
    /// When something is wrong with the input.
    pub fn question(&self) -> Result<Question, Failure> {
        let lang = self.told.language();
        let kept = self.given.kept.as_deref();
        let asked = self
            .extent
            .read("compare", &self.given, &self.strategies.libraries)?;
        let source = load(&self.given.scenario, &asked.checked, &self.strategies)?;
        let scenario = &asked.checked.scenario;
        let enough = self.stopping.enough(scenario)?;
        let (points, design) = self.design.points(scenario, kept)?;
        // What is wrong with a point is told before a folder is made.
        Point::scenarios(&points, scenario).map_err(|problems| Failure::all(&problems))?;
        let stopping = self.stopping.words();
        let own = [self.design.words(), stopping.clone()].concat();
        let line = |words: &[String]| words::line(words.iter().map(String::as_str));
        let design = format!("{design} {}", line(&stopping)).trim().to_owned();
        let mut provenance = provenance(&asked, &source, &line(&own), design);
        let read = asked.checked.sources.iter();
        // Settings are in the words.
        let files = read.filter(|source| source.name != "--set");
        let input = |source: &Source| Input {
            name: source.name.clone(),
            text: source.text.clone(),
        };
        let inputs = files.map(input).chain(self.design.input(kept)?).collect();
        provenance.recipe =
            Recipe::new([&asked.words[..], &own].concat(), lang.to_string(), inputs);
        Ok(Question {
            asked,
            source,
            points,
            provenance,
            enough,
        })
    }

    /// The points that are played, and whether several of them are a sample.
    ///
    /// # Errors
    /// When something is wrong with the design.
    pub fn points(&self, scenario: &Scenario) -> Result<(Vec<Point>, bool), Failure> {
        let kept = self.given.kept.as_deref();
        let (points, _) = self.design.points(scenario, kept)?;
        Ok((points, self.design.is_sample()))
    }

    /// Runs what is missing, and writes the run folder.
    ///
    /// # Errors
    /// When something is wrong with the run folder, or when it is interrupted.
    pub fn made(&self, question: &Question, stop: &AtomicBool) -> Result<Made, Failure> {
        let lang = self.told.language();
        let (scenario, provenance) = (question.scenario(), &question.provenance);
        let folder = under_way::open(self.out.as_deref(), &self.given.scenario, provenance)?;
        let path = folder.folder().to_owned();
        let study = Study::in_folder(scenario, &question.source, &folder).thin();
        let ended = |error| under_way::ended(error, &folder);
        let placed = study.place(&question.points, KEEP).map_err(ended)?;
        let done = placed.done(question.replications());
        if !folder.is_complete() {
            under_way::tell_resuming(done);
        } else if question.enough.is_none() && done.0 < done.1 {
            return Err(Failure::invalid(say(
                "journal-spoilt",
                &[
                    ("folder", &path.display()),
                    ("done", &done.0),
                    ("all", &done.1),
                ],
            )));
        }
        let mut ran = self.run(&placed, question, done, stop).map_err(ended)?;
        let replications = 0..ran.results.replications.len() as u32;
        let rerun = self.given.rerun(&self.strategies);
        let played = Played::new(&placed, replications, &rerun);
        let courses = Courses::read(&played, scenario, &mut ran.results).map_err(ended)?;
        let made = Made::of(ran, scenario, &courses, provenance.clone(), lang, path);
        // They need not be in memory while the folder is written.
        drop(courses);
        if !folder.is_complete() {
            made.keep(&folder, &played, lang)?;
        }
        tell_log(&question.source);
        Ok(made)
    }

    /// All runs that are not there yet.
    fn run(
        &self,
        placed: &Placed,
        question: &Question,
        done: (usize, usize),
        stop: &AtomicBool,
    ) -> Result<Ran, StudyError> {
        let started = now();
        let most = question.scenario().replications;
        let ended = self.playing(question, done, stop, |options| match &question.enough {
            None => placed
                .evaluate(0..most, options)
                .map(|results| (Results::joined(results), None)),
            Some(enough) => placed
                .until(enough, most, options)
                .map(|(results, look)| (results, Some(look))),
        });
        let (mut results, look) = ended?;
        results.sampled = self.design.is_sample();
        if let Some(look) = &look {
            tell(stopped(look, &results));
        }
        Ok(Ran {
            units: placed.keys(0..results.planned),
            results,
            host: Host {
                command_line: words::typed(),
                revision: env!("ZALM_REVISION").to_owned(),
                threads: self.threads.count().get(),
                started,
                finished: now(),
                ..Host::default()
            },
        })
    }

    /// Plays something with progress, and says how long it took.
    pub fn playing<R>(
        &self,
        question: &Question,
        (done, all): (usize, usize),
        stop: &AtomicBool,
        play: impl FnOnce(&RunOptions) -> R,
    ) -> R {
        let scenario = question.scenario();
        let threads = self.threads.count();
        let runs = scenario.strategies.len() * scenario.stressors.len() * (all - done);
        let progress = Progress::start(runs);
        let played = AtomicUsize::new(0);
        let result = play(&RunOptions {
            threads,
            progress: &|done, all| {
                played.fetch_add(1, Ordering::Relaxed);
                progress.show(done, all);
            },
            ..RunOptions::quiet(stop, &self.given.rerun(&self.strategies))
        });
        let took = progress.finish();
        let played = played.into_inner();
        if played > 0 {
            tell(took_time(played, took, threads));
        }
        result
    }
}
