//! Where libraries are looked for, and which are there.

use crate::library::Library;
use crate::manifest::{Manifest, read_manifest};
use crate::refusal::{Refusal, RefusalCode};
use sha2::{Digest, Sha256};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest library that is read, bytes.
const SIZE_CAP: u64 = 256 << 20;

/// Directories in which libraries are looked for, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchPath {
    dirs: Vec<PathBuf>,
}

impl SearchPath {
    /// `explicit` directories first; then those in the environment variable `ZALM_PLUGINS`, the
    /// directory of the running program and `plugins` in the working directory.
    ///
    /// Cargo leaves the libraries that a program depends on in `deps` beside it, and copies them up
    /// only when they are built by name; so `deps` is searched first where there is one, as what
    /// lies above it may be older. A test runs in `deps` itself.
    pub fn new(explicit: &[PathBuf]) -> Self {
        let mut dirs = explicit.to_vec();
        if let Some(listed) = std::env::var_os("ZALM_PLUGINS") {
            dirs.extend(std::env::split_paths(&listed).filter(|dir| !dir.as_os_str().is_empty()));
        }
        let program = std::env::current_exe().ok();
        dirs.extend(program.as_deref().map(beside).unwrap_or_default());
        dirs.push("plugins".into());
        Self::only(dirs)
    }

    /// These directories and no others.
    pub fn only(dirs: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut unique = Vec::new();
        for dir in dirs {
            if !unique.contains(&dir) {
                unique.push(dir);
            }
        }
        Self { dirs: unique }
    }

    /// The directories, in order.
    pub fn dirs(&self) -> &[PathBuf] {
        &self.dirs
    }
}

/// The directories that belong to a program: `deps`, where there is one, and its own.
fn beside(program: &Path) -> Vec<PathBuf> {
    let Some(dir) = program.parent() else {
        return Vec::new();
    };
    let base = match dir.parent() {
        Some(above) if dir.ends_with("deps") => above,
        _ => dir,
    };
    let deps = base.join("deps");
    let mut dirs: Vec<PathBuf> = deps.is_dir().then_some(deps).into_iter().collect();
    dirs.push(base.to_owned());
    dirs
}

/// File name of the library of plugin `id` on this system: `libzalm_social_enterprise.so` for
/// `social-enterprise`.
pub fn file_name(id: &str) -> String {
    format!("{DLL_PREFIX}zalm_{}{DLL_SUFFIX}", id.replace('-', "_"))
}

/// A file that was found, with what is known before loading.
#[derive(Clone, Debug)]
pub struct Found {
    /// The file.
    pub file: PathBuf,
    /// SHA-256 of its bytes, hexadecimal; empty when it cannot be read.
    pub sha256: String,
    /// Its manifest, or why it is refused.
    pub manifest: Result<Manifest, Refusal>,
    bytes: Arc<[u8]>,
}

impl Found {
    /// Reads one file once; steps 2 to 4 of the load order.
    pub fn read(file: &Path) -> Self {
        let refuse = |message| Err(Refusal::new(RefusalCode::NotLibrary, file, message));
        let read = std::fs::metadata(file).and_then(|about| {
            if about.len() > SIZE_CAP {
                return Err(std::io::Error::other(format!(
                    "{} MB is more than a strategy can need ({} MB)",
                    about.len() >> 20,
                    SIZE_CAP >> 20
                )));
            }
            std::fs::read(file)
        });
        let (bytes, sha256, manifest) = match read {
            Ok(bytes) => {
                let manifest = read_manifest(file, &bytes).and_then(|m| name_fits(m, file));
                let sha256 = hex(&Sha256::digest(&bytes));
                (bytes, sha256, manifest)
            }
            Err(error) => (
                Vec::new(),
                String::new(),
                refuse(format!("cannot be read: {error}")),
            ),
        };
        Self {
            file: file.to_owned(),
            sha256,
            manifest,
            bytes: bytes.into(),
        }
    }

    /// Loads it, or gives the library that was loaded from the same bytes before.
    ///
    /// # Errors
    /// A refusal with the reason.
    pub fn load(&self) -> Result<Arc<Library>, Refusal> {
        let manifest = self.manifest.clone()?;
        crate::library::load(&self.file, &self.bytes, &self.sha256, manifest)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn name_fits(manifest: Manifest, file: &Path) -> Result<Manifest, Refusal> {
    let expected = file_name(&manifest.id);
    if file
        .file_name()
        .is_some_and(|name| name == expected.as_str())
    {
        return Ok(manifest);
    }
    let message = format!(
        "is plugin {}, whose file is to be called {expected}; rename the file, or set the name of \
         the library in Cargo.toml",
        manifest.id
    );
    Err(Refusal::new(RefusalCode::ManifestMismatch, file, message))
}

/// Every strategy library in the directories, also the refused; by directory, then by name. A file
/// with the bytes of an earlier one is left out.
pub fn find_all(search: &SearchPath) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for dir in search.dirs() {
        let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|file| is_strategy_name(file))
            .collect();
        files.sort();
        for file in files {
            let found = Found::read(&file);
            if !all.iter().any(|earlier| same_bytes(earlier, &found)) {
                all.push(found);
            }
        }
    }
    all
}

fn same_bytes(a: &Found, b: &Found) -> bool {
    !a.sha256.is_empty() && a.sha256 == b.sha256 && a.file.file_name() == b.file.file_name()
}

fn is_strategy_name(file: &Path) -> bool {
    file.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| {
            name.starts_with(&format!("{DLL_PREFIX}zalm_")) && name.ends_with(DLL_SUFFIX)
        })
}

/// The library of plugin `id`: of several usable ones that with the highest version, of equal ones
/// the first. When none is usable, the first refused one. When there is no file of this id, the
/// library that was formerly called so; `None` when there is none either.
pub fn find(id: &str, search: &SearchPath) -> Option<Found> {
    let name = file_name(id);
    let files = search.dirs().iter().map(|dir| dir.join(&name));
    let named = files
        .filter(|file| file.is_file())
        .map(|file| Found::read(&file));
    highest(named.collect()).or_else(|| {
        let called = |found: &Found| {
            let manifest = found.manifest.as_ref();
            manifest.is_ok_and(|m| m.formerly.split(' ').any(|old| old == id))
        };
        highest(find_all(search).into_iter().filter(called).collect())
    })
}

/// The usable one with the highest version, of equal ones the first; else the first.
fn highest(mut candidates: Vec<Found>) -> Option<Found> {
    // Stable: of equal versions the first directory stays first.
    candidates.sort_by_key(|found| {
        std::cmp::Reverse(found.manifest.as_ref().ok().map(|m| numbers(&m.version)))
    });
    candidates.into_iter().next()
}

/// `1.12.0` as numbers, so that 1.12 is above 1.9.
fn numbers(version: &str) -> Vec<u64> {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    release
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SearchPath, beside, file_name, find, find_all, numbers};
    use crate::refusal::RefusalCode;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(numbers("1.12.0") > numbers("1.9.3"));
        assert!(numbers("2.0.0-beta") > numbers("1.9.3"));
    }

    #[test]
    fn the_same_directory_is_searched_once() {
        let search = SearchPath::only(["a".into(), "b".into(), "a".into()]);
        assert_eq!(search.dirs().len(), 2);
    }

    #[test]
    fn what_cargo_built_last_is_found_first() {
        let dir = tempfile::tempdir().expect("temporary directory");
        let base = dir.path().to_owned();
        assert_eq!(beside(&base.join("zalm")), std::slice::from_ref(&base));
        let deps = base.join("deps");
        std::fs::create_dir(&deps).expect("create");
        assert_eq!(beside(&base.join("zalm")), [deps.clone(), base.clone()]);
        assert_eq!(beside(&deps.join("all-0123")), [deps, base]);
    }

    #[test]
    fn a_file_that_is_no_library_is_listed_with_the_reason() {
        let dir = tempfile::tempdir().expect("temporary directory");
        let search = SearchPath::only([dir.path().to_owned()]);
        assert!(find("carousel", &search).is_none());
        std::fs::write(dir.path().join(file_name("carousel")), "text").expect("write");
        std::fs::write(dir.path().join("notes.txt"), "text").expect("write");
        let all = find_all(&search);
        assert_eq!(all.len(), 1);
        let refusal = all[0].manifest.as_ref().expect_err("refused");
        assert_eq!(refusal.code, RefusalCode::NotLibrary);
        assert!(find("carousel", &search).is_some());
    }
}
