//! Tells the SDK with which compiler, for which machine and how optimised it is built, for the
//! manifest of a strategy.

use std::env::var;
use std::process::Command;

fn main() {
    let rustc = var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .unwrap_or_default();
    let version = version.replace(['"', '\\'], "");
    println!("cargo::rustc-env=ZALM_RUSTC={}", version.trim());
    println!(
        "cargo::rustc-env=ZALM_TARGET={}",
        var("TARGET").unwrap_or_default()
    );
    println!(
        "cargo::rustc-env=ZALM_PROFILE={}",
        var("PROFILE").unwrap_or_default()
    );
    println!("cargo::rerun-if-changed=build.rs");
}
