//! `zalm plugin pack`: a strategy as one file to give away, which says what it should hold.

use super::RIGHTS;
use super::info::named;
use super::serve::tried;
use crate::asked::Libraries;
use crate::exit::{Exit, Failure};
use crate::stdout::print;
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use zalm_experiment::sha256;
use zalm_plugin_host::{Library, file_name};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// The list of hashes in a pack, in the manner of `sha256sum`.
const SUMS: &str = "SHA256SUMS";
/// Largest file of a pack, bytes.
const CAP: u64 = 256 << 20;

/// Put a strategy library with its description, its readme and their hashes into one archive.
#[derive(Args)]
pub struct Pack {
    /// The strategy: an id, or the file of its library
    #[arg(value_name = "NAME")]
    name: String,
    /// A readme to put in, instead of one made from the description
    #[arg(long, value_name = "FILE")]
    readme: Option<PathBuf>,
    /// Folder to put the archive into
    #[arg(long, value_name = "DIR", default_value = ".")]
    to: PathBuf,
    #[command(flatten)]
    libraries: Libraries,
}

impl Pack {
    /// Writes the archive; the same library gives the same bytes.
    ///
    /// # Errors
    /// When there is no such strategy, it is refused, or the archive cannot be written.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let found = named(&self.name, &self.libraries.search())?;
        let library = tried(&found)?;
        let (id, version) = (&library.manifest.id, &library.manifest.version);
        let bytes = read(&found.file)?;
        if sha256(&bytes) != library.sha256 {
            let file = found.file.display();
            return Err(Failure::unexpected(format!(
                "{file} changed while it was packed"
            )));
        }
        let readme = match &self.readme {
            Some(file) => read(file)?,
            None => readme(&library).into_bytes(),
        };
        let about = serde_json::json!({
            "schema": "zalm.pack/1",
            "manifest": library.manifest,
            "description": library.description,
        });
        let packed = Packed::of([
            (file_name(id), bytes),
            ("plugin.json".into(), format!("{about:#}\n").into_bytes()),
            ("README.md".into(), readme),
        ]);
        let file = self.to.join(format!("{id}-{version}.zip"));
        let written = packed.archive().and_then(|archive| {
            let new = tempfile::NamedTempFile::new_in(&self.to)?;
            std::fs::write(new.path(), archive)?;
            new.persist(&file).map_err(Into::into)
        });
        written.map_err(|error| {
            Failure::unexpected(format!("{} cannot be written: {error}", file.display()))
        })?;
        print(&format!(
            "{id} {version} is in {}\n{RIGHTS}\n",
            file.display()
        ))?;
        Ok(Exit::Good)
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file)
        .map_err(|error| Failure::invalid(format!("{} cannot be read: {error}", file.display())))
}

fn readme(library: &Library) -> String {
    let about = &library.description;
    format!(
        "# {}\n\n{}\n\nA strategy for zalm: `zalm plugin install` takes this archive over, `zalm \
         plugin verify` holds it against its own list. {RIGHTS}\n",
        about.name.en, about.doc
    )
}

/// The files of a pack.
pub struct Packed(BTreeMap<String, Vec<u8>>);

impl Packed {
    /// These files, and the list of their hashes.
    fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let mut sums = String::new();
        for (name, bytes) in &files {
            // Writing into a string cannot fail.
            let _ = writeln!(sums, "{}  {name}", sha256(bytes));
        }
        files.insert(SUMS.into(), sums.into_bytes());
        Self(files)
    }

    fn archive(&self) -> std::io::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        for (name, bytes) in &self.0 {
            zip.start_file(name, options)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    /// Reads a pack and holds every file against the list.
    ///
    /// # Errors
    /// The first file that is changed, missing or not in the list, or that it is no pack.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let broken =
            |error: &dyn std::fmt::Display| format!("is no archive of a strategy: {error}");
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let mut files = BTreeMap::new();
        for at in 0..zip.len() {
            let file = zip.by_index(at).map_err(|error| broken(&error))?;
            let name = file.name().map_err(|error| broken(&error))?.into_owned();
            let mut text = Vec::new();
            file.take(CAP)
                .read_to_end(&mut text)
                .map_err(|error| format!("is damaged in {name}: {error}"))?;
            files.insert(name, text);
        }
        let packed = Self(files);
        packed.check()?;
        Ok(packed)
    }

    fn check(&self) -> Result<(), String> {
        let sums = self.0.get(SUMS).map(|sums| String::from_utf8_lossy(sums));
        let sums = sums.ok_or_else(|| format!("is no archive of a strategy: it has no {SUMS}"))?;
        let listed: BTreeMap<&str, &str> = sums
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(sum, name)| (name, sum))
            .collect();
        for (name, sum) in &listed {
            match self.0.get(*name) {
                None => return Err(format!("holds no {name}, which is in its {SUMS}")),
                Some(bytes) if sha256(bytes) != *sum => {
                    return Err(format!(
                        "holds a changed {name}: it is not that of its {SUMS}"
                    ));
                }
                Some(_) => {}
            }
        }
        let strange = |name: &&String| *name != SUMS && !listed.contains_key(name.as_str());
        match self.0.keys().find(strange) {
            Some(name) => Err(format!("holds {name}, which is not in its {SUMS}")),
            None => Ok(()),
        }
    }

    /// The library: its name and its bytes.
    ///
    /// # Errors
    /// When there is none for this system.
    pub fn library(&self) -> Result<(&str, &[u8]), String> {
        let suffix = std::env::consts::DLL_SUFFIX;
        let mut files = self.0.iter();
        let library = files.find(|(name, _)| name.ends_with(suffix));
        let (name, bytes) = library.ok_or_else(|| format!("holds no library ({suffix})"))?;
        Ok((name, bytes))
    }

    /// Names of its files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, SUMS};

    fn pack() -> Packed {
        let file = |name: &str| (name.to_owned(), name.as_bytes().to_vec());
        Packed::of([file("libzalm_a.so"), file("README.md")])
    }

    fn why(packed: &Packed) -> String {
        let archive = packed.archive().expect("an archive");
        Packed::read(&archive).err().expect("refused")
    }

    #[test]
    fn a_pack_is_read_as_it_was_written_and_always_the_same() {
        let archive = pack().archive().expect("an archive");
        assert_eq!(archive, pack().archive().expect("an archive"));
        let read = Packed::read(&archive).expect("whole");
        assert_eq!(
            read.names().collect::<Vec<_>>(),
            ["README.md", SUMS, "libzalm_a.so"]
        );
    }

    #[test]
    fn a_file_that_is_changed_missing_or_strange_is_named() {
        let mut changed = pack();
        changed.0.insert("libzalm_a.so".into(), b"other".to_vec());
        assert!(why(&changed).contains("changed libzalm_a.so"));
        let mut missing = pack();
        missing.0.remove("README.md");
        assert!(why(&missing).contains("no README.md"));
        let mut strange = pack();
        strange.0.insert("more".into(), Vec::new());
        assert!(why(&strange).contains("more, which is not in"));
        let damaged = Packed::read(b"PK").err().expect("refused");
        assert!(damaged.contains("no archive"), "{damaged}");
    }
}
