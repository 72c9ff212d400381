//! Processes that end before their time, and processes that meet.

use super::Outcome;
use super::bench::{Bench, Chance, REPLICATIONS, clean, count, disturbed, units};
use crate::program::{said, works};
use std::fs;
use std::path::Path;
use std::process::Child;

/// Kills of the first fault.
const KILLS: u32 = 200;

fn kill(child: &mut Child) {
    // One that has ended by itself is no error.
    let _ = child.kill();
}

/// What is there must stay there.
fn kept(before: &[u8], folder: &Path) -> Result<(), String> {
    if folder.join("run.json").exists() || units(folder).starts_with(before) {
        Ok(())
    } else {
        Err(format!("units are lost in {}", folder.display()))
    }
}

/// `kill -9` at any moment between the first instruction and the last, time after time.
pub(super) fn run(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(8);
    let (mut comparisons, mut lost, mut done) = (0, 0, 0);
    let mut folder = bench.folder("killed-0");
    for time in 0..KILLS {
        let before = units(&folder);
        let child = bench.begin(&folder, &[])?;
        let (code, told) = disturbed(child, chance.moment(bench.takes), kill)?;
        clean(&told)?;
        kept(&before, &folder)?;
        lost += u32::from(code.is_none());
        if folder.join("run.json").exists() || time + 1 == KILLS {
            done += count(&before);
            bench.same(&folder)?;
            comparisons += 1;
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
            folder = bench.folder(&format!("killed-{comparisons}"));
        }
    }
    Ok(format!(
        "{KILLS} times at random moments of {comparisons} comparisons ({lost} before their end): \
         {done} units found again, none lost, every folder the same"
    ))
}

/// The same for shards, which are then merged.
pub(super) fn shards(bench: &Bench) -> Outcome {
    const OF: u32 = 3;
    let mut chance = Chance::new(9);
    let mut kills = 0;
    for round in 0..5 {
        let folder = bench.folder(&format!("shards-{round}"));
        for shard in 1..=OF {
            let part = format!("{shard}/{OF}");
            for _ in 0..3 {
                let child = bench.begin(&folder, &["--shard", &part])?;
                let (code, told) = disturbed(child, chance.moment(bench.takes / 2), kill)?;
                clean(&told)?;
                kills += u32::from(code.is_none());
            }
            let ended = bench.compare(&folder, &["--shard", &part]);
            if ended.code != Some(0) {
                return Err(format!("shard {part} does not go on: {ended:?}"));
            }
        }
        let merge = || {
            let mut command = bench.zalm();
            command.arg("merge").arg(&folder);
            command
        };
        let mut killed = merge();
        killed
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped());
        let child = killed.spawn().map_err(|error| error.to_string())?;
        let (code, _) = disturbed(child, chance.moment(bench.takes / 4), kill)?;
        kills += u32::from(code.is_none());
        let merged = said(&mut merge());
        if merged.code != Some(0) {
            return Err(format!("it does not merge: {merged:?}"));
        }
        bench.holds(&folder)?;
    }
    Ok(format!(
        "{kills} kills of shards and merges of 5 comparisons in {OF} shards: all merged, the same"
    ))
}

/// Ctrl-C and the end that Slurm announces.
pub(super) fn signals(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(10);
    let (mut stopped, mut ended) = (0, 0);
    for signal in ["-INT", "-TERM"].iter().cycle().take(40) {
        let folder = bench.folder("signals");
        let child = bench.begin(&folder, &[])?;
        let (code, told) = disturbed(child, chance.moment(bench.takes), |child| {
            works("kill", &[signal, &child.id().to_string()]);
        })?;
        clean(&told)?;
        match code {
            Some(130) => {
                let done = count(&units(&folder));
                let says = format!("interrupted: {done} of {REPLICATIONS} units are done and kept");
                if !told.contains(&says) || !told.contains("to continue: ") {
                    return Err(format!("{signal}: expected {says:?}, it says {told}"));
                }
                stopped += 1;
            }
            // Before it listens, or after its last unit.
            None | Some(0) => ended += 1,
            Some(code) => return Err(format!("{signal}: exit code {code}: {told}")),
        }
        if folder.join("run.json").exists() || stopped % 10 == 9 {
            bench.same(&folder)?;
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
    }
    Ok(format!(
        "40 signals: {stopped} stopped after the replication in hand (exit code 130, with the \
         command that goes on), {ended} came before the first or after the last; the same"
    ))
}

/// Two processes that want one folder at once.
pub(super) fn two(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(11);
    let (mut refused, mut late) = (0, 0);
    for round in 0..20 {
        let folder = bench.folder(&format!("two-{round}"));
        let first = bench.begin(&folder, &[])?;
        let number = first.id();
        std::thread::sleep(chance.moment(bench.takes / 2));
        let second = bench.begin(&folder, &[])?;
        let other = second.id();
        let ends = [
            (number, disturbed(first, std::time::Duration::ZERO, |_| ())?),
            (other, disturbed(second, std::time::Duration::ZERO, |_| ())?),
        ];
        for (own, (code, told)) in &ends {
            clean(told)?;
            let holder = if *own == number { other } else { number };
            match code {
                Some(0) => late += 1,
                Some(4) if told.contains(&format!("is being worked in by process {holder} on")) => {
                    refused += 1;
                }
                _ => return Err(format!("{code:?}: {told}")),
            }
        }
        bench.same(&folder)?;
    }
    Ok(format!(
        "20 pairs: {refused} were refused with the name of the holder, {late} did their work; the same"
    ))
}
