//! What is wrong with the strategies of a scenario, as people and programs are told.

use crate::asked::Strategies;
use crate::exit::{Exit, Failure};
use crate::place_in_text::place;
use crate::plugin::serve::own_process;
use crate::say::say;
use crate::stderr::tell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use zalm_plugin_host::{
    LOCK_FILE, Lock, PluginProblem, PluginProblemKind, PluginSource, SearchPath, Terms, file_name,
};
use zalm_scenario::{Checked, Problem, Source};

/// Loads the libraries of a scenario's strategies, those that are pinned beside it as they are.
///
/// # Errors
/// All problems of all strategies, each with its line.
pub fn load(
    scenario: &Path,
    checked: &Checked,
    strategies: &Strategies,
) -> Result<PluginSource, Failure> {
    let lock = match &strategies.pinned {
        Some(lock) => lock.clone(),
        None => lock_beside(scenario)?,
    };
    let terms = terms(lock, strategies.isolate)?;
    let source = loaded(checked, &strategies.libraries.search(), &terms)?;
    warn_of_unpinned(&source, &terms.lock);
    Ok(source)
}

/// What is pinned beside a scenario.
///
/// # Errors
/// When the lock cannot be read.
pub fn lock_beside(scenario: &Path) -> Result<Lock, Failure> {
    Lock::beside(scenario).map_err(Failure::invalid)
}

/// The terms of every command that loads libraries: each is tried in a process of its own first; with
/// `isolate`, and a limit in seconds, strategies run there too.
///
/// # Errors
/// When no process can be started.
#[expect(clippy::option_option, reason = "absent, without a value, with one")]
pub fn terms(lock: Lock, isolate: Option<Option<u32>>) -> Result<Terms, Failure> {
    Ok(Terms {
        lock,
        own_process: Some(own_process(isolate.flatten())?),
        isolate: isolate.is_some(),
    })
}

/// Says which libraries a lock does not know, where there is one: they run as they are.
pub fn warn_of_unpinned(source: &PluginSource, lock: &Lock) {
    if lock.0.is_empty() {
        return;
    }
    let ids = source
        .strategies()
        .iter()
        .map(|used| &used.library.manifest.id);
    let unpinned: BTreeSet<&String> = ids.filter(|id| !lock.0.contains_key(*id)).collect();
    for id in unpinned {
        tell(say("unpinned", &[("lock", &LOCK_FILE), ("id", id)]));
    }
}

/// Loads the libraries of a scenario's strategies on these terms.
///
/// # Errors
/// All problems of all strategies, each with its line.
pub fn loaded(
    checked: &Checked,
    search: &SearchPath,
    terms: &Terms,
) -> Result<PluginSource, Failure> {
    PluginSource::load_on(&checked.scenario.strategies, search, terms).map_err(|problems| {
        let problems: Vec<Problem> = as_data(&problems, &checked.sources);
        Failure {
            exit: Exit::Invalid,
            text: render(&problems),
        }
    })
}

/// The problems with their places.
pub fn as_data(problems: &[PluginProblem], sources: &[Source]) -> Vec<Problem> {
    problems
        .iter()
        .map(|problem| one(problem, sources))
        .collect()
}

fn one(problem: &PluginProblem, sources: &[Source]) -> Problem {
    let PluginProblem {
        strategy,
        plugin,
        kind,
    } = problem;
    let mut names = vec![strategy.as_str(), plugin.as_str()];
    let (message, expected, nearest) = match kind {
        PluginProblemKind::Missing {
            nearest,
            available,
            searched,
        } => {
            let dirs: Vec<String> = searched
                .iter()
                .map(|dir| dir.display().to_string())
                .collect();
            let available = if available.is_empty() {
                "none".into()
            } else {
                available.join(", ")
            };
            let expected = format!(
                "one of {available}; looked for {} in {}; build it, or name its \
                 folder with --plugins",
                file_name(plugin),
                dirs.join(", ")
            );
            (
                format!("there is no plugin {plugin:?}"),
                Some(expected),
                nearest.clone(),
            )
        }
        PluginProblemKind::Parameter(wrong) => {
            names.push(&wrong.parameter);
            (wrong.message.clone(), None, None)
        }
        PluginProblemKind::Layers {
            other,
            message,
            expected,
        } => {
            let first = place(sources, &[strategy, other]);
            let first = first.map_or_else(String::new, |(file, line)| {
                format!(" (the first in {file}:{line})")
            });
            (
                format!("{message}{first}"),
                Some((*expected).to_owned()),
                None,
            )
        }
        PluginProblemKind::Refused(refusal) => (format!("plugin {plugin}: {refusal}"), None, None),
        PluginProblemKind::Create(why) => (
            format!("plugin {plugin} refuses its parameters: {why}"),
            None,
            None,
        ),
    };
    let found = names[names.len() - 1].to_owned();
    // A strategy that the command line added names no plugin; a value that is wrong without being
    // written is the plugin's own default.
    let at = place(sources, &names)
        .or_else(|| place(sources, &[strategy, &found]))
        .or_else(|| place(sources, &[strategy]));
    let (file, line) = at.map_or_else(|| ("--strategy", 0), |(file, line)| (file, line));
    Problem {
        file: file.to_owned(),
        line,
        column: 0,
        found,
        message: format!("strategy {strategy:?}: {message}"),
        expected,
        nearest,
    }
}

/// The problems as text, in the manner of those of a scenario.
pub fn render(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "error: {}", problem.message);
        let _ = match problem.line {
            0 => writeln!(text, "  --> {}", problem.file),
            line => writeln!(text, "  --> {}:{line}", problem.file),
        };
        if let Some(expected) = &problem.expected {
            for part in format!("expected {expected}").split("; ") {
                let _ = writeln!(text, "   = note: {part}");
            }
        }
        if let Some(nearest) = &problem.nearest {
            let _ = writeln!(text, "   = help: did you mean `{nearest}`?");
        }
        text.push('\n');
    }
    let plural = if problems.len() == 1 { "" } else { "s" };
    let _ = writeln!(text, "{} problem{plural}; nothing was run", problems.len());
    text
}
