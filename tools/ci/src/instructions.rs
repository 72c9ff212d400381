//! Instructions of RM-1 and of the whole model in a small place, against those that were committed.
//!
//! Times of a shared machine are noise; how many instructions valgrind's callgrind counts is the same
//! on a busy machine and on a quiet one. It does depend on the compiler and on the vectors of the
//! processor: with others than the counts were made with, nothing is compared, and one line says so.

use crate::check::{Check, cargo_output};
use crate::program::{executables, said};
use std::path::Path;
use std::process::Command;

/// What is counted (a word that `benches/counted.rs` knows), and how many instructions it took, in
/// millions.
const COUNTS: [(&str, f64); 2] = [("rm1", 27.67), ("model", 127.48)];

/// Share by which a count may grow before the check fails.
const TOLERANCE: f64 = 0.03;

/// The compiler of those counts.
const COMPILER: &str = "rustc 1.95";

/// The widest vectors that callgrind knows of.
const VECTORS: &str = "avx2";

pub(crate) const CHECK: Check = Check {
    name: "instructions",
    about: "how many instructions RM-1 and the model take, under valgrind",
    run: || {
        if let Some(reason) = cannot() {
            eprintln!("{reason}: instructions were not counted");
            return true;
        }
        let built = cargo_output(&[
            "test",
            "--no-run",
            "--message-format=json-render-diagnostics",
            "-p",
            "zalm-benches",
            "--bench",
            "counted",
        ]);
        let programs = built.map(|built| executables(&built)).unwrap_or_default();
        let Some(program) = programs.last() else {
            return false;
        };
        let within: Vec<bool> = COUNTS
            .iter()
            .map(|&(word, committed)| holds(program, word, committed))
            .collect();
        within.iter().all(|&within| within)
    },
};

/// Why counts of this machine cannot be held against those that were committed.
fn cannot() -> Option<String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Some("no valgrind on this machine".to_owned());
    }
    let compiler = said(Command::new("rustc").arg("--version")).out;
    if !compiler.starts_with(COMPILER) {
        return Some(format!("the counts are of {COMPILER}, this is {compiler}"));
    }
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let has = processor.split_whitespace().any(|flag| flag == VECTORS);
    (!has).then(|| format!("the counts are of a processor with {VECTORS}"))
}

/// Counts, tells, and says whether it is no more than was committed.
fn holds(program: &Path, word: &str, committed: f64) -> bool {
    let told = said(
        Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg("--toggle-collect=*counted_*")
            .arg(program)
            .arg(word),
    );
    let Some(count) = collected(&told.err) else {
        eprintln!("{word}: callgrind did not count\n{}", told.err);
        return false;
    };
    let change = count / committed - 1.0;
    eprintln!(
        "{word}: {count:.2} million instructions, {committed:.2} committed ({:+.1} %)",
        100.0 * change
    );
    if change.abs() > TOLERANCE {
        eprintln!("if that is meant, write {count:.2} into {}", file!());
    }
    change <= TOLERANCE
}

/// Millions of instructions that callgrind says it counted.
fn collected(said: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.contains("Collected : "))?;
    let number = line.rsplit(' ').next()?;
    let count: f64 = number.parse().ok()?;
    (count > 0.0).then_some(count / 1e6)
}

#[cfg(test)]
mod tests {
    use super::collected;

    #[test]
    fn the_count_is_read_from_what_callgrind_says() {
        let said = "==1== Events    : Ir\n==1== Collected : 2500000\n==1==\n";
        assert_eq!(collected(said), Some(2.5));
        assert_eq!(collected("==1== Collected : 0\n"), None);
        assert_eq!(collected("no valgrind"), None);
    }
}
