//! The code is laid out by rustfmt.

use crate::check::{Check, cargo};

pub(crate) const CHECK: Check = Check {
    name: "fmt",
    about: "layout of the code (mend with `cargo fmt --all`)",
    run: || cargo(&["fmt", "--all", "--check"], &[]),
};
