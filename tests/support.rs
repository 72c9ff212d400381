//! What several tests need: the repository, the built program, a report, a browser.
#![forbid(unsafe_code)]

use proptest::test_runner::{Config, RngSeed};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

pub use axe::with_axe;
pub use browser::Page;
pub use tempfile::TempDir;

#[path = "support/axe.rs"]
mod axe;
#[path = "support/browser.rs"]
mod browser;
#[path = "support/edits.rs"]
pub mod edits;
#[path = "support/markdown.rs"]
pub mod markdown;
#[path = "support/markup.rs"]
pub mod markup;
#[path = "support/scenarios.rs"]
pub mod scenarios;
#[path = "support/strategies.rs"]
pub mod strategies;
#[path = "support/wild.rs"]
pub mod wild;

/// Root of the repository.
pub fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// Text of a file of the repository.
///
/// # Panics
/// When it cannot be read.
pub fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Names of the folders inside a folder of the repository that belong to it, sorted: without what
/// git ignores.
///
/// # Panics
/// When it cannot be read.
pub fn folders(inside: impl AsRef<Path>) -> Vec<String> {
    let ignored: Vec<String> = text(".gitignore")
        .lines()
        .map(|line| line.trim_matches('/').to_owned())
        .collect();
    let path = root().join(inside);
    let entries = std::fs::read_dir(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != ".git" && !ignored.contains(name))
        .collect();
    names.sort();
    names
}

/// Files with this ending inside a folder of the repository, at any depth, as paths from its root,
/// sorted.
pub fn files(inside: &str, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(inside))
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|end| end == ending))
        .filter_map(|path| Some(format!("{inside}/{}", path.file_name()?.to_str()?)))
        .collect();
    for folder in folders(inside) {
        found.extend(files(&format!("{inside}/{folder}"), ending));
    }
    found.sort();
    found
}

/// Texts of all Rust files inside a folder of the repository, at any depth.
///
/// # Panics
/// When one cannot be read.
pub fn code(inside: impl AsRef<Path>) -> Vec<String> {
    let inside = inside.as_ref();
    let deeper = folders(inside)
        .into_iter()
        .flat_map(|folder| code(inside.join(folder)));
    let entries = std::fs::read_dir(root().join(inside))
        .into_iter()
        .flatten()
        .flatten();
    let files = entries.map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    files.map(text).chain(deeper).collect()
}

/// Random cases that come back: from this seed, or from that in `PROPTEST_RNG_SEED`.
pub fn seeded(seed: u64) -> Config {
    let usual = Config::default();
    let rng_seed = match usual.rng_seed {
        RngSeed::Random => RngSeed::Fixed(seed),
        asked @ RngSeed::Fixed(_) => asked,
    };
    Config {
        rng_seed,
        failure_persistence: None,
        ..usual
    }
}

/// What cargo knows of this workspace; with its dependencies for this machine, or its own packages.
///
/// # Panics
/// When cargo fails.
pub fn metadata(dependencies: bool) -> serde_json::Value {
    let host = format!("--filter-platform={}", host());
    let which = if dependencies {
        host.as_str()
    } else {
        "--no-deps"
    };
    let output = cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--offline",
        "--locked",
        which,
    ]);
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

/// The program `zalm`, built with the profile of the tests, run from the root without input.
///
/// # Panics
/// When it does not build.
pub fn zalm() -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PROGRAM.get_or_init(build_zalm));
    command
        .current_dir(root())
        .stdin(Stdio::null())
        .env("NO_COLOR", "1")
        // What it says is looked for in English, unless a test asks otherwise.
        .env("ZALM_LANG", "en");
    command
}

/// Runs a command to its end.
///
/// # Panics
/// When it cannot be started.
pub fn run(command: &mut Command) -> Output {
    command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// Folder of one small finished run, made once for all tests.
///
/// # Panics
/// When the program fails.
pub fn finished_run() -> &'static Path {
    static FOLDER: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, folder) = FOLDER.get_or_init(|| {
        let scratch = scratch();
        let folder = scratch.path().join("run");
        let output = run(zalm()
            .args(["compare", "scenarios/tiny.ron", "--out"])
            .arg(&folder));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "zalm compare scenarios/tiny.ron: {said}"
        );
        (scratch, folder)
    });
    folder
}

/// An empty folder that goes away with the value.
///
/// # Panics
/// When it cannot be made.
pub fn scratch() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// `--workspace` keeps the features, and with them what is already built, the same as in the tests.
fn build_zalm() -> PathBuf {
    let mut arguments = vec![
        "build",
        "--workspace",
        "--bin",
        "zalm",
        "--offline",
        "--locked",
    ];
    arguments.push("--message-format=json-render-diagnostics");
    if !cfg!(debug_assertions) {
        arguments.push("--release");
    }
    let output = cargo(&arguments);
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .expect("cargo names the program it has built")
}

fn host() -> String {
    let output = run(Command::new("rustc").arg("-vV"));
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc -vV names its host").to_owned()
}

fn cargo(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    let output = run(command
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::null()));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {}: {said}",
        arguments.join(" ")
    );
    output
}
