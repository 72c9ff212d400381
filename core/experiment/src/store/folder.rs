//! Files of a run folder: written under another name, on disk before they get their own.

use super::error::StoreError;
use super::manifest::FileEntry;
use super::under_way::part;
use crate::digest::sha256_of;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Files in the making: those that are there keep their place until [`Files::finish`].
pub(super) struct Files {
    folder: PathBuf,
    written: Vec<FileEntry>,
}

impl Files {
    /// Files in an existing folder.
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            written: Vec::new(),
        }
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
        let path = self.folder.join(part(name));
        let written = || -> io::Result<FileEntry> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = BufWriter::new(File::create(&path)?);
            let rows = write(&mut file)?;
            file.into_inner()?.sync_all()?;
            Ok(FileEntry {
                name: name.to_owned(),
                sha256: sha256_of(File::open(&path)?)?,
                rows,
            })
        };
        let entry = written().map_err(|source| {
            // It may be what fills the disk.
            let _ = fs::remove_file(&path);
            StoreError::Write {
                file: self.folder.join(name),
                source,
            }
        })?;
        self.written.push(entry);
        Ok(())
    }

    /// Files written so far.
    pub(super) fn written(&self) -> Vec<FileEntry> {
        self.written.clone()
    }

    /// Gives the files their names, in the order in which they were written.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        let rename = |entry: &FileEntry| {
            let (from, to) = (part(&entry.name), &entry.name);
            fs::rename(self.folder.join(from), self.folder.join(to))
        };
        let renamed = || -> io::Result<()> {
            self.written.iter().try_for_each(rename)?;
            sync_folder(&self.folder)
        };
        renamed().map_err(|source| StoreError::Write {
            file: self.folder.clone(),
            source,
        })
    }
}

/// Makes a rename last through a power cut; only Unix can sync a folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}
