//! What the program is built from: the revision of the source for `run.json` (the last commit that
//! changed it, with `+changes` where files were changed since, or `unknown` without git), and the
//! source of `libm`, which `zalm plugin new` gives along.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
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
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names it"));
    if let Err(why) = libm(&out) {
        panic!("the source of libm, which `zalm plugin new` gives along: {why}");
    }
}

/// Writes `libm.rs`: path and text of every file of the `libm` that the model uses. Cargo copies them
/// from where it has them, as the build of the model needed them too; nothing is downloaded.
fn libm(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let lock = fs::read_to_string(format!("{ROOT}/Cargo.lock"))?;
    let version = lock.split("name = \"libm\"\nversion = \"").nth(1);
    let version = version.and_then(|rest| rest.split('"').next());
    let version = version.ok_or("Cargo.lock names none")?;
    let asks = out.join("asks");
    fs::create_dir_all(asks.join("src"))?;
    fs::write(asks.join("src/lib.rs"), "")?;
    let manifest = format!(
        "workspace = {{}}\n[package]\nname = \"asks\"\nedition = \"2024\"\n\
         [dependencies]\nlibm = \"={version}\"\n"
    );
    fs::write(asks.join("Cargo.toml"), manifest)?;
    let vendor = out.join("vendor");
    let copied = Command::new(std::env::var_os("CARGO").ok_or("no cargo")?)
        .args(["vendor", "--offline", "--quiet", "--respect-source-config"])
        .arg("--manifest-path")
        .arg(asks.join("Cargo.toml"))
        .arg(&vendor)
        .current_dir(ROOT)
        .output()?;
    if !copied.status.success() {
        return Err(String::from_utf8_lossy(&copied.stderr).into());
    }
    let folder = vendor.join("libm");
    // What a registry gives is compiled without its warnings; so is this.
    let quiet = out.join("libm.toml");
    let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
    fs::write(&quiet, manifest + "\n[lints.rust]\nwarnings = \"allow\"\n")?;
    let mut files = ["LICENSE.txt", "build.rs", "configure.rs"]
        .map(|name| folder.join(name))
        .to_vec();
    sources(&folder.join("src"), &mut files)?;
    let mut list = format!("[(\"libm/Cargo.toml\", include_str!({quiet:?})),\n");
    for file in &files {
        let below = file.strip_prefix(&vendor)?.iter();
        let below: Vec<_> = below.map(|part| part.to_string_lossy()).collect();
        writeln!(list, "({:?}, include_str!({file:?})),", below.join("/"))?;
    }
    fs::write(out.join("libm.rs"), list + "]\n")?;
    println!("cargo::rustc-env=ZALM_LIBM={version}");
    Ok(())
}

/// Adds the files of a folder and of those in it, in order of their names.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            sources(&entry, files)?;
        } else {
            files.push(entry);
        }
    }
    Ok(())
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
