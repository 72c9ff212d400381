//! The journal of a run folder: units of work, appended one by one, readable after any end.
//!
//! A header, then frames: length of the rest (4 bytes, little-endian), SHA-256 of the rest, key (32
//! bytes), bytes of the unit. A frame is on disk before its unit counts as done. What a killed
//! process or a full disk left behind is no whole frame: it is cut off, and its unit is run again.

use super::error::StoreError;
use crate::study::Key;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// First bytes of a journal: what it is, and the version of its layout.
const HEADER: &[u8; 16] = b"zalm.units/1\n\0\0\0";
/// Bytes of a digest and of a key.
const DIGEST: usize = 32;
/// Bytes before the unit: length, digest, key.
const BEFORE: usize = 4 + DIGEST + DIGEST;

/// A journal; threads may share it.
pub struct Journal {
    file: PathBuf,
    inner: Mutex<Inner>,
    /// Bytes that were cut off when it was opened.
    torn: u64,
}

/// Where the bytes of each unit begin, and how many they are.
type Places = HashMap<Key, (u64, usize)>;

struct Inner {
    open: File,
    /// Where the next frame goes.
    end: u64,
    places: Places,
}

impl Journal {
    /// Opens a journal to continue it, or begins one.
    pub(super) fn open(file: &Path) -> Result<Self, StoreError> {
        let opened = || -> io::Result<Self> {
            let mut options = OpenOptions::new();
            let open = options.read(true).write(true).create(true).truncate(false);
            let mut open = open.open(file)?;
            let length = open.metadata()?.len();
            let (places, end) = scan(&open, length)?;
            if end < length || length == 0 {
                open.set_len(end)?;
                if end == 0 {
                    open.rewind()?;
                    open.write_all(HEADER)?;
                }
                open.sync_all()?;
            }
            let end = end.max(HEADER.len() as u64);
            let torn = length.saturating_sub(end);
            Ok(Self::new(file, open, places, end, torn))
        };
        opened().map_err(|source| failed(file, source))
    }

    /// Opens the journal of a complete run folder, which is not written any more.
    pub(crate) fn open_complete(file: &Path) -> Result<Self, StoreError> {
        let opened = || -> io::Result<Self> {
            let open = File::open(file)?;
            let length = open.metadata()?.len();
            let (places, end) = scan(&open, length)?;
            Ok(Self::new(file, open, places, end, 0))
        };
        opened().map_err(|source| failed(file, source))
    }

    fn new(file: &Path, open: File, places: Places, end: u64, torn: u64) -> Self {
        Self {
            file: file.to_owned(),
            inner: Mutex::new(Inner { open, end, places }),
            torn,
        }
    }

    /// Bytes at the end that were no whole unit when it was opened.
    pub fn torn(&self) -> u64 {
        self.torn
    }

    /// Units that it holds, count.
    pub fn len(&self) -> usize {
        self.inner().places.len()
    }

    /// Whether it holds no unit.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it holds a unit.
    pub(crate) fn has(&self, key: &Key) -> bool {
        self.inner().places.contains_key(key)
    }

    /// Adds a unit; when this returns, it is on disk.
    pub(crate) fn append(&self, key: Key, bytes: &[u8]) -> Result<(), StoreError> {
        self.add(&mut self.inner(), key, bytes, |open| open.sync_data())
    }

    fn add(
        &self,
        inner: &mut Inner,
        key: Key,
        bytes: &[u8],
        sync: impl Fn(&File) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        let frame = frame(&key, bytes);
        let end = inner.end;
        let written = |open: &mut File| -> io::Result<()> {
            open.seek(SeekFrom::Start(end))?;
            open.write_all(&frame)?;
            sync(open)
        };
        if let Err(source) = written(&mut inner.open) {
            // Part of a frame may be there; the next one to open the journal cuts it off too.
            let _ = inner.open.set_len(end);
            return Err(failed(&self.file, source));
        }
        inner.end = end + frame.len() as u64;
        inner.places.insert(key, (end + BEFORE as u64, bytes.len()));
        Ok(())
    }

    /// Adds the units of another journal that are not there; when this returns, they are on disk.
    pub(super) fn take(&self, other: &Self) -> Result<(), StoreError> {
        for key in other.keys() {
            let bytes = other.read(&key)?;
            let mut inner = self.inner();
            if !inner.places.contains_key(&key) {
                self.add(&mut inner, key, &bytes, |_| Ok(()))?;
            }
        }
        let synced = self.inner().open.sync_data();
        synced.map_err(|source| failed(&self.file, source))
    }

    /// Keys of the units, in the order in which they were added.
    fn keys(&self) -> Vec<Key> {
        let inner = self.inner();
        let mut keys: Vec<Key> = inner.places.keys().copied().collect();
        keys.sort_by_key(|key| inner.places[key].0);
        keys
    }

    /// The bytes of a unit that is there.
    pub(crate) fn read(&self, key: &Key) -> Result<Vec<u8>, StoreError> {
        let mut inner = self.inner();
        let Some(&(start, length)) = inner.places.get(key) else {
            return Err(self.strange(key));
        };
        let mut bytes = vec![0; length];
        let mut read = || -> io::Result<()> {
            inner.open.seek(SeekFrom::Start(start))?;
            inner.open.read_exact(&mut bytes)
        };
        read().map_err(|source| failed(&self.file, source))?;
        Ok(bytes)
    }

    /// Writes the units with these keys, in this order, as a journal of its own; gives their number.
    pub(super) fn write(&self, keys: &[Key], file: &mut BufWriter<File>) -> io::Result<u64> {
        file.write_all(HEADER)?;
        for key in keys {
            let bytes = self.read(key).map_err(io::Error::other)?;
            file.write_all(&frame(key, &bytes))?;
        }
        Ok(keys.len() as u64)
    }

    /// A unit that is not what it should be.
    pub(crate) fn strange(&self, key: &Key) -> StoreError {
        let told = format!("unit {key} cannot be read");
        failed(&self.file, io::Error::new(io::ErrorKind::InvalidData, told))
    }

    /// A thread that panics has changed nothing yet, so a poisoned journal is still whole.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed(file: &Path, source: io::Error) -> StoreError {
    StoreError::Write {
        file: file.to_owned(),
        source,
    }
}

fn frame(key: &Key, bytes: &[u8]) -> Vec<u8> {
    let length = (DIGEST + bytes.len()) as u32;
    let digest = Sha256::new().chain_update(key.0).chain_update(bytes);
    let mut frame = Vec::with_capacity(BEFORE + bytes.len());
    frame.extend(length.to_le_bytes());
    frame.extend(digest.finalize());
    frame.extend(key.0);
    frame.extend(bytes);
    frame
}

/// Where the units are, and where the last whole frame ends; 0 when there is no whole header.
fn scan(open: &File, length: u64) -> io::Result<(Places, u64)> {
    let mut places = HashMap::new();
    let mut reader = BufReader::new(open);
    let mut header = [0; HEADER.len()];
    if length < HEADER.len() as u64 {
        return Ok((places, 0));
    }
    reader.read_exact(&mut header)?;
    if header != *HEADER {
        let told = "this is no journal of this version of zalm";
        return Err(io::Error::new(io::ErrorKind::InvalidData, told));
    }
    let mut end = HEADER.len() as u64;
    while let Some((key, size)) = whole_frame(&mut reader, length - end)? {
        places.insert(key, (end + BEFORE as u64, size));
        end += (BEFORE + size) as u64;
    }
    Ok((places, end))
}

/// Key and size of the next unit; `None` when what is left is no whole frame.
fn whole_frame(reader: &mut impl Read, left: u64) -> io::Result<Option<(Key, usize)>> {
    if left < BEFORE as u64 {
        return Ok(None);
    }
    let mut length = [0; 4];
    let mut digest = [0; DIGEST];
    reader.read_exact(&mut length)?;
    reader.read_exact(&mut digest)?;
    let length = u32::from_le_bytes(length) as usize;
    if length < DIGEST || (length + 4 + DIGEST) as u64 > left {
        return Ok(None);
    }
    let mut rest = vec![0; length];
    reader.read_exact(&mut rest)?;
    if Sha256::digest(&rest)[..] != digest {
        return Ok(None);
    }
    let mut key = [0; DIGEST];
    key.copy_from_slice(&rest[..DIGEST]);
    Ok(Some((Key(key), length - DIGEST)))
}
