//! A library in C, compiled by this test.

use crate::{Draws, strategy, view};
use std::path::Path;
use std::process::Command;
use zalm_model::{Instrument, StrategySource, row_id};
use zalm_plugin_host::{
    LogLevel, PluginProblemKind, PluginSource, RefusalCode, SearchPath, file_name,
};

/// Compiles the library into a directory of its own; `None` without a C compiler.
fn compiled(flags: &[&str]) -> Option<tempfile::TempDir> {
    if cfg!(not(target_os = "linux")) || Command::new("cc").arg("--version").output().is_err() {
        println!("skipped: no C compiler (cc) for Linux on this machine");
        return None;
    }
    let dir = tempfile::tempdir().expect("temporary directory");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("cc")
        .args([
            "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC",
        ])
        .args(["-fvisibility=default", "-I"])
        .arg(here.join("../abi/include"))
        .args(flags)
        .arg(here.join("tests/libraries/in_c.c"))
        .arg("-o")
        .arg(dir.path().join(file_name("in-c")))
        .output()
        .expect("run cc");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(dir)
}

fn load(dir: &tempfile::TempDir) -> Result<PluginSource, Vec<zalm_plugin_host::PluginProblem>> {
    PluginSource::load(
        &[strategy("in-c", &[])],
        &SearchPath::only([dir.path().to_owned()]),
    )
}

#[test]
fn a_library_in_c_is_a_strategy_like_any_other() {
    let Some(dir) = compiled(&[]) else { return };
    let source = load(&dir).expect("loads");
    let mut instance = source.create("my in-c").expect("instance");
    let mut other = source.create("my in-c").expect("instance");
    let claim = zalm_model::Command::Claim {
        row: row_id(0, 0),
        cents_per_month: 20,
        months: 12,
        instrument: Instrument::Fee,
        closes: false,
    };
    assert_eq!(instance.decide(&view(0), &Draws), Ok(vec![claim]));
    assert_eq!(instance.decide(&view(1), &Draws), Ok(vec![]));
    assert_eq!(
        (source.log()[0].level, source.log()[0].text.as_str()),
        (LogLevel::Info, "one month done")
    );
    // A library that says it is broken is not used any more.
    let error = instance.decide(&view(2), &Draws).expect_err("broken");
    assert!(
        error.message.contains("status 4") && error.message.ends_with("out of memory"),
        "{error}"
    );
    assert!(other.decide(&view(0), &Draws).is_err());
    assert!(source.create("my in-c").is_err());
}

#[test]
fn a_plugin_that_is_no_strategy_is_refused() {
    let Some(dir) = compiled(&["-DNO_INTERFACE"]) else {
        return;
    };
    let problems = load(&dir).expect_err("no strategy");
    match &problems[0].kind {
        PluginProblemKind::Refused(refusal) => {
            assert_eq!(refusal.code, RefusalCode::NoInterface);
            assert!(refusal.message.contains("no strategy"), "{refusal}");
        }
        other => panic!("{other:?}"),
    }
}
