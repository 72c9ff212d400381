//! Disks that are full, folders that may not be written or are gone, files that are cut off.

use super::Outcome;
use super::bench::{Bench, Chance, clean, disturbed, reached, signal, skipped, units};
use crate::program::{said, works};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

/// A small disk in memory; gone with the value.
struct Disk(PathBuf);

impl Disk {
    fn new(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).ok()?;
        let place = at.display().to_string();
        let options = format!("size={size}");
        let mounted = works("mount", &["-t", "tmpfs", "-o", &options, "tmpfs", &place]);
        mounted.then(|| Self(at.to_owned()))
    }

    fn remount(&self, options: &str) -> Result<(), String> {
        let options = format!("remount,{options}");
        if works("mount", &["-o", &options, &self.0.display().to_string()]) {
            Ok(())
        } else {
            Err(format!("{} could not be mounted again", self.0.display()))
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        works("umount", &[&self.0.display().to_string()]);
    }
}

/// Disks of those tried that must be too small.
const FULL: u32 = 3;

/// A disk that is full, at several sizes: in the journal, and in the tables.
pub(super) fn full(bench: &Bench) -> Outcome {
    let at = bench.folder("disk");
    let (mut full, mut tried) = (0, 0);
    for kilobytes in (50..1500).step_by(145) {
        let Some(disk) = Disk::new(&at, &format!("{kilobytes}k")) else {
            return skipped("a small disk can only be made by root");
        };
        let folder = at.join("run");
        let first = bench.compare(&folder, &[]);
        clean(&first.err)?;
        tried += 1;
        match first.code {
            Some(1 | 4) if first.err.contains("No space left on device") => full += 1,
            Some(0) => {}
            _ => return Err(format!("{kilobytes} kB: {first:?}")),
        }
        disk.remount("size=64m")?;
        bench
            .same(&folder)
            .map_err(|why| format!("{kilobytes} kB: {why}"))?;
    }
    if full < FULL {
        return Err(format!("of {tried} sizes only {full} were too small"));
    }
    Ok(format!(
        "{tried} sizes, {full} of them too small: exit code and message each time, and the same \
         after there was room"
    ))
}

/// A folder that may not be written any more.
pub(super) fn read_only(bench: &Bench) -> Outcome {
    let at = bench.folder("read-only");
    let Some(disk) = Disk::new(&at, "64m") else {
        return skipped("a read-only disk can only be made by root");
    };
    let folder = at.join("run");
    disk.remount("ro")?;
    let refused = |said: crate::program::Said| match said.code {
        Some(1 | 4) if said.err.contains("Read-only file system") => clean(&said.err),
        _ => Err(format!("{said:?}")),
    };
    refused(bench.compare(&folder, &[]))?;
    disk.remount("rw")?;
    begun(bench, &folder, bench.units() / 2)?;
    let before = units(&folder);
    disk.remount("ro")?;
    refused(bench.compare(&folder, &[]))?;
    if units(&folder) != before {
        return Err("a refused comparison changed the folder".to_owned());
    }
    disk.remount("rw")?;
    bench.same(&folder)?;
    // A complete folder is read without a byte written.
    disk.remount("ro")?;
    bench.same(&folder)?;
    Ok(
        "before the first unit and half way: refused with a message; the same when it may be \
        written; shown again read-only"
            .to_owned(),
    )
}

/// Begins a comparison and kills it with so many units, and others to come.
fn begun(bench: &Bench, folder: &Path, until: u64) -> Result<(), String> {
    let mut child = bench.begin(folder, &["--threads", "1"])?;
    reached(&mut child, folder, until)?;
    let (_, told) = disturbed(child, Duration::ZERO, |child| {
        // One that has ended by itself is told below.
        let _ = child.kill();
    })?;
    clean(&told)?;
    if folder.join("run.json").exists() {
        return Err("it was done before it could be caught".to_owned());
    }
    Ok(())
}

/// Folders that are removed, and how many of them must be while they are worked in.
const REMOVED: u64 = 20;
const REMOVED_UNDER_WAY: u64 = REMOVED / 2;

/// A folder that somebody removes while it is worked in: while it starts, after so many units, while
/// it writes its tables.
pub(super) fn removed(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(12);
    let (mut whole, mut told_of, mut moved, mut under_way) = (0, 0, 0, 0);
    for round in 0..REMOVED {
        let folder = bench.folder(&format!("removed-{round}"));
        let mut child = bench.begin(&folder, &[])?;
        let until = chance.below(bench.units() + 1);
        let runs = reached(&mut child, &folder, until)?;
        under_way += u64::from(runs);
        let after = match until {
            0 => chance.moment(bench.takes / 4),
            all if all == bench.units() => chance.moment(bench.takes / 2),
            _ => Duration::ZERO,
        };
        let (code, told) = disturbed(child, after, |_| {
            let _ = fs::remove_dir_all(&folder);
        })?;
        clean(&told)?;
        match code {
            Some(0) => whole += 1,
            Some(1 | 4) if told.contains("error: ") => told_of += 1,
            _ => return Err(format!("{code:?}: {told}")),
        }
        // Removed while the tables got their names, it may hold some of them and no word of whose
        // they are: that is refused, and is to be moved away.
        if bench.compare(&folder, &[]).err.contains("move it away") {
            moved += 1;
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
        bench.same(&folder)?;
    }
    if under_way < REMOVED_UNDER_WAY {
        return Err(format!(
            "only {under_way} of {REMOVED} folders were removed under way"
        ));
    }
    Ok(format!(
        "{REMOVED} times: {whole} went on and made the folder again, {told_of} ended with a message; \
         {moved} remains were to be moved away; the same command gives the same"
    ))
}

/// A folder that is removed, and begun by another process before the first is done: that is held up
/// until the second has a unit.
pub(super) fn replaced(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(14);
    let (mut refused, mut held) = (0, 0);
    for round in 0..5 {
        let folder = bench.folder(&format!("replaced-{round}"));
        let mut first = bench.begin(&folder, &["--threads", "1"])?;
        held += u32::from(reached(
            &mut first,
            &folder,
            1 + chance.below(bench.units() / 2),
        )?);
        signal(&first, "STOP");
        let _ = fs::remove_dir_all(&folder);
        let mut second = bench.begin(&folder, &["--threads", "1"])?;
        let came = reached(&mut second, &folder, 1);
        signal(&first, "CONT");
        came?;
        let ends = |child: Child| disturbed(child, Duration::ZERO, |_| ());
        for (code, told) in [ends(first)?, ends(second)?] {
            clean(&told)?;
            match code {
                Some(0) => {}
                Some(1 | 4) => refused += 1,
                _ => return Err(format!("{code:?}: {told}")),
            }
        }
        bench.same(&folder)?;
    }
    if held == 0 || refused < held {
        return Err(format!(
            "{held} folders were replaced under way, and {refused} processes left theirs"
        ));
    }
    Ok(format!(
        "5 times: {refused} of the first processes left the folder to the second; the same"
    ))
}

/// A journal that is cut off or overwritten anywhere, as after a power cut.
pub(super) fn torn(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(13);
    let whole = bench.folder("torn-whole");
    begun(bench, &whole, 5)?;
    let mut cut = 0;
    for round in 0..20 {
        let folder = bench.folder(&format!("torn-{round}"));
        let copied = said(
            std::process::Command::new("cp")
                .arg("-r")
                .arg(&whole)
                .arg(&folder),
        );
        if copied.code != Some(0) {
            return Err(copied.err);
        }
        let journal = folder.join("units.journal");
        let mut bytes = fs::read(&journal).map_err(|error| error.to_string())?;
        let at = 16 + chance.below(bytes.len() as u64 - 16) as usize;
        if round % 2 == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << chance.below(8);
        }
        fs::write(&journal, bytes).map_err(|error| error.to_string())?;
        bench.same(&folder)?;
        cut += 1;
    }
    Ok(format!(
        "{cut} journals cut off or with one bit turned: what was no whole unit was run again; the same"
    ))
}
