//! Processes that end before their time, and processes that meet.

use super::Outcome;
use super::bench::{Bench, Chance, REPLICATIONS, clean, count, disturbed, reached, signal, units};
use crate::program::said;
use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::Duration;

/// Kills of the first fault that come before the end of a comparison.
const KILLS: u32 = 200;
/// Most processes that are begun for them: some are done before their kill comes.
const BEGUN: u32 = 10 * KILLS;
/// Most units more after which one of them comes.
const REACHED: u64 = 6;
/// Comparisons in shards, and kills of them that must come before the end.
const CUT: u32 = 5;
const LANDED: u32 = 2 * CUT;
/// How often each signal must be heard: answered with exit code 130.
const HEARD: u32 = 20;
/// Most processes that each signal is sent to: some end before it comes.
const SENT: u32 = 10 * HEARD;
/// Pairs of processes that want one folder; in half of them the first is made to wait.
const PAIRS: u32 = 20;

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
    let (mut comparisons, mut landed, mut late, mut done) = (0, 0, 0, 0);
    let mut folder = bench.folder("killed-0");
    while landed < KILLS {
        if landed + late == BEGUN {
            return Err(format!("of {BEGUN} kills {late} came after the end"));
        }
        let before = units(&folder);
        let mut child = bench.begin(&folder, &[])?;
        // By the clock, which finds it anywhere, or as soon as it has some more units: on a machine
        // that has become slow the clock alone would find it at its start, time after time.
        let more = 1 + chance.below(REACHED);
        let after = if chance.below(2) == 0 {
            chance.moment(bench.takes)
        } else {
            let until = (count(&before) as u64 + more).min(bench.units());
            reached(&mut child, &folder, until)?;
            Duration::ZERO
        };
        let (code, told) = disturbed(child, after, kill)?;
        clean(&told)?;
        kept(&before, &folder)?;
        match code {
            None => landed += 1,
            Some(0) => late += 1,
            Some(code) => return Err(format!("exit code {code}: {told}")),
        }
        if folder.join("run.json").exists() || landed == KILLS {
            done += count(&before);
            bench.same(&folder)?;
            comparisons += 1;
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
            folder = bench.folder(&format!("killed-{comparisons}"));
        }
    }
    Ok(format!(
        "{landed} times before the end of {comparisons} comparisons ({late} more came after it): \
         {done} units found again, none lost, every folder the same"
    ))
}

/// The same for shards, which are then merged.
pub(super) fn shards(bench: &Bench) -> Outcome {
    const OF: u32 = 3;
    let mut chance = Chance::new(9);
    let mut kills = 0;
    for round in 0..CUT {
        let folder = bench.folder(&format!("shards-{round}"));
        for shard in 1..=OF {
            let part = format!("{shard}/{OF}");
            for own in 0..3 {
                let mut child = bench.begin(&folder, &["--shard", &part])?;
                // While it starts, or after so many of its units.
                let after = match own {
                    0 => chance.moment(bench.takes / 2),
                    own => {
                        let journal = folder.join(format!("shards/{shard}-of-{OF}"));
                        reached(&mut child, &journal, own)?;
                        Duration::ZERO
                    }
                };
                let (code, told) = disturbed(child, after, kill)?;
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
    if kills < LANDED {
        return Err(format!("only {kills} kills came before the end"));
    }
    Ok(format!(
        "{kills} kills of shards and merges of {CUT} comparisons in {OF} shards: all merged, the same"
    ))
}

/// Ctrl-C and the end that Slurm announces.
pub(super) fn signals(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(10);
    let (int, term) = (
        heard(bench, &mut chance, "INT")?,
        heard(bench, &mut chance, "TERM")?,
    );
    Ok(format!(
        "{int}; {term}; the same command goes on, and gives the same"
    ))
}

/// One of them, when a random number of units is done: by the clock most would come while the
/// program starts or writes, which a fast machine makes the larger part.
fn heard(bench: &Bench, chance: &mut Chance, name: &str) -> Outcome {
    let (mut heard, mut early, mut late) = (0, 0, 0);
    let folder = bench.folder(&format!("signals-{name}"));
    while heard < HEARD {
        if heard + early + late == SENT {
            return Err(format!(
                "of {SENT} SIG{name} {heard} were heard, {early} came before it listens, \
                 {late} after the last replication"
            ));
        }
        let before = count(&units(&folder)) as u64;
        let until = before + chance.below(bench.units() - before);
        let mut child = bench.begin(&folder, &[])?;
        reached(&mut child, &folder, until)?;
        let after = if until == before {
            chance.moment(bench.takes)
        } else {
            Duration::ZERO
        };
        let (code, told) = disturbed(child, after, |child| signal(child, name))?;
        clean(&told)?;
        match code {
            Some(130) => {
                let done = count(&units(&folder));
                let says = format!("interrupted: {done} of {REPLICATIONS} units are done and kept");
                if !told.contains(&says) || !told.contains("to continue: ") {
                    return Err(format!("{name}: expected {says:?}, it says {told}"));
                }
                heard += 1;
            }
            // The signal itself ends a process that does not listen yet.
            None => early += 1,
            Some(0) => late += 1,
            Some(code) => return Err(format!("{name}: exit code {code}: {told}")),
        }
        if folder.join("run.json").exists() || heard % 5 == 4 {
            bench.same(&folder)?;
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
    }
    bench.same(&folder)?;
    Ok(format!(
        "{heard} SIG{name} ended with exit code 130 and the command that goes on, \
         {early} more came before it listens, {late} after the last replication"
    ))
}

/// Two processes that want one folder at once: begun together, and with the first held up where it has
/// some of its units, until the second has ended.
pub(super) fn two(bench: &Bench) -> Outcome {
    let mut chance = Chance::new(11);
    let (mut refused, mut late, mut held) = (0, 0, 0);
    for round in 0..PAIRS {
        let folder = bench.folder(&format!("two-{round}"));
        let mut first = bench.begin(&folder, &[])?;
        let number = first.id();
        let holds = round % 2 == 1;
        if holds && reached(&mut first, &folder, 1 + chance.below(bench.units() / 2))? {
            signal(&first, "STOP");
            held += 1;
        }
        let second = bench.begin(&folder, &[])?;
        let other = second.id();
        let second = disturbed(second, Duration::ZERO, |_| ());
        signal(&first, "CONT");
        let ends = [
            (number, disturbed(first, Duration::ZERO, |_| ())?),
            (other, second?),
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
    if held == 0 || refused < held {
        return Err(format!("{held} held a folder, and {refused} were refused"));
    }
    Ok(format!(
        "{PAIRS} pairs: {refused} were refused with the name of the holder, {late} did their work; the same"
    ))
}
