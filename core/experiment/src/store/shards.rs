//! An experiment in parts: each shard plays its own units, in any order and on any machine that
//! sees the folder, and leaves them in one file with a marker that says what is in it.
//!
//! A shard under way is a run folder of its own, `shards/2-of-7/`, so that a shard that was killed
//! continues as any run does. When its units are all there they get the name `shards/2-of-7.units`,
//! and then its marker `shards/2-of-7.json` is written: a shard with a valid marker is done. The
//! folder around them takes the units of all shards that are done as its own.

use super::error::StoreError;
use super::folder::{Files, sync_folder};
use super::journal::Journal;
use super::recipe::RECIPE;
use super::under_way::{EXPERIMENT, RESOLVED, State, UnderWay, refused, state};
use crate::digest::sha256_of;
use crate::experiment::Experiment;
use crate::provenance::Provenance;
use crate::study::{Key, Part};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Folder of the shards in a run folder.
pub(super) const SHARDS: &str = "shards";
/// How many there are.
const PLAN: &str = "plan.json";
/// Version of both layouts.
const SCHEMA: &str = "zalm.shards/1";

/// Into how many shards an experiment is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Shards, count.
    pub shards: u32,
    /// Units of all of them, count.
    pub units: usize,
}

#[derive(Serialize, Deserialize)]
struct PlanFile {
    schema: String,
    shards: u32,
    units: usize,
}

/// Says that a shard is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Version of the layout.
    schema: String,
    /// Version of zalm.
    pub zalm_version: String,
    /// Number of the shard, from 1.
    pub shard: u32,
    /// Shards, count.
    pub shards: u32,
    /// Units in its file, count.
    pub units: usize,
    /// Runs in it that failed, count.
    pub failed_runs: usize,
    /// SHA-256 of its file.
    pub sha256: String,
}

/// A shard that is asked for.
pub enum Shard {
    /// It was played before.
    Done(Marker),
    /// The whole experiment is in the folder.
    Merged,
    /// To be played, from where it was.
    UnderWay(Box<ShardUnderWay>),
}

/// A shard that this process plays.
pub struct ShardUnderWay {
    folder: PathBuf,
    part: Part,
    under_way: UnderWay,
}

/// A shard that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its number, from 1.
    pub shard: u32,
    /// How it stands.
    pub why: String,
}

/// Opens a shard of a run folder; with missing parents. `units` is how many the experiment has.
///
/// # Errors
/// When the folder holds another experiment or another number of shards, when another process
/// plays this shard, or when the folder cannot be written.
pub fn open(
    folder: &Path,
    (part, units): (Part, usize),
    provenance: &Provenance,
    program_sha256: &str,
    holder: &str,
) -> Result<Shard, StoreError> {
    let experiment = Experiment::new(provenance, program_sha256);
    if let State::Complete(_) = refused(folder, &experiment, provenance)? {
        return Ok(Shard::Merged);
    }
    claim(folder, &experiment, provenance)?;
    let plan = Plan {
        shards: part.of(),
        units,
    };
    plan.write(folder)?;
    let done = |marker| {
        // What it had while it was under way.
        let _ = fs::remove_dir_all(own(folder, part.number(), part.of()));
        Ok(Shard::Done(marker))
    };
    if let Ok(marker) = marker(folder, plan, part.number()) {
        return done(marker);
    }
    let own = own(folder, part.number(), part.of());
    let under_way = UnderWay::open(&own, provenance, program_sha256, holder)?;
    // Who played it until now may have finished it.
    if let Ok(marker) = marker(folder, plan, part.number()) {
        return done(marker);
    }
    Ok(Shard::UnderWay(Box::new(ShardUnderWay {
        folder: folder.to_owned(),
        part,
        under_way,
    })))
}

impl ShardUnderWay {
    /// The folder in which its units are kept while it is played.
    pub fn under_way(&self) -> &UnderWay {
        &self.under_way
    }

    /// Gives its units their name, and then marks it as done.
    ///
    /// # Errors
    /// When the disk fails or is full; the shard is then still under way and can be continued.
    pub fn finish(self, units: &[Key], failed_runs: usize) -> Result<Marker, StoreError> {
        let name = name(self.part.number(), self.part.of());
        let mut files = Files::new(&self.folder.join(SHARDS));
        files.table(&format!("{name}.units"), |file| {
            self.under_way.journal().write(units, file)
        })?;
        let marker = Marker {
            schema: SCHEMA.to_owned(),
            zalm_version: self.under_way.experiment().zalm_version.clone(),
            shard: self.part.number(),
            shards: self.part.of(),
            units: units.len(),
            failed_runs,
            sha256: files.written()[0].sha256.clone(),
        };
        // Only strings and numbers, so this cannot fail.
        let text = serde_json::to_string_pretty(&marker).unwrap_or_default();
        files.text(&format!("{name}.json"), &text)?;
        files.finish()?;
        // The marker stands; what it replaces may go now or later.
        let _ = fs::remove_dir_all(self.under_way.folder());
        Ok(marker)
    }
}

/// The plan of a run folder; `None` when it has no shards.
///
/// # Errors
/// When it cannot be read.
pub fn plan(folder: &Path) -> Result<Option<Plan>, StoreError> {
    let file = folder.join(SHARDS).join(PLAN);
    let strange = |told: String| StoreError::Strange {
        file: file.clone(),
        told,
    };
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(strange(error.to_string())),
    };
    let plan: PlanFile = serde_json::from_str(&text).map_err(|error| strange(error.to_string()))?;
    if plan.schema != SCHEMA || plan.shards == 0 {
        return Err(strange(format!("it is no {SCHEMA} with shards")));
    }
    Ok(Some(Plan {
        shards: plan.shards,
        units: plan.units,
    }))
}

/// The shards that are not done.
pub fn missing(folder: &Path, plan: Plan) -> Vec<Missing> {
    let one = |shard| {
        let why = marker(folder, plan, shard).err()?;
        Some(Missing { shard, why })
    };
    (1..=plan.shards).filter_map(one).collect()
}

/// Takes the units of the shards that are done into a journal.
pub(super) fn gather(folder: &Path, journal: &Journal) -> Result<(), StoreError> {
    let Some(plan) = plan(folder)? else {
        return Ok(());
    };
    for shard in 1..=plan.shards {
        if marker(folder, plan, shard).is_ok() {
            let units = folder.join(SHARDS).join(units_of(shard, plan.shards));
            journal.take(&Journal::open_complete(&units)?)?;
        }
    }
    Ok(())
}

impl Plan {
    /// Writes the plan, unless it is there; another is refused.
    fn write(self, folder: &Path) -> Result<(), StoreError> {
        let shards = folder.join(SHARDS);
        fs::create_dir_all(&shards).map_err(|source| StoreError::Write {
            file: shards.clone(),
            source,
        })?;
        let text = serde_json::to_string_pretty(&PlanFile {
            schema: SCHEMA.to_owned(),
            shards: self.shards,
            units: self.units,
        });
        // Only strings and numbers, so this cannot fail.
        first(&shards.join(PLAN), &shards, &text.unwrap_or_default())?;
        match plan(folder)? {
            Some(there) if there != self => Err(StoreError::Foreign {
                folder: folder.to_owned(),
                differences: vec![format!(
                    "cut into {} shards of {} units together, now {} of {}",
                    there.shards, there.units, self.shards, self.units
                )],
            }),
            _ => Ok(()),
        }
    }
}

/// Says what the experiment of a folder is, unless it is said. Many shards may do so at once.
fn claim(
    folder: &Path,
    experiment: &Experiment,
    provenance: &Provenance,
) -> Result<(), StoreError> {
    let shards = folder.join(SHARDS);
    fs::create_dir_all(&shards).map_err(|source| StoreError::Parent {
        parent: folder.parent().unwrap_or(folder).to_owned(),
        source,
    })?;
    // Only strings, so this cannot fail.
    let text = serde_json::to_string_pretty(experiment).unwrap_or_default();
    first(&folder.join(EXPERIMENT), &shards, &text)?;
    refused(folder, experiment, provenance)?;
    first(&folder.join(RESOLVED), &shards, &provenance.resolved_text)?;
    first(&folder.join(RECIPE), &shards, &provenance.recipe.to_json())?;
    sync_folder(folder).map_err(|source| StoreError::Write {
        file: folder.to_owned(),
        source,
    })
}

/// Writes a file whole, unless it is there already: the first of several that try at once wins.
fn first(file: &Path, scratch: &Path, text: &str) -> Result<(), StoreError> {
    let written = || -> io::Result<()> {
        if file.exists() {
            return Ok(());
        }
        let mut part = tempfile::NamedTempFile::new_in(scratch)?;
        part.write_all(text.as_bytes())?;
        part.as_file().sync_all()?;
        match part.persist_noclobber(file) {
            Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
            _ => Ok(()),
        }
    };
    written().map_err(|source| StoreError::Write {
        file: file.to_owned(),
        source,
    })
}

/// The marker of a shard that is done; else how it stands.
fn marker(folder: &Path, plan: Plan, shard: u32) -> Result<Marker, String> {
    let shards = folder.join(SHARDS);
    let name = name(shard, plan.shards);
    let Ok(text) = fs::read_to_string(shards.join(format!("{name}.json"))) else {
        return Err(not_done(folder, shard, plan.shards));
    };
    let marker: Marker = serde_json::from_str(&text)
        .map_err(|error| format!("its marker cannot be read: {error}"))?;
    if marker.schema != SCHEMA || (marker.shard, marker.shards) != (shard, plan.shards) {
        return Err("its marker is of something else".to_owned());
    }
    let units = shards.join(units_of(shard, plan.shards));
    let digest = File::open(units).and_then(sha256_of);
    match digest {
        Ok(digest) if digest == marker.sha256 => Ok(marker),
        Ok(_) => Err("its units are not those of its marker: SHA-256 differs".to_owned()),
        Err(error) => Err(format!("its units cannot be read: {error}")),
    }
}

fn not_done(folder: &Path, shard: u32, of: u32) -> String {
    match state(&own(folder, shard, of)) {
        Ok(State::Unfinished {
            holder: Some(holder),
            ..
        }) => format!("being played by {holder}"),
        Ok(State::Unfinished { holder: None, .. }) => "begun and interrupted".to_owned(),
        _ => "not begun".to_owned(),
    }
}

fn name(shard: u32, of: u32) -> String {
    format!("{shard}-of-{of}")
}

fn units_of(shard: u32, of: u32) -> String {
    format!("{}.units", name(shard, of))
}

/// The folder of a shard under way.
fn own(folder: &Path, shard: u32, of: u32) -> PathBuf {
    folder.join(SHARDS).join(name(shard, of))
}
