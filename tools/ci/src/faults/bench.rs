//! The comparison that bad days happen to, and what it gives on a good one.

use super::Outcome;
use crate::program::{Said, build, root, said, works};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The scenario: small, and with every step of the month.
const SCENARIO: &str = "scenarios/tiny.ron";
/// Its replications: enough to be caught in the middle of one.
pub(crate) const REPLICATIONS: &str = "12";
/// First bytes of a journal.
const HEADER: usize = 16;
/// Bytes of a frame before what its length counts: the length, a digest.
const BEFORE: usize = 4 + 32;

/// A place to try in, with the answer.
pub(crate) struct Bench {
    program: PathBuf,
    scratch: PathBuf,
    expected: BTreeMap<String, Vec<u8>>,
    /// What the program printed.
    printed: String,
    /// How long an undisturbed comparison takes.
    pub(crate) takes: Duration,
}

impl Bench {
    /// Builds the program and runs the comparison undisturbed; `None` when that fails.
    pub(crate) fn new() -> Option<Self> {
        let scratch = std::env::temp_dir().join(format!("zalm-faults-{}", std::process::id()));
        fs::create_dir_all(&scratch).ok()?;
        let mut bench = Self {
            program: build(&[])?,
            scratch,
            expected: BTreeMap::new(),
            printed: String::new(),
            takes: Duration::ZERO,
        };
        let whole = bench.folder("whole");
        let started = Instant::now();
        let said = bench.compare(&whole, &[]);
        bench.takes = started.elapsed();
        if said.code != Some(0) {
            eprintln!("an undisturbed comparison fails: {said:?}");
            return None;
        }
        bench.expected = bytes(&whole);
        bench.printed = said.out;
        Some(bench)
    }

    /// A folder in scratch; made by nobody yet.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.scratch.join(name)
    }

    /// The program, in the root of the repository.
    pub(crate) fn zalm(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(root())
            .env("NO_COLOR", "1")
            .env("ZALM_LANG", "en");
        command
    }

    /// The program's path.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// The comparison, as a command.
    pub(crate) fn command(&self, folder: &Path, more: &[&str]) -> Command {
        let mut command = self.zalm();
        command.args(words(folder)).args(more);
        command
    }

    /// The comparison, to its end.
    pub(crate) fn compare(&self, folder: &Path, more: &[&str]) -> Said {
        said(&mut self.command(folder, more))
    }

    /// The comparison, begun.
    pub(crate) fn begin(&self, folder: &Path, more: &[&str]) -> Result<Child, String> {
        let mut command = self.command(folder, more);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
            .spawn()
            .map_err(|error| format!("{command:?}: {error}"))
    }

    /// Goes on with a comparison, and holds its folder against that of the good day.
    pub(crate) fn same(&self, folder: &Path) -> Result<(), String> {
        let said = self.compare(folder, &[]);
        if said.code != Some(0) {
            return Err(format!("it does not go on: {said:?}"));
        }
        if said.out != self.printed {
            return Err(format!("it prints something else in {}", folder.display()));
        }
        self.holds(folder)
    }

    /// How many units a whole comparison has.
    pub(crate) fn units(&self) -> u64 {
        count(&units(&self.folder("whole"))) as u64
    }

    /// Holds a complete folder against that of the good day.
    pub(crate) fn holds(&self, folder: &Path) -> Result<(), String> {
        let found = bytes(folder);
        let names: Vec<&String> = found.keys().collect();
        if !found.keys().eq(self.expected.keys()) {
            return Err(format!("{} holds {names:?}", folder.display()));
        }
        let differs = found
            .iter()
            .find(|(name, bytes)| self.expected[*name] != **bytes);
        match differs {
            Some((name, _)) => Err(format!("{name} in {} differs", folder.display())),
            None => Ok(()),
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// Words of the comparison.
pub(crate) fn words(folder: &Path) -> [String; 6] {
    let folder = folder.display().to_string();
    let own = [
        "compare",
        SCENARIO,
        "--replications",
        REPLICATIONS,
        "--out",
        &folder,
    ];
    own.map(str::to_owned)
}

/// Every file of a folder by its path in it; of `run.json` all but the machine, which comes last.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(&inside).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .display()
                .to_string();
            let mut bytes = fs::read(&path).unwrap_or_default();
            if name == "run.json" {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let own = text.split("\"host\"").next().unwrap_or_default();
                bytes = own.as_bytes().to_owned();
            }
            all.insert(name, bytes);
        }
    }
    all
}

/// The whole units of a journal as they are on disk: what may not be lost.
pub(crate) fn units(folder: &Path) -> Vec<u8> {
    let mut bytes = fs::read(folder.join("units.journal")).unwrap_or_default();
    let mut end = HEADER.min(bytes.len());
    while let Some(length) = bytes.get(end..end + 4) {
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        if end + BEFORE + length > bytes.len() {
            break;
        }
        end += BEFORE + length;
    }
    bytes.truncate(end);
    bytes
}

/// How many units those are.
pub(crate) fn count(units: &[u8]) -> usize {
    let mut count = 0;
    let mut end = HEADER;
    while let Some(length) = units.get(end..end + 4) {
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        end += BEFORE + length;
        count += 1;
    }
    count
}

/// Chance from a seed: the same moments every time.
pub(crate) struct Chance(u64);

impl Chance {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `below` (`SplitMix64`).
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) % below.max(1)
    }

    /// A moment before `end`.
    pub(crate) fn moment(&mut self, end: Duration) -> Duration {
        Duration::from_micros(self.below(end.as_micros() as u64))
    }
}

/// How often is looked whether a process has come as far as is waited for.
const LOOKED: Duration = Duration::from_micros(500);

/// Waits until a folder has so many units, or its process has ended: what happens to a process happens
/// then and not after a time, of which a faster machine has spent the larger part before it begins.
/// Whether it still runs.
pub(crate) fn reached(child: &mut Child, folder: &Path, until: u64) -> Result<bool, String> {
    loop {
        let ended = child.try_wait().map_err(|error| error.to_string())?;
        if ended.is_some() || count(&units(folder)) as u64 >= until {
            return Ok(ended.is_none());
        }
        std::thread::sleep(LOOKED);
    }
}

/// Sends a process a signal.
pub(crate) fn signal(child: &Child, name: &str) {
    works("kill", &[&format!("-{name}"), &child.id().to_string()]);
}

/// Sleeps, then does something, and waits for the end of a child; what it said on stderr.
pub(crate) fn disturbed(
    mut child: Child,
    after: Duration,
    disturb: impl FnOnce(&mut Child),
) -> Result<(Option<i32>, String), String> {
    std::thread::sleep(after);
    disturb(&mut child);
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok((output.status.code(), told))
}

/// Whether a program told of a fault of its own.
pub(crate) fn clean(told: &str) -> Result<(), String> {
    if told.contains("has a fault at") {
        Err(format!("it panicked: {told}"))
    } else {
        Ok(())
    }
}

/// An outcome of nothing to try with.
pub(crate) fn skipped(why: &str) -> Outcome {
    Ok(format!("skipped: {why}"))
}
