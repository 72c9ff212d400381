//! The revision of the source that the program is built from, for `run.json`: the last commit that
//! changed it, with `+changes` where files were changed since, or `unknown` without git.
#![forbid(unsafe_code)]

use std::path::Path;
use std::process::Command;

/// Root of the repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What decides the program.
const SOURCES: [&str; 6] = [
    "Cargo.lock",
    "Cargo.toml",
    "core",
    "plugins",
    "scenarios",
    "tools",
];

fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={ROOT}/{source}");
    }
    for file in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--path-format=absolute", "--git-path", file]);
        if let Some(path) = path.filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    let revision = revision().unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=ZALM_REVISION={revision}");
}

fn revision() -> Option<String> {
    // A copy of the source inside the repository of something else has no revision of its own.
    git(&["rev-parse", "--show-prefix"]).filter(String::is_empty)?;
    // The last commit that changed the program: one that changes a text makes no other program.
    let last = [
        "rev-list",
        "-1",
        "--abbrev-commit",
        "--abbrev=12",
        "HEAD",
        "--",
    ];
    let commit = git(&[&last, &SOURCES[..]].concat())?;
    let changed = git(&[&["status", "--porcelain", "--"], &SOURCES[..]].concat())?;
    let changes = if changed.is_empty() { "" } else { "+changes" };
    Some(commit + changes)
}

/// What git says in the repository; `None` without git, or where it refuses.
fn git(words: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    // A look must not touch the index, or every build would find it changed.
    git.args(["--no-optional-locks", "-C", ROOT]).args(words);
    let output = git.output().ok().filter(|said| said.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned())
}
