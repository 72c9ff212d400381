//! `zalm plugin list`: the strategy libraries that are there.

use super::RIGHTS;
use super::serve::own_process;
use crate::asked::Libraries;
use crate::columns::aligned;
use crate::exit::{Exit, Failure};
use crate::stdout::{one_line, print, print_json};
use clap::Args;
use serde::Serialize;
use std::panic::resume_unwind;
use std::thread::ScopedJoinHandle;
use zalm_plugin_host::{Description, Found, OwnProcess, Refusal, SearchPath, find, find_all};

/// Version of the `--json` document.
const SCHEMA: &str = "zalm.plugins/1";

/// Digits of a hash that tell libraries apart.
const SHORT: usize = 12;

/// List the strategy libraries: version, hash, file; and those that are refused, with the reason.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    libraries: Libraries,
    /// Print one JSON document, with the parameters of each plugin
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    searched: Vec<String>,
    plugins: Vec<Usable>,
    refused: Vec<Refused>,
}

#[derive(Serialize)]
struct Usable {
    id: String,
    version: String,
    sha256: String,
    file: String,
    /// Whether it is this file that a scenario gets; another may have the same id.
    used: bool,
    description: Description,
}

#[derive(Serialize)]
struct Refused {
    file: String,
    code: &'static str,
    reason: String,
}

impl List {
    /// Prints the list.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let document = document(&self.libraries.search(), &own_process(None)?);
        if self.json {
            print_json(&document)?;
        } else {
            print(&document.text())?;
        }
        Ok(Exit::Good)
    }
}

fn document(search: &SearchPath, trial: &OwnProcess) -> Document {
    let mut plugins = Vec::new();
    let mut refused = Vec::new();
    let all = find_all(search);
    // All are tried at the same time: a trial is mostly waiting for a process.
    let tried: Vec<_> = std::thread::scope(|scope| {
        let trials = all.iter();
        let trials = trials.map(|found| scope.spawn(move || usable(found, search, trial)));
        let trials: Vec<_> = trials.collect();
        let joined = trials.into_iter().map(ScopedJoinHandle::join);
        joined
            .map(|tried| tried.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    for (found, tried) in all.iter().zip(tried) {
        match tried {
            Ok(plugin) => plugins.push(plugin),
            Err(refusal) => refused.push(Refused {
                file: found.file.display().to_string(),
                code: refusal.code.name(),
                reason: refusal.message,
            }),
        }
    }
    let searched = search
        .dirs()
        .iter()
        .map(|dir| dir.display().to_string())
        .collect();
    Document {
        schema: SCHEMA,
        searched,
        plugins,
        refused,
    }
}

fn usable(found: &Found, search: &SearchPath, trial: &OwnProcess) -> Result<Usable, Refusal> {
    let library = trial.load(found)?;
    let id = library.manifest.id.clone();
    Ok(Usable {
        version: library.manifest.version.clone(),
        sha256: library.sha256.clone(),
        file: found.file.display().to_string(),
        used: find(&id, search).is_some_and(|used| used.sha256 == found.sha256),
        description: library.description.clone(),
        id,
    })
}

impl Document {
    fn text(&self) -> String {
        let mut text = String::new();
        if self.plugins.is_empty() {
            text += "No strategy library was found.\n";
        }
        let rows: Vec<_> = self.plugins.iter().map(Usable::row).collect();
        text += &aligned(&rows);
        for refused in &self.refused {
            let reason = one_line(&refused.reason);
            text += &format!("  refused {}: {reason} ({})\n", refused.file, refused.code);
        }
        text + &format!("Looked in {}\n{RIGHTS}\n", self.searched.join(", "))
    }
}

impl Usable {
    fn row(&self) -> Vec<String> {
        let short = self.sha256.chars().take(SHORT).collect();
        let mut file = self.file.clone();
        if !self.used {
            file += " (not used: another file of this plugin comes first)";
        }
        vec![self.id.clone(), self.version.clone(), short, file]
    }
}
