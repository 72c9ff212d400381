//! The program also compiles where there are no Unix sockets.

use crate::check::{Check, cargo};
use std::path::Path;
use std::process::Command;

/// Such a system.
const TARGET: &str = "x86_64-pc-windows-gnu";

pub(crate) const CHECK: Check = Check {
    name: "elsewhere",
    about: "warnings of compiler and clippy on another system (Windows)",
    run: || {
        if !installed() {
            eprintln!("`rustup target add {TARGET}` was not run: nothing was compiled for it");
            return true;
        }
        let program = ["clippy", "--package", "zalm", "--target", TARGET];
        cargo(
            &[&program[..], &["--locked", "--", "-D", "warnings"]].concat(),
            &[],
        )
    },
};

/// Whether its standard library is here.
fn installed() -> bool {
    let asked = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    asked.is_ok_and(|said| Path::new(String::from_utf8_lossy(&said.stdout).trim()).is_dir())
}
