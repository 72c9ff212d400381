//! What the instruments of the seeds share: language, form of the answer, files, runs.

use crate::exit::{Exit, Failure};
use crate::language::Told;
use crate::progress::Progress;
use crate::say::say;
use crate::stderr::tell;
use crate::stdout::print;
use clap::Args;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use zalm_experiment::{Results, RunOptions, run};
use zalm_instruments::Voice;
use zalm_plugin_host::PluginSource;
use zalm_scenario::{Project, Scenario};

/// In which form an instrument answers.
#[derive(Args, Clone, Debug)]
pub struct Form {
    /// Folder to make for the page (HTML), the table (CSV) and the drawing (SVG); it must not exist
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    told: Told,
}

/// What an instrument has to say.
pub struct Answer {
    /// For a terminal.
    pub text: String,
    /// For programs.
    pub json: String,
    /// Files by name; the first is the page.
    pub files: Vec<(&'static str, String)>,
}

impl Form {
    /// Checks what can be checked before the work begins.
    ///
    /// # Errors
    /// When the language is not known or the folder exists.
    pub fn voice(&self) -> Result<Voice, Failure> {
        if let Some(folder) = &self.out
            && folder.exists()
        {
            return Err(exists(folder));
        }
        Ok(Voice::new(self.told.language()))
    }

    /// Gives the answer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn give(&self, answer: &Answer) -> Result<Exit, Failure> {
        if let Some(folder) = &self.out {
            keep(folder, &answer.files)?;
        }
        print(if self.told.json {
            &answer.json
        } else {
            &answer.text
        })?;
        if let (Some(folder), Some((page, _))) = (&self.out, answer.files.first()) {
            tell(say("page", &[("file", &folder.join(page).display())]));
        }
        Ok(Exit::Good)
    }
}

fn exists(folder: &Path) -> Failure {
    Failure::invalid(say("folder-exists", &[("folder", &folder.display())]))
}

/// Writes all files beside the folder, which gets its name when it is whole.
fn keep(folder: &Path, files: &[(&'static str, String)]) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        let parent = folder.parent().filter(|p| !p.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent)?;
        let made = tempfile::Builder::new()
            .prefix(".zalm-unfinished-")
            .tempdir_in(parent)?;
        for (name, text) in files {
            std::fs::write(made.path().join(name), text)?;
        }
        open_to_others(made.path())?;
        std::fs::rename(made.keep(), folder)
    };
    if folder.exists() {
        return Err(exists(folder));
    }
    write().map_err(|error| {
        let folder = folder.display();
        Failure::invalid(say(
            "folder-unwritten",
            &[("folder", &folder), ("error", &error)],
        ))
    })
}

/// A temporary folder is its maker's alone; what is given away is as open as any other folder.
fn open_to_others(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The project called `id`, or the first.
///
/// # Errors
/// When there is no such project, with the nearest that there is.
pub fn project<'a>(scenario: &'a Scenario, id: Option<&str>) -> Result<&'a Project, Failure> {
    let found = match id {
        None => scenario.projects.first(),
        Some(id) => scenario.projects.iter().find(|project| project.id == id),
    };
    let names: Vec<&str> = scenario.projects.iter().map(|p| p.id.as_str()).collect();
    found.ok_or_else(|| match id {
        None => Failure::invalid(say("no-project", &[])),
        Some(id) => unknown("project", id, &names),
    })
}

/// The stressor called `name`, or the first.
///
/// # Errors
/// When there is no such stressor, with the nearest that there is.
pub fn stressor(scenario: &Scenario, name: Option<&str>) -> Result<usize, Failure> {
    let names: Vec<&str> = scenario.stressors.iter().map(|s| s.name.as_str()).collect();
    match name {
        None => Ok(0),
        Some(name) => {
            let found = names.iter().position(|one| *one == name);
            found.ok_or_else(|| unknown("stressor", name, &names))
        }
    }
}

/// A name that the scenario does not have.
pub fn unknown(what: &str, name: &str, known: &[&str]) -> Failure {
    let hint = crate::nearest::hint(name, known.iter().copied());
    let what = say("kind", &[("of", &what)]);
    Failure::invalid(say(
        "no-such",
        &[
            ("what", &what),
            ("name", &name),
            ("hint", &hint),
            ("known", &known.join(", ")),
        ],
    ))
}

/// How the runs of an instrument are played.
pub struct Player<'a> {
    /// The strategies.
    pub source: &'a PluginSource,
    /// Threads asked for.
    pub threads: NonZeroUsize,
    /// Goes up to end early.
    pub stop: &'a AtomicBool,
}

impl Player<'_> {
    /// All runs of a scenario, with progress.
    ///
    /// # Errors
    /// When it is interrupted, or when all runs failed.
    pub fn play(&self, scenario: &Scenario) -> Result<Results, Failure> {
        let runs = scenario.strategies.len() * scenario.stressors.len();
        let progress = Progress::start(runs * scenario.replications as usize);
        let results = self.run(scenario, &|done, all| progress.show(done, all))?;
        progress.finish();
        Ok(results)
    }

    /// All runs of a scenario, without a word.
    ///
    /// # Errors
    /// As [`Player::play`].
    pub fn quietly(&self, scenario: &Scenario) -> Result<Results, Failure> {
        self.run(scenario, &|_, _| ())
    }

    fn run(
        &self,
        scenario: &Scenario,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Results, Failure> {
        let options = RunOptions {
            threads: self.threads,
            progress,
            ..RunOptions::quiet(self.stop, "zalm run SCENARIO")
        };
        let results = run(scenario, self.source, &options);
        if self.stop.load(Ordering::Relaxed) {
            return Err(Failure::interrupted(say("nothing-written", &[])));
        }
        let first = results.failures().next();
        if results.failures().count() == results.runs.len()
            && let Some((_, first)) = first
        {
            return Err(Failure::runs_failed(say(
                "all-failed",
                &[("reason", &first.reason)],
            )));
        }
        Ok(results)
    }
}
