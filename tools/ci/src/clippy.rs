//! No warning from the compiler or clippy, tests and benches included.

use crate::check::{Check, cargo};

pub(crate) const CHECK: Check = Check {
    name: "clippy",
    about: "warnings of compiler and clippy, as errors",
    run: || {
        let targets = ["clippy", "--workspace", "--all-targets", "--locked"];
        cargo(&[&targets[..], &["--", "-D", "warnings"]].concat(), &[])
    },
};
