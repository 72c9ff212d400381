//! The manifest in a library file, read without loading the library.

use crate::refusal::{Refusal, RefusalCode};
use object::{Architecture, BinaryFormat, Object, ObjectKind, ObjectSection};
use serde::{Deserialize, Serialize};
use std::path::Path;
use zalm_abi::{ABI_MAJOR, ABI_MINOR, ENTRY_SYMBOL, Fit, MANIFEST_MAGIC, fit};

/// What a library says about itself before it is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Id in scenarios.
    pub id: String,
    /// Version, `major.minor.patch`.
    pub version: String,
    /// Contract that it was built with: major, minor.
    pub abi: (u16, u16),
    /// Smallest minor version of a host that it needs.
    pub min_host_minor: u16,
    /// Name of the exported entry.
    pub entry: String,
    /// Version of the SDK, or `c`.
    pub sdk: String,
    /// Compiler; empty when not known.
    #[serde(default)]
    pub rustc: String,
    /// Machine and system that it was built for; empty when not known.
    #[serde(default)]
    pub target: String,
    /// Build profile; empty when not known.
    #[serde(default)]
    pub profile: String,
    /// `abort` when a panic in it would end the whole program.
    #[serde(default)]
    pub panic: String,
    /// Ids by which older scenarios name it, with spaces between.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub formerly: String,
    /// Name of the library it belongs to, without `lib` and extension; empty when not known.
    #[serde(default)]
    pub lib: String,
}

impl Manifest {
    /// Contract, SDK, compiler, machine and profile in words, as far as they are known.
    pub fn built_with(&self) -> String {
        let parts = [
            format!("contract {}.{}", self.abi.0, self.abi.1),
            format!("sdk {}", self.sdk),
            self.rustc.clone(),
            self.target.clone(),
            self.profile.clone(),
        ];
        let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        known.join(", ")
    }
}

/// Reads and checks the manifest in the bytes of `file`; steps 3 and 4 of the load order.
///
/// # Errors
/// A refusal with the reason.
pub(crate) fn read_manifest(file: &Path, bytes: &[u8]) -> Result<Manifest, Refusal> {
    let refuse = |code, message: String| Err(Refusal::new(code, file, message));
    let object = match object::File::parse(bytes) {
        Ok(object) if object.kind() == ObjectKind::Dynamic => object,
        Ok(_) => return refuse(RefusalCode::NotLibrary, "is no shared library".into()),
        Err(error) => {
            let message = format!("is no shared library, or is cut off: {error}");
            return refuse(RefusalCode::NotLibrary, message);
        }
    };
    if let Some(built_for) = foreign(&object) {
        let message = format!(
            "was built for {built_for}, this machine is {} {}; rebuild the plugin here",
            std::env::consts::ARCH,
            std::env::consts::OS
        );
        return refuse(RefusalCode::Platform, message);
    }
    let Some(section) = object
        .section_by_name(".zalm")
        .or(object.section_by_name("__zalm"))
    else {
        let message = "has no plugin manifest (section .zalm): is export_policy! missing, or is it \
                       another kind of library?";
        return refuse(RefusalCode::NoManifest, message.into());
    };
    let data = section.data().unwrap_or_default();
    let manifest = match parse(data, file) {
        Ok(manifest) => manifest,
        Err(message) => return refuse(RefusalCode::NoManifest, message),
    };
    check(&manifest, file)?;
    Ok(manifest)
}

/// What the library was built for, when that is not this machine.
fn foreign(object: &object::File<'_>) -> Option<String> {
    let here = match std::env::consts::ARCH {
        "x86_64" => Architecture::X86_64,
        "aarch64" => Architecture::Aarch64,
        "riscv64" => Architecture::Riscv64,
        _ => object.architecture(),
    };
    let format = match std::env::consts::OS {
        "windows" => BinaryFormat::Pe,
        "macos" => BinaryFormat::MachO,
        _ => BinaryFormat::Elf,
    };
    let fits = object.architecture() == here
        && object.format() == format
        && object.is_64()
        && object.is_little_endian();
    (!fits).then(|| format!("{:?} {:?}", object.architecture(), object.format()))
}

/// The manifest in the section. A library that contains another strategy has two: its own is the
/// one that carries the library's name.
fn parse(data: &[u8], file: &Path) -> Result<Manifest, String> {
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let stem = stem
        .strip_prefix(std::env::consts::DLL_PREFIX)
        .unwrap_or(stem);
    let mut manifests = Vec::new();
    for at in 0..data.len().saturating_sub(MANIFEST_MAGIC.len() - 1) {
        if data[at..].starts_with(MANIFEST_MAGIC) {
            let rest = &data[at + MANIFEST_MAGIC.len()..];
            let line = rest
                .split(|byte| *byte == b'\n' || *byte == 0)
                .next()
                .unwrap_or_default();
            let manifest: Manifest = serde_json::from_slice(line)
                .map_err(|error| format!("has a plugin manifest that cannot be read: {error}"))?;
            manifests.push(manifest);
        }
    }
    let several = manifests.len() > 1;
    let own = manifests.iter().position(|m| m.lib == stem);
    match own.or((!several && !manifests.is_empty()).then_some(0)) {
        Some(own) => Ok(manifests.swap_remove(own)),
        None if several => Err(format!(
            "holds {} plugin manifests and none is for {stem}: a library is one strategy",
            manifests.len()
        )),
        None => Err("has an empty plugin manifest (section .zalm)".into()),
    }
}

/// The id in the manifest of `file`, whatever the file is called.
///
/// # Errors
/// A refusal when it is no strategy library of this contract.
pub fn id_of(file: &Path) -> Result<String, Refusal> {
    let bytes = std::fs::read(file).map_err(|error| {
        Refusal::new(
            RefusalCode::NotLibrary,
            file,
            format!("cannot be read: {error}"),
        )
    })?;
    read_manifest(file, &bytes).map(|manifest| manifest.id)
}

fn check(manifest: &Manifest, file: &Path) -> Result<(), Refusal> {
    let refuse = |code, message: String| Err(Refusal::new(code, file, message));
    match fit(
        manifest.abi.0,
        manifest.min_host_minor,
        (ABI_MAJOR, ABI_MINOR),
    ) {
        Fit::Fits => {}
        Fit::PluginNewer => {
            return refuse(
                RefusalCode::AbiNewer,
                versions(manifest, "update zalm, or rebuild"),
            );
        }
        Fit::PluginOlder => {
            return refuse(RefusalCode::AbiOlder, versions(manifest, "rebuild"));
        }
    }
    if manifest.panic == "abort" {
        let message = "was built with panic = \"abort\": a panic in it would end the whole program; \
                       rebuild it with panic = \"unwind\"";
        return refuse(RefusalCode::NoManifest, message.into());
    }
    if !manifest.entry.starts_with(ENTRY_SYMBOL) {
        let message = format!(
            "names the entry {}; expected a name that begins with {ENTRY_SYMBOL}",
            manifest.entry
        );
        return refuse(RefusalCode::NoManifest, message);
    }
    Ok(())
}

/// Both sides and the way out.
fn versions(manifest: &Manifest, remedy: &str) -> String {
    format!(
        "plugin {} {} was built for plugin contract {}.{} and needs at least {}.{}; this zalm {} \
         provides {ABI_MAJOR}.{ABI_MINOR}; {remedy} the plugin with zalm-sdk {}",
        manifest.id,
        manifest.version,
        manifest.abi.0,
        manifest.abi.1,
        manifest.abi.0,
        manifest.min_host_minor,
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_VERSION"),
    )
}
