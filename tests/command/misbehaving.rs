//! Strategies that are bad in one way each: refused with the right code, or caught by the right test,
//! or, in a process of their own, ended without a trace in anybody else's results.

/// What `zalm plugin check` says of each.
mod checked;
/// What becomes of a comparison with each.
mod contained;
/// What is not even loaded.
mod refused;

use super::{Said, said, word};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use zalm_plugin_host::file_name;
use zalm_tests::{TempDir, root, scratch, zalm};

/// `bad.c` compiled to be bad in one way, in a folder of its own; `None` without a C compiler.
fn bad(how: &str) -> Option<PathBuf> {
    called(how, &format!("-DHOW={how}"), "bad")
}

/// `bad.c` compiled with these flags into a folder of this name, to be found as strategy `id`.
fn called(name: &str, flags: &str, id: &str) -> Option<PathBuf> {
    static FOLDER: OnceLock<Option<TempDir>> = OnceLock::new();
    let has_cc = || Command::new("cc").arg("--version").output().is_ok();
    let folder = FOLDER.get_or_init(|| (cfg!(target_os = "linux") && has_cc()).then(scratch));
    let Some(folder) = folder else {
        println!("skipped: no C compiler (cc) for Linux on this machine");
        return None;
    };
    let file = folder.path().join(name).join(file_name(id));
    // Two tests may want the same one.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    if file.exists() {
        return Some(file);
    }
    std::fs::create_dir_all(file.parent()?).expect("a folder");
    let compiled = said(
        Command::new("cc")
            .args([
                "-std=gnu11",
                "-O0",
                "-shared",
                "-fPIC",
                "-fvisibility=hidden",
            ])
            .args(flags.split(' '))
            .arg("-I")
            .arg(root().join("core/abi/include"))
            .arg(root().join("tests/plugins/bad.c"))
            .arg("-o")
            .arg(&file)
            .args(["-lm", "-lpthread"]),
    );
    assert_eq!(compiled.code, Some(0), "{name}: {compiled:?}");
    Some(file)
}

/// A comparison of the carousel with a bad strategy.
fn beside(how: &str, more: &[&str]) -> Option<Said> {
    let file = bad(how)?;
    let out = scratch();
    let run = out.path().join("run");
    let mut words = vec!["compare", super::TINY, "--strategy", "bad", "--json"];
    words.extend(["--replications", "2", "--plugins", word(file.parent()?)]);
    words.extend(["--out", word(&run)]);
    words.extend(more);
    Some(said(zalm().args(words)))
}

/// The same with the bad strategy in a process of its own. Who never answers is waited for briefly,
/// all others as long as a busy machine may take.
fn isolated(how: &str) -> Option<Said> {
    let seconds = if how.contains("LOOP") { 3 } else { 60 };
    beside(how, &[&format!("--isolate={seconds}")])
}

/// All numbers of the carousel in a comparison.
fn carousel(said: &Said) -> Vec<serde_json::Value> {
    let document: serde_json::Value =
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let of = |part: &str| document[part].as_array().cloned().unwrap_or_default();
    let rows: Vec<_> = of("rows").into_iter().chain(of("team")).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|row| row["strategy"] == "carousel")
        .collect();
    assert!(rows.len() > 50, "{said:?}");
    rows
}
