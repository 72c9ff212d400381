//! A folder that appears whole or not at all.

use super::error::StoreError;
use super::manifest::FileEntry;
use crate::digest::sha256;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A run folder in the making; dropped before [`Pending::finish`], it leaves nothing behind.
pub(super) struct Pending {
    target: PathBuf,
    parent: PathBuf,
    temporary: TempDir,
    files: Vec<FileEntry>,
}

impl Pending {
    /// Makes the temporary folder beside `target`, with missing parents.
    pub(super) fn begin(target: &Path) -> Result<Self, StoreError> {
        refuse_existing(target)?;
        let parent = match target.parent() {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let at_parent = |source| StoreError::Parent {
            parent: parent.clone(),
            source,
        };
        fs::create_dir_all(&parent).map_err(at_parent)?;
        let temporary = temporary_folder(&parent).map_err(at_parent)?;
        Ok(Self {
            target: target.to_owned(),
            parent,
            temporary,
            files: Vec::new(),
        })
    }

    /// Writes a text file.
    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), StoreError> {
        self.file(name, |file| file.write_all(text.as_bytes()).map(|()| None))
    }

    /// Writes a table, whose writer returns the number of rows.
    pub(super) fn table(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<u64>,
    ) -> Result<(), StoreError> {
        self.file(name, |file| write(file).map(Some))
    }

    fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<Option<u64>>,
    ) -> Result<(), StoreError> {
        let path = self.temporary.path().join(name);
        let written = || -> io::Result<FileEntry> {
            let mut file = BufWriter::new(File::create_new(&path)?);
            let rows = write(&mut file)?;
            file.into_inner()?.sync_all()?;
            Ok(FileEntry {
                name: name.to_owned(),
                sha256: sha256(&fs::read(&path)?),
                rows,
            })
        };
        let entry = written().map_err(|source| StoreError::Write {
            file: self.target.join(name),
            source,
        })?;
        self.files.push(entry);
        Ok(())
    }

    /// Files written so far.
    pub(super) fn files(&self) -> Vec<FileEntry> {
        self.files.clone()
    }

    /// Gives the folder its name.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        refuse_existing(&self.target)?;
        let at_target = |source| StoreError::Write {
            file: self.target.clone(),
            source,
        };
        sync_folder(self.temporary.path()).map_err(at_target)?;
        fs::rename(self.temporary.path(), &self.target).map_err(at_target)?;
        // The folder has its own name now; there is nothing temporary left to remove.
        let _ = self.temporary.keep();
        sync_folder(&self.parent).map_err(at_target)
    }
}

fn refuse_existing(target: &Path) -> Result<(), StoreError> {
    match target.symlink_metadata() {
        Ok(_) => Err(StoreError::Exists {
            folder: target.to_owned(),
        }),
        Err(_) => Ok(()),
    }
}

fn temporary_folder(parent: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zalm-unfinished-");
    #[cfg(unix)]
    {
        // A run folder is for colleagues too: as open as the user's umask lets it be.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

/// Makes a rename last through a power cut; only Unix can sync a folder.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}
