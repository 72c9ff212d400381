//! A loaded library: steps 6 to 12 of the load order. Loaded once per process, never unloaded.

use crate::calls::inside;
use crate::description::Description;
use crate::folder;
use crate::manifest::Manifest;
use crate::refusal::{Refusal, RefusalCode};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::c_void;
use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use zalm_abi::{
    ABI_MAJOR, ABI_MINOR, ENTRY_MAGIC, Fit, LAYOUT_HASH, POLICY_INTERFACE, ZalmHost,
    ZalmPluginEntry, ZalmPolicyApi, ZalmStatus, ZalmStep, ZalmStr, fit,
};
use zalm_model::MetricSpec;

/// Longest description, bytes.
const DESCRIPTION_CAP: u64 = 1 << 20;

/// The required functions of a strategy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Functions {
    pub create: unsafe extern "C" fn(*const ZalmHost, ZalmStr, u64, *mut *mut c_void) -> ZalmStatus,
    pub destroy: unsafe extern "C" fn(*mut c_void),
    pub step: unsafe extern "C" fn(*mut c_void, *const ZalmHost, *const ZalmStep) -> ZalmStatus,
    describe: unsafe extern "C" fn() -> ZalmStr,
}

type GetInterface = unsafe extern "C" fn(ZalmStr) -> *const c_void;

/// A strategy library that passed every check; stays loaded until the process ends.
#[derive(Debug)]
pub struct Library {
    /// What it said before it was loaded.
    pub manifest: Manifest,
    /// What it says about itself.
    pub description: Description,
    /// The same as it gave it when it was loaded.
    pub(crate) described: String,
    /// What it measures itself, as the tables name it.
    pub metrics: Vec<MetricSpec>,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its id, for as long as its code is there: until the process ends.
    pub(crate) id: &'static str,
    pub(crate) functions: Functions,
    pub(crate) get_interface: GetInterface,
    /// Position in the model's list of each column that it reads; none for one that is absent.
    pub(crate) columns: Vec<Option<usize>>,
    /// Set when it reported that it is broken; no instance is used after that.
    broken: AtomicBool,
    /// Parameters (JSON with sorted keys) of which an instance was made and ended in a process of its
    /// own.
    stood: Mutex<BTreeSet<String>>,
    _code: ManuallyDrop<libloading::Library>,
}

impl Library {
    /// What it says about itself when it is asked once more.
    pub(crate) fn describe_again(&self) -> Option<&str> {
        // SAFETY: as when it was loaded: the text is static.
        inside(self.id, || unsafe {
            (self.functions.describe)().read(DESCRIPTION_CAP)
        })
    }

    pub(crate) fn mark_broken(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    /// Notes that an instance of these parameters was made and ended without harm.
    pub(crate) fn stands(&self, parameters: &str) {
        let mut stood = self.stood.lock().unwrap_or_else(PoisonError::into_inner);
        stood.insert(parameters.to_owned());
    }

    /// Whether that was noted.
    pub(crate) fn stood(&self, parameters: &str) -> bool {
        let stood = self.stood.lock().unwrap_or_else(PoisonError::into_inner);
        stood.contains(parameters)
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }
}

/// The libraries of this process, by hash.
static LOADED: Mutex<BTreeMap<String, Arc<Library>>> = Mutex::new(BTreeMap::new());

/// Whether the library of these bytes is loaded.
pub(crate) fn is_loaded(sha256: &str) -> bool {
    let loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    loaded.contains_key(sha256)
}

/// Loads the verified bytes, or gives the library that was made of the same bytes before.
pub(crate) fn load(
    file: &Path,
    bytes: &[u8],
    sha256: &str,
    manifest: Manifest,
) -> Result<Arc<Library>, Refusal> {
    // Held during loading, so that two threads do not load the same bytes twice.
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(library) = loaded.get(sha256) {
        return Ok(Arc::clone(library));
    }
    // Never freed, as the library is not: a few bytes each.
    let id: &'static str = manifest.id.clone().leak();
    folder::remember();
    let opened = inside(id, || {
        let code = open(file, bytes, sha256, &manifest)?;
        let (functions, get_interface) = connect(file, &code, &manifest)?;
        let (description, described) = describe(file, &functions, &manifest)?;
        Ok::<_, Refusal>((code, functions, get_interface, description, described))
    });
    folder::back();
    let (code, functions, get_interface, description, described) = opened?;
    let columns = description
        .column_indices()
        .map_err(|message| Refusal::new(RefusalCode::Schema, file, message))?;
    let declared = description.metrics.iter();
    let metrics = declared.map(|metric| metric.spec(&manifest.id)).collect();
    let library = Arc::new(Library {
        metrics,
        manifest,
        description,
        described,
        sha256: sha256.to_owned(),
        id,
        functions,
        get_interface,
        columns,
        broken: AtomicBool::new(false),
        stood: Mutex::default(),
        _code: code,
    });
    loaded.insert(sha256.to_owned(), Arc::clone(&library));
    Ok(library)
}

/// Steps 6 and 7. The bytes that were checked are written to a name of their own and loaded from
/// there: nobody can exchange the file between check and load, and a rebuilt file under the old
/// name is not taken for the old library.
fn open(
    file: &Path,
    bytes: &[u8],
    sha256: &str,
    manifest: &Manifest,
) -> Result<ManuallyDrop<libloading::Library>, Refusal> {
    let refuse = |message: String| Refusal::new(RefusalCode::Dlopen, file, message);
    let mut copy = tempfile::Builder::new()
        .prefix(&format!("zalm-{}-{}-", manifest.id, &sha256[..12]))
        .suffix(std::env::consts::DLL_SUFFIX)
        .tempfile()
        .map_err(|error| refuse(format!("cannot be copied to the temporary folder: {error}")))?;
    copy.write_all(bytes)
        .and_then(|()| copy.flush())
        .map_err(|error| refuse(format!("cannot be copied to the temporary folder: {error}")))?;
    let path = copy.into_temp_path();
    let code = dlopen(&path).map_err(|error| {
        let cause = std::error::Error::source(&error)
            .map_or_else(|| error.to_string(), ToString::to_string);
        let text = cause.replace(&*path.to_string_lossy(), "the library");
        refuse(format!("cannot be loaded: {text}"))
    })?;
    if cfg!(not(unix)) {
        // On Unix the copy may go once it is loaded; elsewhere it must stay, loaded as it is.
        let _ = path.keep();
    }
    Ok(ManuallyDrop::new(code))
}

#[cfg(unix)]
fn dlopen(path: &Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: runs the load-time constructors of a library that the user chose to run; they are as
    // trusted as the program itself. The library stays loaded, so nothing of it dangles.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

#[cfg(not(unix))]
fn dlopen(path: &Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: as on Unix.
    unsafe { libloading::Library::new(path) }
}

/// Steps 8 and 10: the entry, then the functions of a strategy.
fn connect(
    file: &Path,
    code: &libloading::Library,
    manifest: &Manifest,
) -> Result<(Functions, GetInterface), Refusal> {
    let refuse = |code, message: String| Refusal::new(code, file, message);
    // SAFETY: only the address of the symbol is used here, whatever its type.
    let entry = unsafe { code.get::<*const ZalmPluginEntry>(manifest.entry.as_bytes()) }
        .map(|symbol| *symbol)
        .map_err(|_| {
            refuse(
                RefusalCode::Magic,
                format!("does not export {}", manifest.entry),
            )
        })?;
    let entry = check_entry(entry, manifest).map_err(|(code, message)| refuse(code, message))?;
    // SAFETY: the entry is of this contract, so this is its function; the text outlives the call.
    let api = unsafe { (entry.get_interface)(ZalmStr::new(POLICY_INTERFACE)) };
    let api = api.cast::<ZalmPolicyApi>();
    if api.is_null() || !api.is_aligned() {
        let message = format!("is a plugin, but no strategy ({POLICY_INTERFACE})");
        return Err(refuse(RefusalCode::NoInterface, message));
    }
    let functions = required_functions(api).ok_or_else(|| {
        let message = "lacks one of the functions describe, create, destroy, step".into();
        refuse(RefusalCode::NoInterface, message)
    })?;
    Ok((functions, entry.get_interface))
}

/// The entry, when it is one of this contract.
fn check_entry(
    entry: *const ZalmPluginEntry,
    manifest: &Manifest,
) -> Result<ZalmPluginEntry, (RefusalCode, String)> {
    if entry.is_null() || !entry.is_aligned() {
        return Err((
            RefusalCode::Magic,
            "exports an entry at an impossible address".into(),
        ));
    }
    // SAFETY: an exported, aligned symbol; every entry begins with the magic number and its size,
    // and nothing behind them is read before they are right.
    let (magic, size) = unsafe { ((*entry).magic, (*entry).struct_size) };
    if magic != ENTRY_MAGIC || (size as usize) < size_of::<ZalmPluginEntry>() {
        let message = format!("exports {}, but not as a plugin entry", manifest.entry);
        return Err((RefusalCode::Magic, message));
    }
    // SAFETY: magic number and size say that a whole entry is there.
    let entry = unsafe { *entry };
    if fit(
        entry.abi_major,
        entry.min_host_minor,
        (ABI_MAJOR, ABI_MINOR),
    ) != Fit::Fits
        || (entry.abi_major, entry.abi_minor) != manifest.abi
    {
        let message = format!(
            "was built for plugin contract {}.{}, its manifest says {}.{}; this zalm provides \
             {ABI_MAJOR}.{ABI_MINOR}; rebuild it with zalm-sdk {}",
            entry.abi_major,
            entry.abi_minor,
            manifest.abi.0,
            manifest.abi.1,
            env!("CARGO_PKG_VERSION")
        );
        return Err((RefusalCode::Abi, message));
    }
    if entry.layout_hash != LAYOUT_HASH {
        let message = format!(
            "has structs of another layout ({:016x}, this zalm {LAYOUT_HASH:016x}); rebuild it with \
             zalm-sdk {}, or with the zalm_plugin.h of this zalm",
            entry.layout_hash,
            env!("CARGO_PKG_VERSION")
        );
        return Err((RefusalCode::Layout, message));
    }
    Ok(entry)
}

/// The functions that every strategy has, when all are there.
fn required_functions(api: *const ZalmPolicyApi) -> Option<Functions> {
    // SAFETY: get_interface gave this address for this interface, whose first field is its size;
    // fields are read through the pointer only after the size says that they are there.
    unsafe {
        if ((*api).struct_size as usize) < ZalmPolicyApi::PREFIX {
            return None;
        }
        Some(Functions {
            create: (*api).create?,
            destroy: (*api).destroy?,
            step: (*api).step?,
            describe: (*api).describe?,
        })
    }
}

/// Steps 9 and 11: the description, and that it is of the same plugin as the manifest.
fn describe(
    file: &Path,
    functions: &Functions,
    manifest: &Manifest,
) -> Result<(Description, String), Refusal> {
    let refuse = |code, message: String| Refusal::new(code, file, message);
    // SAFETY: the library passed the version checks; the text it gives is static.
    let text = unsafe { (functions.describe)().read(DESCRIPTION_CAP) };
    let text = text.ok_or_else(|| {
        refuse(
            RefusalCode::Schema,
            "has a description that is no UTF-8 text".into(),
        )
    })?;
    let description =
        Description::read(text).map_err(|message| refuse(RefusalCode::Schema, message))?;
    if (&description.id, &description.version) != (&manifest.id, &manifest.version) {
        let message = format!(
            "says in its manifest that it is {} {}, and when loaded that it is {} {}",
            manifest.id, manifest.version, description.id, description.version
        );
        return Err(refuse(RefusalCode::ManifestMismatch, message));
    }
    Ok((description, text.to_owned()))
}
