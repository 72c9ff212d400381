//! A run folder under way: one process holds it, units are added to its journal, and at the end
//! the tables are written and `run.json` makes it complete.

use super::error::StoreError;
use super::folder::{Files, sync_folder};
use super::journal::Journal;
use super::lock::{self, LOCK, holder, same_file};
use super::manifest::Manifest;
use super::recipe::RECIPE;
use super::shards::{self, SHARDS};
use super::{RunFolder, tables};
use crate::experiment::Experiment;
use crate::provenance::Provenance;
use crate::study::Key;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Says that the folder is complete, and what is in it.
pub const COMPLETE: &str = "run.json";
/// Units of work; a folder with shards alone has none yet.
pub(super) const JOURNAL: &str = "units.journal";
/// The scenario, complete.
pub(super) const RESOLVED: &str = "resolved.ron";
/// The experiment, while the folder is under way.
pub(super) const EXPERIMENT: &str = "experiment.json";
/// Scripts for a cluster, which are there before anything is played.
pub(super) const SLURM: &str = "slurm";

/// A run folder that this process holds, or a complete one of the same experiment.
pub struct UnderWay {
    folder: PathBuf,
    experiment: Experiment,
    journal: Journal,
    /// Held until this is dropped, also when the process is killed; a complete folder needs none.
    lock: Option<File>,
}

/// What is in a folder.
#[derive(Debug)]
pub enum State {
    /// Nothing that a run folder could not begin in.
    Free,
    /// A run folder without `run.json`, and who holds it when somebody does.
    Unfinished {
        /// The experiment.
        experiment: Experiment,
        /// The process that is at work in it.
        holder: Option<String>,
    },
    /// A run folder with `run.json`.
    Complete(Box<Manifest>),
    /// Something else.
    Foreign,
}

/// Looks into a folder; changes nothing.
///
/// # Errors
/// When it cannot be read.
pub fn state(folder: &Path) -> Result<State, StoreError> {
    let unreadable = |source| StoreError::Write {
        file: folder.to_owned(),
        source,
    };
    if let Some(text) = read(&folder.join(COMPLETE)).map_err(unreadable)? {
        return Ok(match serde_json::from_str(&text) {
            Ok(manifest) => State::Complete(Box::new(manifest)),
            Err(_) => State::Foreign,
        });
    }
    if let Some(text) = read(&folder.join(EXPERIMENT)).map_err(unreadable)? {
        return Ok(match serde_json::from_str(&text) {
            Ok(experiment) => State::Unfinished {
                experiment,
                holder: holder(folder),
            },
            Err(_) => State::Foreign,
        });
    }
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            // What a process leaves that was killed before it began.
            let parts = [EXPERIMENT, RESOLVED, RECIPE].map(part);
            let whole = [LOCK, SHARDS, SLURM].map(str::to_owned);
            let before = [&parts[..], &whole].concat();
            let other = |entry: io::Result<fs::DirEntry>| {
                entry.map_or(true, |entry| {
                    let name = entry.file_name();
                    before.iter().all(|own| name != **own)
                })
            };
            let free = !entries.any(other);
            let begun = |name: &str| folder.join(name).exists();
            match free {
                true => Ok(State::Free),
                // Another process began, or ended, since it was looked for above.
                false if begun(EXPERIMENT) || begun(COMPLETE) => state(folder),
                false => Ok(State::Foreign),
            }
        }
        Err(_) if !folder.exists() => Ok(State::Free),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(State::Foreign),
        Err(error) => Err(unreadable(error)),
    }
}

impl UnderWay {
    /// Begins a run folder, continues the one that is there, or opens a complete one; with missing
    /// parents. `holder` names this process to others that ask.
    ///
    /// # Errors
    /// When another process holds the folder, when it holds another experiment or something else,
    /// or when it cannot be written.
    pub fn open(
        folder: &Path,
        provenance: &Provenance,
        program_sha256: &str,
        holder: &str,
    ) -> Result<Self, StoreError> {
        let experiment = Experiment::new(provenance, program_sha256);
        if let State::Complete(_) = refused(folder, &experiment, provenance)? {
            tidy(folder);
            return Ok(Self {
                journal: Journal::open_complete(&folder.join(JOURNAL))?,
                folder: folder.to_owned(),
                experiment,
                lock: None,
            });
        }
        fs::create_dir_all(folder).map_err(|source| StoreError::Parent {
            parent: folder.parent().unwrap_or(folder).to_owned(),
            source,
        })?;
        let lock = lock::take(folder, holder)?;
        // Who held it until now may have begun or ended something.
        if let State::Complete(_) = refused(folder, &experiment, provenance)? {
            drop(lock);
            return Self::open(folder, provenance, program_sha256, holder);
        }
        begin(folder, &experiment, provenance)?;
        let journal = Journal::open(&folder.join(JOURNAL))?;
        shards::gather(folder, &journal)?;
        Ok(Self {
            journal,
            folder: folder.to_owned(),
            experiment,
            lock: Some(lock),
        })
    }

    /// A folder as it is, for reading: it counts as complete, so nothing is written.
    pub(super) fn as_it_is(folder: &Path, experiment: Experiment) -> Result<Self, StoreError> {
        Ok(Self {
            journal: Journal::open_complete(&folder.join(JOURNAL))?,
            folder: folder.to_owned(),
            experiment,
            lock: None,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether nothing is to be written any more.
    pub fn is_complete(&self) -> bool {
        self.lock.is_none()
    }

    /// The experiment that it holds.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Its units.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Keeps an answer beside the journal, over the one that is there. The folder stays under way:
    /// the same question finds its units in it, whenever it is asked again.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub fn keep(&self, answer: &[(&str, &str)]) -> Result<(), StoreError> {
        let mut files = Files::new(&self.folder);
        for (name, text) in answer {
            files.text(name, text)?;
        }
        files.finish()
    }

    /// Refuses when somebody took the folder away and another process began in its place. Without
    /// that it is made again: the journal is open, so nothing of it is lost.
    fn still_ours(&self) -> Result<(), StoreError> {
        let path = self.folder.join(LOCK);
        let another = self
            .lock
            .as_ref()
            .is_some_and(|lock| path.exists() && !same_file(lock, &path));
        if !another {
            return Ok(());
        }
        Err(StoreError::Held {
            folder: self.folder.clone(),
            holder: holder(&self.folder).unwrap_or_else(|| "another process".to_owned()),
        })
    }

    /// Writes the tables, brings the journal into the order of `units`, and completes the folder.
    /// Returns what `run.json` says.
    ///
    /// # Errors
    /// When the disk fails or is full; the folder is then still unfinished and can be continued.
    pub fn finish(&self, content: &RunFolder, units: &[Key]) -> Result<Manifest, StoreError> {
        self.still_ours()?;
        let mut files = Files::new(&self.folder);
        tables(&mut files, content)?;
        files.table(JOURNAL, |file| self.journal.write(units, file))?;
        let manifest = Manifest::new(content, &self.experiment, files.written());
        files.text(COMPLETE, &manifest.to_json())?;
        files.finish()?;
        tidy(&self.folder);
        sync_folder(&self.folder).map_err(|source| StoreError::Write {
            file: self.folder.clone(),
            source,
        })?;
        Ok(manifest)
    }
}

/// Name of the page about what is done of an unfinished run, in a language; it goes when the run is
/// complete.
pub fn unfinished_report(lang: &str) -> String {
    format!("report-unfinished-{lang}.html")
}

/// Removes what marks a complete folder as under way. What stays (the process was killed here, the
/// disk is read-only) does no harm and goes the next time.
fn tidy(folder: &Path) {
    let _ = fs::remove_file(folder.join(EXPERIMENT));
    let _ = fs::remove_file(folder.join(LOCK));
    for lang in ["nl", "en"] {
        let _ = fs::remove_file(folder.join(unfinished_report(lang)));
    }
    let _ = fs::remove_dir_all(folder.join(SHARDS));
}

/// The state of a folder in which this experiment may go on.
pub(super) fn refused(
    folder: &Path,
    experiment: &Experiment,
    provenance: &Provenance,
) -> Result<State, StoreError> {
    let state = state(folder)?;
    let there = match &state {
        State::Free => return Ok(state),
        State::Foreign => {
            return Err(StoreError::Exists {
                folder: folder.to_owned(),
            });
        }
        State::Unfinished { experiment, .. } => experiment.clone(),
        State::Complete(manifest) => manifest.experiment(),
    };
    let resolved = fs::read_to_string(folder.join(RESOLVED)).unwrap_or_default();
    let differences = there.differences(&resolved, experiment, &provenance.resolved_text);
    if differences.is_empty() {
        Ok(state)
    } else {
        Err(StoreError::Foreign {
            folder: folder.to_owned(),
            differences,
        })
    }
}

/// Writes what the experiment is, unless it is there.
fn begin(
    folder: &Path,
    experiment: &Experiment,
    provenance: &Provenance,
) -> Result<(), StoreError> {
    let recipe = (!provenance.recipe.is_empty()).then_some(RECIPE);
    if [EXPERIMENT, RESOLVED]
        .iter()
        .chain(&recipe)
        .all(|name| folder.join(name).exists())
    {
        return Ok(());
    }
    let mut files = Files::new(folder);
    // Only strings, so this cannot fail.
    let text = serde_json::to_string_pretty(experiment).unwrap_or_default();
    files.text(EXPERIMENT, &text)?;
    files.text(RESOLVED, &provenance.resolved_text)?;
    if recipe.is_some() {
        files.text(RECIPE, &provenance.recipe.to_json())?;
    }
    files.finish()
}

/// The text of a file; `None` when there is none.
fn read(file: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Name of a file that is being written.
pub(super) fn part(name: &str) -> String {
    format!("{name}.part")
}
