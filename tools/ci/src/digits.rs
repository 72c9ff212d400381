//! The same digits everywhere: debug and release, any number of threads, strategies in processes of
//! their own, any language and time zone, any working folder. What the levels of the processor do is
//! tested in one process (`core/model/src/wide.rs`), what else changes nothing in debug by
//! `tests/same_digits.rs`.

use crate::check::Check;
use crate::program::{build, root, said};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Scenarios with replications that take some seconds.
const ASKED: [(&str, &str); 3] = [
    ("scenarios/tiny.ron", "5"),
    ("scenarios/heechterp-schieringen.ron", "2"),
    ("scenarios/futuro.ron", "2"),
];
/// The build that is not optimised.
const SLOWER: &str = "debug";

/// A name, words of the command, and environment.
type Way = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// What may change nothing.
const WAYS: [Way; 7] = [
    ("1 thread", &["--threads", "1"], &[]),
    ("2 threads", &["--threads", "2"], &[]),
    ("8 threads", &["--threads", "8"], &[]),
    ("--isolate", &["--isolate"], &[]),
    (
        "Turkish",
        &[],
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
    ),
    ("C", &[], &[("LC_ALL", "C"), ("LANG", "C")]),
    ("Kiritimati", &[], &[("TZ", "Pacific/Kiritimati")]),
];

pub(crate) const CHECK: Check = Check {
    name: "digits",
    about: "one digest per scenario: debug, release, threads, processes, language, time zone, folder",
    run: || {
        let (Some(debug), Some(release)) = (build(&[]), build(&["--release"])) else {
            return false;
        };
        let same = ASKED.map(|asked| one_digest(asked, &[(SLOWER, &debug), ("release", &release)]));
        same.into_iter().all(|same| same)
    },
};

fn one_digest((scenario, replications): (&str, &str), builds: &[(&str, &PathBuf)]) -> bool {
    let root = root();
    let elsewhere = std::env::temp_dir();
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for (build, program) in builds {
        let digest = |way: &str, words: &[&str], given: &[(&str, &str)], here: &Path| {
            let mut command = Command::new(program);
            command.current_dir(here).envs(given.iter().copied());
            command
                .arg("compare")
                .arg(root.join(scenario))
                .args(["--json", "--replications"]);
            let out = elsewhere.join(format!("zalm-digits-{}", std::process::id()));
            let told = said(command.arg(replications).args(words).arg("--out").arg(&out));
            let _ = std::fs::remove_dir_all(out);
            let digest = told.out.split("\"results_sha256\": \"").nth(1);
            let digest = digest.and_then(|rest| rest.split('"').next().map(str::to_owned));
            (format!("{build}, {way}"), digest)
        };
        // The slower of the two is asked once.
        let once = *build == SLOWER;
        let ways = if once { &WAYS[..1] } else { &WAYS[..] };
        for (way, words, given) in ways {
            found.push(digest(way, words, given, &root));
        }
        if !once {
            found.push(digest("another folder", &[], &[], &elsewhere));
        }
    }
    let first = found[0].1.clone();
    for (way, digest) in &found {
        if digest.is_none() || *digest != first {
            eprintln!("{scenario}: {way}: {digest:?}, {}: {first:?}", found[0].0);
        }
    }
    let same = first.is_some() && found.iter().all(|(_, digest)| *digest == first);
    if let (true, Some(digest)) = (same, first) {
        eprintln!(
            "{scenario:40} {} ways, one digest {}",
            found.len(),
            &digest[..16]
        );
    }
    same
}
