//! The clock and the memory of the machine.

use super::Outcome;
use super::bench::{Bench, clean, count, disturbed, units, words};
use crate::program::{root, said, works};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Where a clock may be read in the libraries: to end a strategy that takes too long.
const LIMITS: &str = "core/plugin-host/";

/// A clock that is wrong, and one that is set back under way.
pub(super) fn clock(bench: &Bench) -> Outcome {
    let readers = readers(&root(), "core");
    let limit = |file: &&String| file.starts_with(LIMITS);
    let strange: Vec<&String> = readers.iter().filter(|file| !limit(file)).collect();
    if !strange.is_empty() {
        return Err(format!("a clock is read in {strange:?}"));
    }
    let sources = "no library reads a clock but to end a strategy that takes too long";
    if !works("faketime", &["2020-01-01", "true"]) {
        return Ok(format!(
            "{sources}; no faketime on this machine: clocks were not turned"
        ));
    }
    let folder = bench.folder("clock");
    let at = |when: &str, run: &Path| {
        let mut command = Command::new("faketime");
        command
            .current_dir(root())
            .env("NO_COLOR", "1")
            .env("ZALM_LANG", "en");
        command.arg(when).arg(bench.program()).args(words(run));
        command
    };
    let mut ahead = at("2038-01-20 04:00:00", &folder);
    ahead
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped());
    // A group of its own: faketime is a process of its own, and waits for the program.
    std::os::unix::process::CommandExt::process_group(&mut ahead, 0);
    let child = ahead.spawn().map_err(|error| error.to_string())?;
    let (code, told) = disturbed(child, Duration::ZERO, |child| {
        while count(&units(&folder)) == 0 && matches!(child.try_wait(), Ok(None)) {
            std::thread::yield_now();
        }
        works("kill", &["-9", "--", &format!("-{}", child.id())]);
    })?;
    clean(&told)?;
    let kept = count(&units(&folder));
    if code.is_some() || kept == 0 || folder.join("run.json").exists() {
        return Err(format!(
            "it was to be ended with a unit kept and others to come: {code:?}, {kept} units"
        ));
    }
    let back = said(&mut at("1971-02-03 04:05:06", &folder));
    if back.code != Some(0) {
        return Err(format!("{back:?}"));
    }
    bench.holds(&folder)?;
    Ok(format!(
        "{sources}; begun in 2038, ended after {kept} units, continued in 1971: the same"
    ))
}

/// Rust files that read a clock, outside tests.
fn readers(root: &Path, inside: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root.join(inside))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = format!("{inside}/{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            found.extend(readers(root, &name));
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let reads = ["SystemTime", "Instant::now", "UNIX_EPOCH"];
            if reads.iter().any(|one| text.contains(one)) {
                found.push(name);
            }
        }
    }
    found
}

/// Too little memory for the whole program, from too little to begin to almost enough. One strategy
/// that takes too much in a process of its own is in `tests/command/misbehaving/contained.rs`.
pub(super) fn memory(bench: &Bench) -> Outcome {
    let folder = bench.folder("memory");
    let (mut short, mut whole) = (0, 0);
    for megabytes in (20..=420).step_by(40) {
        let limit = format!("ulimit -v {}; exec \"$0\" \"$@\"", megabytes * 1024);
        let mut command = Command::new("sh");
        command.current_dir(root()).env("ZALM_LANG", "en");
        command.args(["-c", &limit]).arg(bench.program());
        let ended = said(command.args(words(&folder)).args(["--threads", "2"]));
        match ended.code {
            Some(0) => whole += 1,
            // The system cannot even load it, and ends it.
            None => short += 1,
            // Ended by itself, and it says why.
            _ if !ended.err.trim().is_empty() => short += 1,
            _ => return Err(format!("{megabytes} MB: it says nothing: {ended:?}")),
        }
        if folder.join("run.json").exists() {
            bench.same(&folder)?;
            std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
    }
    bench.same(&folder)?;
    if short == 0 || whole == 0 {
        return Err(format!(
            "{short} limits were too small, {whole} were enough"
        ));
    }
    Ok(format!(
        "{short} limits at which the system or the program ended it, {whole} at which it went through; the same \
         with enough"
    ))
}
