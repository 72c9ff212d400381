//! `zalm plugin verify`: whether a library or a pack is what it should be, without loading it.

use super::pack::Packed;
use crate::exit::{Exit, Failure};
use crate::stdout::print;
use clap::Args;
use std::path::{Path, PathBuf};
use zalm_experiment::sha256;
use zalm_plugin_host::{LOCK_FILE, Lock, id_of};

/// Hold an archive against its own list of hashes, and its library against the lock of a scenario.
#[derive(Args)]
pub struct Verify {
    /// An archive of `zalm plugin pack`, or a library
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The scenario beside whose zalm.lock the library is to be pinned
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<PathBuf>,
}

impl Verify {
    /// Says what was compared.
    ///
    /// # Errors
    /// The first thing that is not as it should be.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let wrong = |why: String| Failure::invalid(format!("{} {why}", self.file.display()));
        let bytes =
            std::fs::read(&self.file).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        let packed = is_pack(&bytes)
            .then(|| Packed::read(&bytes))
            .transpose()
            .map_err(wrong)?;
        let library = match &packed {
            Some(packed) => packed.library().map_err(wrong)?.1,
            None => &bytes[..],
        };
        let sum = sha256(library);
        let mut text = format!("{}: sha256 {sum}\n", self.file.display());
        if let Some(packed) = &packed {
            let names: Vec<&str> = packed.names().collect();
            text += &format!("  as its own list says: {}\n", names.join(", "));
        }
        if let Some(scenario) = &self.scenario {
            text += &format!("  {}\n", pinned(library, &sum, scenario).map_err(wrong)?);
        }
        print(&text)?;
        Ok(Exit::Good)
    }
}

/// Whether these are the bytes of an archive.
pub fn is_pack(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

fn pinned(library: &[u8], sum: &str, scenario: &Path) -> Result<String, String> {
    let id = tempfile::NamedTempFile::new()
        .and_then(|copy| std::fs::write(copy.path(), library).map(|()| copy))
        .map_err(|error| format!("cannot be looked into: {error}"))
        .and_then(|copy| id_of(copy.path()).map_err(|refusal| refusal.message))?;
    let lock = Lock::beside(scenario)?;
    let lock_file = scenario.with_file_name(LOCK_FILE);
    if !lock_file.is_file() {
        return Err(format!(
            "cannot be held against a lock: there is no {LOCK_FILE} beside {}; `zalm plugin lock {} \
             --strategy {id}` writes one",
            scenario.display(),
            scenario.display()
        ));
    }
    let lock_file = lock_file.display();
    match lock.0.get(&id) {
        Some(pinned) if pinned.sha256 == sum => {
            Ok(format!("as {lock_file} pins {id} {}", pinned.version))
        }
        Some(pinned) => Err(format!(
            "is not the {id} {} that {lock_file} pins: that has sha256 {}, this {sum}",
            pinned.version, pinned.sha256
        )),
        None => Err(format!(
            "cannot be held against {lock_file}: it pins no {id}; `zalm plugin lock {} --strategy \
             {id}` would",
            scenario.display()
        )),
    }
}
