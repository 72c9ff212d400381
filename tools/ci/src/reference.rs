//! The estimators against the packages of the field, where Python and those packages can be had.

use crate::check::Check;
use crate::program::root;
use std::process::{Command, Stdio};

/// What the comparison ends with where it could not be made.
const SKIPPED: i32 = 77;

pub(crate) const CHECK: Check = Check {
    name: "reference",
    about: "estimators against SALib, lifelines, ema_workbench, heormodel and others",
    run: || {
        let mut compare = Command::new("python3");
        compare.arg(root().join("tests/reference/compare.py"));
        let status = compare.current_dir(root()).stdin(Stdio::null()).status();
        match status.map(|status| status.code()) {
            Ok(Some(SKIPPED)) => {
                eprintln!("skipped: the estimators were not compared");
                true
            }
            Ok(code) => code == Some(0),
            Err(error) => {
                eprintln!("skipped: no python3 ({error}): the estimators were not compared");
                true
            }
        }
    },
};
