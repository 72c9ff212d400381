//! `zalm check`: every problem of scenario files, without a run.

use crate::asked::Libraries;
use crate::exit::{Exit, Failure};
use crate::language::shown;
use crate::plugin_problems::{as_data, render, terms, warn_of_unpinned};
use crate::say::say;
use crate::stdout::{coloured, print, print_json};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use zalm_plugin_host::{LOCK_FILE, Lock, PluginSource, SearchPath};
use zalm_scenario::{Checked, Problem};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.check/1";

/// Check scenario files: everything that is wrong, at once, without a run.
#[derive(Args)]
pub struct Check {
    /// Scenarios, RON files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    libraries: Libraries,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    ok: bool,
    files: Vec<FileChecked>,
}

/// What is said of one file.
#[derive(Serialize)]
struct FileChecked {
    file: String,
    ok: bool,
    problems: Vec<Problem>,
    /// The problems drawn for people.
    #[serde(skip)]
    rendered: String,
}

impl Check {
    /// Checks the files.
    ///
    /// # Errors
    /// When the result cannot be printed.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let search = self.libraries.search();
        let check = |file: &PathBuf| check(file, &search);
        let files: Vec<_> = self.files.iter().map(check).collect::<Result<_, _>>()?;
        let ok = files.iter().all(|file| file.ok);
        if self.json {
            print_json(&Document {
                schema: SCHEMA,
                ok,
                files,
            })?;
        } else {
            print(&files.iter().map(FileChecked::text).collect::<String>())?;
        }
        Ok(if ok { Exit::Good } else { Exit::Invalid })
    }
}

/// # Errors
/// When no library can be tried.
fn check(file: &Path, search: &SearchPath) -> Result<FileChecked, Failure> {
    let (problems, rendered) = match zalm_scenario::read(file, &[]) {
        Err(problems) => (problems.list(), problems.told(coloured(), shown())),
        Ok(checked) => {
            let problems = strategies(file, &checked, search)?;
            let rendered = render(&problems);
            (problems, rendered)
        }
    };
    Ok(FileChecked {
        file: file.display().to_string(),
        ok: problems.is_empty(),
        problems,
        rendered,
    })
}

/// What is wrong with the strategies, on the terms on which they would be run.
///
/// # Errors
/// When no library can be tried.
fn strategies(
    file: &Path,
    checked: &Checked,
    search: &SearchPath,
) -> Result<Vec<Problem>, Failure> {
    let lock = match Lock::beside(file) {
        Ok(lock) => lock,
        Err(message) => {
            return Ok(vec![Problem {
                file: file.with_file_name(LOCK_FILE).display().to_string(),
                line: 0,
                column: 0,
                found: String::new(),
                message,
                expected: None,
                nearest: None,
            }]);
        }
    };
    let terms = terms(lock, None)?;
    Ok(
        match PluginSource::load_on(&checked.scenario.strategies, search, &terms) {
            Ok(source) => {
                warn_of_unpinned(&source, &terms.lock);
                Vec::new()
            }
            Err(problems) => as_data(&problems, &checked.sources),
        },
    )
}

impl FileChecked {
    fn text(&self) -> String {
        if self.ok {
            say("ok", &[("file", &self.file)]) + "\n"
        } else {
            let not = say("not-valid", &[("file", &self.file)]);
            format!("{not}\n\n{}\n", self.rendered)
        }
    }
}
