//! The unsafe code under valgrind: the tests of the contract, the SDK and the host, and real libraries,
//! in Rust and in C, that are loaded, refused and run.

use crate::check::{Check, cargo_output};
use crate::program::executables;
use std::path::Path;
use std::process::{Command, Stdio};

/// Packages with unsafe code, and which of their tests, in the words of the test program; all where
/// nothing is said.
const TESTS: [(&str, &[&str], &[&str]); 4] = [
    ("zalm-abi", &["--lib"], &[]),
    ("zalm-sdk", &["--lib"], &[]),
    // Valgrind's processor has no mode that flushes to zero.
    (
        "zalm-plugin-host",
        &["--lib"],
        &["--skip", "flush_to_zero_is_seen_and_undone"],
    ),
    (
        "zalm-plugin-host",
        &["--test", "libraries"],
        &["running::", "loading::", "in_c::", "linked::"],
    ),
];

pub(crate) const CHECK: Check = Check {
    name: "memcheck",
    about: "reads and writes of the plugin border, under valgrind",
    run: || {
        if Command::new("valgrind").arg("--version").output().is_err() {
            eprintln!("no valgrind on this machine: memory was not checked");
            return true;
        }
        TESTS
            .iter()
            .all(|(package, target, filters)| checked(package, target, filters))
    },
};

fn checked(package: &str, target: &[&str], filters: &[&str]) -> bool {
    let mut arguments = vec![
        "test",
        "--no-run",
        "--message-format=json-render-diagnostics",
    ];
    arguments.extend(["-p", package]);
    arguments.extend(target);
    let Some(built) = cargo_output(&arguments) else {
        return false;
    };
    let programs = executables(&built);
    !programs.is_empty()
        && programs
            .iter()
            .all(|program| under_valgrind(program, filters))
}

fn under_valgrind(program: &Path, filters: &[&str]) -> bool {
    let status = Command::new("valgrind")
        .args(["--quiet", "--error-exitcode=9"])
        .arg(program)
        .arg("--test-threads=1")
        .args(filters)
        .stdin(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}
