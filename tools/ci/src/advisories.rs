//! Known weaknesses of what we build on, where the list of them can be reached.

use crate::check::{Check, cargo};
use crate::program::{root, said, works};
use std::process::Command;

/// The list, which `cargo audit` and `cargo deny` both read.
const LIST: &str = "https://github.com/RustSec/advisory-db";
/// Longest time to find out whether it can be reached, seconds.
const PATIENCE: &str = "20";
/// What is built where neither program is installed, and where.
const AUDIT: &str = "cargo-audit@0.22.1";
const BUILT: &str = "target/audit";

pub(crate) const CHECK: Check = Check {
    name: "advisories",
    about: "known weaknesses of dependencies, with cargo-deny or cargo-audit",
    run: || {
        let there = |tool: &str| works("cargo", &[tool, "--version"]);
        // First, as a program without the list finds nothing, and takes minutes to build.
        if !works("timeout", &[PATIENCE, "git", "ls-remote", LIST, "HEAD"]) {
            eprintln!("{LIST} cannot be reached: weaknesses were not looked up");
            true
        } else if there("deny") {
            cargo(&["deny", "--all-features", "check", "advisories"], &[])
        } else if there("audit") {
            cargo(&["audit"], &[])
        } else if built() {
            let program = root().join(BUILT).join("bin/cargo-audit");
            let audit = said(Command::new(program).arg("audit").current_dir(root()));
            eprintln!("{}{}", audit.out, audit.err);
            audit.code == Some(0)
        } else {
            eprintln!("cargo-audit could not be built: weaknesses were not looked up");
            true
        }
    },
};

/// Builds cargo-audit, without optimising it: it is used once.
fn built() -> bool {
    let install = ["install", "--locked", "--quiet", "--debug", AUDIT];
    cargo(&[&install[..], &["--root", BUILT]].concat(), &[])
}
