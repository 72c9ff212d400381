//! The C header says the same as the Rust types.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use zalm_abi as abi;

/// A C program that prints sizes, offsets and constants, one a line.
fn program() -> String {
    let mut body = String::new();
    for one in abi::LAYOUT {
        let name = one.name;
        let _ = writeln!(body, r#"  printf("{name} %zu\n", sizeof({name}));"#);
        for (field, _) in one.fields {
            let _ = writeln!(
                body,
                r#"  printf("{name}.{field} %zu\n", offsetof({name}, {field}));"#
            );
        }
    }
    for (name, _) in constants() {
        let _ = writeln!(
            body,
            r#"  printf("{name} %llu\n", (unsigned long long){name});"#
        );
    }
    format!(
        "#include <stdio.h>\n#include \"zalm_plugin.h\"\nint main(void) {{\n{body}  return 0;\n}}\n"
    )
}

fn constants() -> Vec<(&'static str, u64)> {
    vec![
        ("ZALM_ABI_MAJOR", abi::ABI_MAJOR.into()),
        ("ZALM_ABI_MINOR", abi::ABI_MINOR.into()),
        ("ZALM_ENTRY_MAGIC", abi::ENTRY_MAGIC),
        ("ZALM_LAYOUT_HASH", abi::LAYOUT_HASH),
        ("ZALM_PANIC", abi::STATUS_PANIC as u64),
        ("ZALM_COLUMN_F64", abi::COLUMN_F64.into()),
        ("ZALM_COLUMN_ID64", abi::COLUMN_ID64.into()),
        ("ZALM_FORM_ENDED", abi::FORM_ENDED.into()),
        (
            "ZALM_INSTRUMENT_WAGE_SUPPORT",
            abi::INSTRUMENT_WAGE_SUPPORT.into(),
        ),
        ("ZALM_EFFORT_SALES", abi::EFFORT_SALES.into()),
        (
            "ZALM_EVIDENCE_COST_BENEFIT",
            abi::EVIDENCE_COST_BENEFIT as u64,
        ),
        ("ZALM_PAYER_MARKET", abi::PAYER_MARKET as u64),
        ("ZALM_COMMAND_CLAIM", abi::COMMAND_CLAIM.into()),
        ("ZALM_COMMAND_NOTE", abi::COMMAND_NOTE.into()),
        ("ZALM_NO_END", abi::NO_END as u64),
    ]
}

fn expected() -> Vec<String> {
    let mut lines = Vec::new();
    for one in abi::LAYOUT {
        lines.push(format!("{} {}", one.name, one.size));
        for (field, offset) in one.fields {
            lines.push(format!("{}.{field} {offset}", one.name));
        }
    }
    lines.extend(
        constants()
            .iter()
            .map(|(name, value)| format!("{name} {value}")),
    );
    lines
}

#[test]
fn header_and_rust_types_agree() {
    if Command::new("cc").arg("--version").output().is_err() {
        println!("skipped: no C compiler (cc) on this machine");
        return;
    }
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let source = dir.join("header.c");
    let binary = dir.join("header");
    std::fs::write(&source, program()).expect("write the C program");
    let compiled = Command::new("cc")
        .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"))
        .arg(&source)
        .arg("-o")
        .arg(&binary)
        .output()
        .expect("run cc");
    assert!(
        compiled.status.success(),
        "{}",
        String::from_utf8_lossy(&compiled.stderr)
    );
    let printed = Command::new(&binary).output().expect("run the C program");
    let lines: Vec<_> = std::str::from_utf8(&printed.stdout)
        .expect("text")
        .lines()
        .collect();
    assert_eq!(lines, expected());
}
