//! The documentation builds without a broken link.

use crate::check::{Check, cargo};

pub(crate) const CHECK: Check = Check {
    name: "rustdoc",
    about: "warnings of rustdoc, as errors",
    run: || {
        let arguments = ["doc", "--workspace", "--no-deps", "--locked"];
        cargo(&arguments, &[("RUSTDOCFLAGS", "-D warnings")])
    },
};
