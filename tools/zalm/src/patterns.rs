//! `zalm patterns`: what the seeds describe, asked of a scenario.

use crate::asked::{Given, Libraries};
use crate::exit::{Exit, Failure, error};
use crate::interrupt::stop_flag;
use crate::language::Told;
use crate::pattern_tables::table;
use crate::plugin_problems::{as_data, lock_beside, terms};
use crate::progress::{Progress, took_time};
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::print;
use crate::threads::Threads;
use clap::Args;
use std::collections::BTreeMap;
use zalm_experiment::patterns::{
    Findings, Inquiry, PATTERNS, Pattern, ask, patterns_json, strategies,
};
use zalm_plugin_host::PluginSource;
use zalm_report::patterns_text;
use zalm_scenario::Checked;

/// Ask the 22 patterns of the seeds of a scenario.
///
/// For each: the effect in pairs of runs, whether it goes when its mechanism is switched off, in
/// what share of the plausible parameter space it has the expected sign, and how it came about.
#[derive(Args)]
pub struct Patterns {
    #[command(flatten)]
    given: Given,
    /// Numbers of the patterns to ask, such as 3,7 [default: all]
    #[arg(long, value_name = "N,..", value_delimiter = ',')]
    only: Vec<u8>,
    /// Pairs of runs for each effect
    #[arg(long, value_name = "N", default_value_t = 30)]
    replications: u32,
    /// Draws from the plausible parameter space; 0 leaves the share out
    #[arg(long, value_name = "N", default_value_t = 40)]
    draws: u32,
    /// Pairs of runs in each draw
    #[arg(long, value_name = "N", default_value_t = 2)]
    draw_replications: u32,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    libraries: Libraries,
    #[command(flatten)]
    told: Told,
}

impl Patterns {
    /// Asks the patterns.
    ///
    /// # Errors
    /// When something is wrong with the input, or when it is interrupted.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let stop = stop_flag()?;
        let lang = self.told.language();
        let patterns = self.chosen()?;
        let checked = self.given.read()?;
        let world = &checked.scenario;
        let (source, unavailable) = self.source(&checked, &patterns)?;
        let progress = Progress::start(0);
        let inquiry = Inquiry {
            world,
            patterns: &patterns,
            replications: self.replications,
            draws: self.draws,
            draw_replications: self.draw_replications,
            unavailable,
            threads: self.threads.count(),
            progress: &|done, all| progress.show(done, all),
            stop: &stop,
        };
        let findings = ask(&inquiry, &source);
        let took = progress.finish();
        let Some(findings) = findings else {
            return Err(Failure::interrupted(say("nothing-found", &[])));
        };
        if self.told.json {
            print(&patterns_json(&inquiry, &findings))?;
        } else {
            print(&patterns_text(&table(&inquiry, &findings, lang), lang))?;
        }
        tell(took_time(findings.runs, took, inquiry.threads));
        Ok(tell_failures(&findings))
    }

    fn chosen(&self) -> Result<Vec<&'static Pattern>, Failure> {
        let numbers = || PATTERNS.iter().map(|pattern| pattern.number);
        if let Some(wrong) = self
            .only
            .iter()
            .find(|only| !numbers().any(|n| n == **only))
        {
            return Err(Failure::usage(say(
                "no-pattern",
                &[
                    ("wrong", wrong),
                    ("first", &numbers().min().unwrap_or(0)),
                    ("last", &numbers().max().unwrap_or(0)),
                ],
            )));
        }
        let asked =
            |pattern: &&&Pattern| self.only.is_empty() || self.only.contains(&pattern.number);
        Ok(PATTERNS.iter().filter(asked).copied().collect())
    }

    /// The strategies of all arms; those that are not there, with why.
    fn source(
        &self,
        checked: &Checked,
        patterns: &[&Pattern],
    ) -> Result<(PluginSource, BTreeMap<String, String>), Failure> {
        let search = self.libraries.search();
        let terms = terms(lock_beside(&self.given.scenario)?, None)?;
        let mut there = strategies(&checked.scenario, patterns);
        let problems = match PluginSource::load_on(&there, &search, &terms) {
            Ok(source) => return Ok((source, BTreeMap::new())),
            Err(problems) => problems,
        };
        let mut unavailable = BTreeMap::new();
        for (problem, told) in problems.iter().zip(as_data(&problems, &checked.sources)) {
            let first = unavailable.entry(problem.strategy.clone());
            first.or_insert(told.message);
        }
        there.retain(|used| !unavailable.contains_key(&used.name));
        // Each was loaded a moment ago.
        let source = PluginSource::load_on(&there, &search, &terms).map_err(|problems| {
            let problems = format!("{problems:?}");
            Failure::unexpected(say("libraries-changed", &[("problems", &problems)]))
        })?;
        Ok((source, unavailable))
    }
}

fn tell_failures(findings: &Findings) -> Exit {
    let (failed, first) = &findings.failed;
    let Some(first) = first else {
        return Exit::Good;
    };
    tell(error(say(
        "runs-failed",
        &[
            ("failed", failed),
            ("all", &findings.runs),
            ("reason", first),
        ],
    )));
    Exit::FailedRuns
}
