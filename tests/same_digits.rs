//! One digest, however the program is called; `cargo run -p zalm-ci -- digits` asks the same of debug
//! and release together.

use std::process::Command;
use zalm_tests::{root, run, scratch, zalm};

/// The digest of the tiny scenario's results, from the program.
fn digest(command: &mut Command, more: &[&str]) -> String {
    let scratch = scratch();
    let scenario = root().join("scenarios/tiny.ron");
    command
        .arg("compare")
        .arg(scenario)
        .args(["--json", "--out"]);
    let output = run(command.arg(scratch.path().join("run")).args(more));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    document["results_sha256"]
        .as_str()
        .expect("a digest")
        .to_owned()
}

#[test]
fn however_it_is_called() {
    let one = digest(&mut zalm(), &["--threads", "1"]);
    for more in [&["--threads", "2"][..], &["--threads", "8"], &["--isolate"]] {
        assert_eq!(one, digest(&mut zalm(), more), "{more:?}");
    }
    for (name, value) in [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "nl_NL.UTF-8"),
        ("LANG", "C"),
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/St_Johns"),
        ("SLURM_CPUS_PER_TASK", "3"),
    ] {
        assert_eq!(one, digest(zalm().env(name, value), &[]), "{name}={value}");
    }
    let elsewhere = scratch();
    assert_eq!(one, digest(zalm().current_dir(elsewhere.path()), &[]));
    assert_ne!(one, digest(&mut zalm(), &["--seed", "8"]));
}
