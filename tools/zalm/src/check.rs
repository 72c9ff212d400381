//! `zalm check`: every problem of scenario files, without a run.

use crate::asked::Libraries;
use crate::exit::{Exit, Failure};
use crate::plugin_problems::{as_data, render};
use crate::stdout::{colour, print, print_json};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use zalm_plugin_host::{PluginSource, SearchPath};
use zalm_scenario::Problem;

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
        let files: Vec<_> = self.files.iter().map(|file| check(file, &search)).collect();
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

fn check(file: &Path, search: &SearchPath) -> FileChecked {
    let (problems, rendered) = match zalm_scenario::read(file, &[]) {
        Err(problems) => (problems.list(), problems.render(colour(&std::io::stdout()))),
        Ok(checked) => match PluginSource::load(&checked.scenario.strategies, search) {
            Ok(_) => (Vec::new(), String::new()),
            Err(problems) => {
                let problems = as_data(&problems, &checked.sources);
                let rendered = render(&problems);
                (problems, rendered)
            }
        },
    };
    FileChecked {
        file: file.display().to_string(),
        ok: problems.is_empty(),
        problems,
        rendered,
    }
}

impl FileChecked {
    fn text(&self) -> String {
        if self.ok {
            format!("{}: ok\n", self.file)
        } else {
            format!("{}: not valid\n\n{}\n", self.file, self.rendered)
        }
    }
}
