//! Why a library is not used.

use std::fmt;
use std::path::{Path, PathBuf};

/// The step of the load order that refused a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefusalCode {
    /// The file cannot be read or is no shared library.
    NotLibrary,
    /// It was built for another machine or system.
    Platform,
    /// It has no (single, readable) manifest.
    NoManifest,
    /// It needs a newer zalm.
    AbiNewer,
    /// It was built for an older contract.
    AbiOlder,
    /// The system could not load it.
    Dlopen,
    /// The process in which it was tried did not survive it.
    Crash,
    /// The exported entry is not ours.
    Magic,
    /// The entry names another version than the manifest allows.
    Abi,
    /// Its structs lie in memory in another way.
    Layout,
    /// Manifest, file name and description contradict each other.
    ManifestMismatch,
    /// It is not the library that `zalm.lock` pins.
    Hash,
    /// It is a plugin, but no strategy.
    NoInterface,
    /// Its description is not understood, or asks for what the model does not have.
    Schema,
}

impl RefusalCode {
    const ALL: [Self; 14] = [
        Self::NotLibrary,
        Self::Platform,
        Self::NoManifest,
        Self::AbiNewer,
        Self::AbiOlder,
        Self::Dlopen,
        Self::Crash,
        Self::Magic,
        Self::Abi,
        Self::Layout,
        Self::ManifestMismatch,
        Self::Hash,
        Self::NoInterface,
        Self::Schema,
    ];

    /// The code that is shown so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }

    /// The code as shown, such as `E_LAYOUT`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotLibrary => "E_NOT_LIBRARY",
            Self::Platform => "E_PLATFORM",
            Self::NoManifest => "E_NO_MANIFEST",
            Self::AbiNewer => "E_ABI_NEWER",
            Self::AbiOlder => "E_ABI_OLDER",
            Self::Dlopen => "E_DLOPEN",
            Self::Crash => "E_CRASH",
            Self::Magic => "E_MAGIC",
            Self::Abi => "E_ABI",
            Self::Layout => "E_LAYOUT",
            Self::ManifestMismatch => "E_MANIFEST_MISMATCH",
            Self::Hash => "E_HASH",
            Self::NoInterface => "E_NO_INTERFACE",
            Self::Schema => "E_SCHEMA",
        }
    }
}

/// A library that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which check refused it.
    pub code: RefusalCode,
    /// The file.
    pub file: PathBuf,
    /// What is wrong and what to do, for people.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(code: RefusalCode, file: &Path, message: impl Into<String>) -> Self {
        Self {
            code,
            file: file.to_owned(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({})",
            self.file.display(),
            self.message,
            self.code.name()
        )
    }
}

impl std::error::Error for Refusal {}
