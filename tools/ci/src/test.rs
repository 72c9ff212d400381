//! The test command of the README, to the letter.

use crate::check::{Check, cargo};

pub(crate) const CHECK: Check = Check {
    name: "test",
    about: "`cargo test --workspace`, as the README says",
    run: || cargo(&["test", "--workspace"], &[]),
};
