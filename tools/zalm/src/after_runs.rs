//! What is told after runs: what strategies had to say, and which runs failed.

use crate::exit::{Exit, error};
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::one_line;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use zalm_experiment::{Failure, Results};
use zalm_plugin_host::{LogLevel, PluginSource};

/// What strategies had to say that a person should know.
pub fn tell_log(source: &PluginSource) {
    for line in source
        .log()
        .iter()
        .filter(|line| line.level >= LogLevel::Warning)
    {
        let text = one_line(&line.text);
        let first = [
            ("plugin", &line.plugin as &dyn Display),
            ("times", &line.times),
            ("month", &line.month),
            ("text", &text),
        ];
        tell(say("plugin-says", &first));
    }
}

/// Says which runs of a comparison failed, if some did.
pub fn tell_failures(results: &Results) -> Exit {
    let failed = results.failures().count();
    let Some((_, first)) = results.failures().next() else {
        return Exit::Good;
    };
    let all = results.runs.len();
    tell(error(say(
        "runs-failed",
        &[
            ("failed", &failed),
            ("all", &all),
            ("reason", &first.reason),
        ],
    )));
    tell(say("see-again", &[("command", &first.rerun)]));
    Exit::FailedRuns
}

/// Runs of an analysis that failed, each once: what repeats it, with why.
#[derive(Default)]
pub struct Failures(RefCell<BTreeSet<(String, String)>>);

impl Failures {
    /// Remembers these.
    pub fn add<'a>(&self, failed: impl Iterator<Item = &'a Failure>) {
        let failed = failed.map(|one| (one.rerun.clone(), one.reason.clone()));
        self.0.borrow_mut().extend(failed);
    }

    /// Says that runs failed, if some did.
    pub fn tell(&self) -> Exit {
        let failed = self.0.borrow();
        let Some((rerun, reason)) = failed.first() else {
            return Exit::Good;
        };
        let count = failed.len();
        tell(error(say(
            "some-failed",
            &[("failed", &count), ("reason", reason)],
        )));
        tell(say("see-again", &[("command", rerun)]));
        Exit::FailedRuns
    }
}
