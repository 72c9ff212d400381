//! `zalm plugin build`: from source to a library that `zalm compare` finds.

use super::RIGHTS;
use super::sdk::HEADER;
use super::serve::tried;
use crate::exit::{Exit, Failure};
use crate::stdout::print;
use clap::Args;
use std::env::consts::DLL_SUFFIX;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use zalm_plugin_host::{Found, Library, file_name, id_of};

/// Compile a strategy, check that it loads, and put its library into its folder `plugins`.
#[derive(Args)]
pub struct Build {
    /// Folder of the strategy: with Cargo.toml, or with C files in src
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

impl Build {
    /// Builds and checks.
    ///
    /// # Errors
    /// When it does not compile or is refused.
    pub fn execute(&self) -> Result<Exit, Failure> {
        let built = build(&self.dir)?;
        print(&format!(
            "{} {} is in {}\n{RIGHTS}\n",
            built.library.manifest.id,
            built.library.manifest.version,
            built.file.display()
        ))?;
        Ok(Exit::Good)
    }
}

/// A built library in its place.
pub struct Built {
    /// The file in `plugins`.
    pub file: PathBuf,
    /// The same, loaded.
    pub library: std::sync::Arc<Library>,
}

/// Compiles the strategy in `dir` and, when it is good, puts its library into `dir/plugins`: what was
/// there stays until then.
///
/// # Errors
/// When it does not compile or is refused.
pub fn build(dir: &Path) -> Result<Built, Failure> {
    let scratch = tempfile::tempdir()
        .map_err(|error| Failure::unexpected(format!("no temporary folder: {error}")))?;
    let compiled = if dir.join("Cargo.toml").is_file() {
        with_cargo(dir)?
    } else {
        with_cc(dir, scratch.path())?
    };
    let refused = |refusal: zalm_plugin_host::Refusal| Failure::invalid(refusal.to_string());
    let id = id_of(&compiled).map_err(refused)?;
    // It is tried under the name that it is to have.
    let file = put(&compiled, &scratch.path().join("plugins"), &id)?;
    let library = tried(&Found::read(&file))?;
    let file = put(&file, &dir.join("plugins"), &id)?;
    Ok(Built { file, library })
}

/// Copies a library under the name by which it is found; whole or not at all.
pub fn put(from: &Path, folder: &Path, id: &str) -> Result<PathBuf, Failure> {
    let file = folder.join(file_name(id));
    let copied = std::fs::create_dir_all(folder)
        .and_then(|()| tempfile::NamedTempFile::new_in(folder))
        .and_then(|copy| {
            std::fs::copy(from, copy.path())?;
            copy.persist(&file).map_err(Into::into)
        });
    copied.map(|_| file.clone()).map_err(|error| {
        Failure::unexpected(format!("{} cannot be written: {error}", file.display()))
    })
}

/// `cargo build --release`; its messages go to stderr as they come.
fn with_cargo(dir: &Path) -> Result<PathBuf, Failure> {
    let cargo = tool("CARGO", "cargo");
    let output = Command::new(&cargo)
        .args([
            "build",
            "--release",
            "--lib",
            "--message-format=json-render-diagnostics",
        ])
        .current_dir(dir)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| absent(&cargo, &error, "install Rust from https://rustup.rs"))?;
    if !output.status.success() {
        return Err(Failure::invalid(format!(
            "{} does not compile",
            dir.display()
        )));
    }
    // The strategy itself is compiled last.
    let text = String::from_utf8_lossy(&output.stdout);
    let mut libraries = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .filter(|name| name.to_string_lossy().ends_with(DLL_SUFFIX));
    libraries.next_back().ok_or_else(|| {
        Failure::invalid(format!(
            "{} makes no library: Cargo.toml needs [lib] crate-type = [\"cdylib\", \"rlib\"]",
            dir.display()
        ))
    })
}

/// The system's C compiler on all of `src/*.c`. No contraction of a * b + c: its last bit would
/// differ from machine to machine.
fn with_cc(dir: &Path, scratch: &Path) -> Result<PathBuf, Failure> {
    let mut sources: Vec<PathBuf> = std::fs::read_dir(dir.join("src"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "c"))
        .collect();
    sources.sort();
    if sources.is_empty() {
        return Err(Failure::invalid(format!(
            "{} is no strategy: it has neither Cargo.toml nor src/*.c; `zalm plugin new NAME` makes one",
            dir.display()
        )));
    }
    // A folder without the contract takes that of this program.
    std::fs::write(scratch.join("zalm_plugin.h"), HEADER)
        .map_err(|error| Failure::unexpected(format!("no temporary file: {error}")))?;
    let library = scratch.join(format!("built{DLL_SUFFIX}"));
    let cc = tool("CC", "cc");
    let status = Command::new(&cc)
        .args([
            "-std=c11",
            "-Wall",
            "-Wextra",
            "-O2",
            "-g",
            "-ffp-contract=off",
        ])
        .args(["-shared", "-fPIC", "-fvisibility=hidden", "-I"])
        .arg(dir.join("include"))
        .arg("-I")
        .arg(scratch)
        .args(&sources)
        .arg("-o")
        .arg(&library)
        .arg("-lm")
        .stdin(Stdio::null())
        .status()
        .map_err(|error| absent(&cc, &error, "install a C compiler, or name it in CC"))?;
    if status.success() {
        Ok(library)
    } else {
        Err(Failure::invalid(format!(
            "{} does not compile",
            dir.display()
        )))
    }
}

/// The program in the environment variable, else the usual one.
fn tool(variable: &str, usual: &str) -> OsString {
    std::env::var_os(variable).unwrap_or_else(|| usual.into())
}

fn absent(program: &OsString, error: &std::io::Error, remedy: &str) -> Failure {
    Failure::invalid(format!(
        "{} cannot be started: {error}; {remedy}",
        program.to_string_lossy()
    ))
}
