//! Known weaknesses of what we build on, where a program that looks them up is installed.

use crate::check::{Check, cargo};
use crate::program::works;

pub(crate) const CHECK: Check = Check {
    name: "advisories",
    about: "known weaknesses of dependencies, with cargo-deny or cargo-audit",
    run: || {
        let there = |tool: &str| works("cargo", &[tool, "--version"]);
        if there("deny") {
            cargo(&["deny", "--all-features", "check", "advisories"], &[])
        } else if there("audit") {
            cargo(&["audit"], &[])
        } else {
            eprintln!(
                "no cargo-deny and no cargo-audit on this machine: weaknesses were not looked up"
            );
            true
        }
    },
};
