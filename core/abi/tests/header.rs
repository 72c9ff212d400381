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

/// Every number of the contract: each `pub const` of codes, commands and entry has its line.
fn constants() -> Vec<(&'static str, u64)> {
    macro_rules! all {
        ($($c:literal $rust:ident),* $(,)?) => { vec![$(($c, abi::$rust as u64)),*] };
    }
    all![
        "ZALM_ABI_MAJOR" ABI_MAJOR, "ZALM_ABI_MINOR" ABI_MINOR,
        "ZALM_ENTRY_MAGIC" ENTRY_MAGIC, "ZALM_LAYOUT_HASH" LAYOUT_HASH,
        "ZALM_OK" STATUS_OK, "ZALM_WARNING" STATUS_WARNING, "ZALM_DISCARD" STATUS_DISCARD,
        "ZALM_ERROR" STATUS_ERROR, "ZALM_FATAL" STATUS_FATAL, "ZALM_PANIC" STATUS_PANIC,
        "ZALM_COLUMN_F64" COLUMN_F64, "ZALM_COLUMN_I64" COLUMN_I64,
        "ZALM_COLUMN_I32" COLUMN_I32, "ZALM_COLUMN_U32" COLUMN_U32,
        "ZALM_COLUMN_U8" COLUMN_U8, "ZALM_COLUMN_ID64" COLUMN_ID64,
        "ZALM_COLUMN_FLAG_WRITE" COLUMN_FLAG_WRITE, "ZALM_COLUMN_FLAG_ABSENT" COLUMN_FLAG_ABSENT,
        "ZALM_PHASE_MONTH" PHASE_MONTH,
        "ZALM_LOG_DEBUG" LOG_DEBUG, "ZALM_LOG_INFO" LOG_INFO,
        "ZALM_LOG_WARNING" LOG_WARNING, "ZALM_LOG_ERROR" LOG_ERROR,
        "ZALM_FORM_TEMPORARY" FORM_TEMPORARY, "ZALM_FORM_EMBEDDED" FORM_EMBEDDED,
        "ZALM_FORM_JOINT" FORM_JOINT, "ZALM_FORM_STAKEHOLDER" FORM_STAKEHOLDER,
        "ZALM_FORM_ENTERPRISE" FORM_ENTERPRISE, "ZALM_FORM_ENDED" FORM_ENDED,
        "ZALM_INSTRUMENT_TEMPORARY_GRANT" INSTRUMENT_TEMPORARY_GRANT,
        "ZALM_INSTRUMENT_STRUCTURAL_SUBSIDY" INSTRUMENT_STRUCTURAL_SUBSIDY,
        "ZALM_INSTRUMENT_SECONDED_STAFF" INSTRUMENT_SECONDED_STAFF,
        "ZALM_INSTRUMENT_STANDING_CONTRIBUTION" INSTRUMENT_STANDING_CONTRIBUTION,
        "ZALM_INSTRUMENT_FEE" INSTRUMENT_FEE,
        "ZALM_INSTRUMENT_WAGE_SUPPORT" INSTRUMENT_WAGE_SUPPORT,
        "ZALM_INSTRUMENT_FUND_PARTNERSHIP" INSTRUMENT_FUND_PARTNERSHIP,
        "ZALM_INSTRUMENT_GIFT" INSTRUMENT_GIFT,
        "ZALM_INSTRUMENT_APPRECIATION" INSTRUMENT_APPRECIATION,
        "ZALM_INSTRUMENT_TENDER" INSTRUMENT_TENDER,
        "ZALM_INSTRUMENT_BASE_FUNDING" INSTRUMENT_BASE_FUNDING,
        "ZALM_INSTRUMENT_LOAN" INSTRUMENT_LOAN,
        "ZALM_INSTRUMENT_CROWDFUNDING" INSTRUMENT_CROWDFUNDING,
        "ZALM_INSTRUMENT_INVESTOR" INSTRUMENT_INVESTOR,
        "ZALM_INSTRUMENT_BUSINESS_IN_KIND" INSTRUMENT_BUSINESS_IN_KIND,
        "ZALM_INSTRUMENT_SOCIAL_RETURN" INSTRUMENT_SOCIAL_RETURN,
        "ZALM_EFFORT_CONTACT" EFFORT_CONTACT, "ZALM_EFFORT_MEASUREMENT" EFFORT_MEASUREMENT,
        "ZALM_EFFORT_SALES" EFFORT_SALES,
        "ZALM_EVIDENCE_COUNTS" EVIDENCE_COUNTS, "ZALM_EVIDENCE_BASELINE" EVIDENCE_BASELINE,
        "ZALM_EVIDENCE_OUTCOME" EVIDENCE_OUTCOME,
        "ZALM_EVIDENCE_COST_BENEFIT" EVIDENCE_COST_BENEFIT,
        "ZALM_PAYER_MUNICIPAL" PAYER_MUNICIPAL, "ZALM_PAYER_STATE" PAYER_STATE,
        "ZALM_PAYER_INSURER" PAYER_INSURER, "ZALM_PAYER_CORPORATION" PAYER_CORPORATION,
        "ZALM_PAYER_FUND" PAYER_FUND, "ZALM_PAYER_MARKET" PAYER_MARKET,
        "ZALM_NO_END" NO_END,
        "ZALM_COMMAND_CLAIM" COMMAND_CLAIM, "ZALM_COMMAND_PLAN" COMMAND_PLAN,
        "ZALM_COMMAND_SPEND" COMMAND_SPEND, "ZALM_COMMAND_NOTE" COMMAND_NOTE,
        "ZALM_COMMAND_EVENT" COMMAND_EVENT,
        "ZALM_COMMAND_FLAG_CLOSES" COMMAND_FLAG_CLOSES,
    ]
}

#[test]
fn every_number_of_the_contract_is_compared() {
    let named: Vec<String> = constants().iter().map(|(name, _)| (*name).into()).collect();
    for source in ["codes", "commands"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{source}.rs"));
        let text = std::fs::read_to_string(path).expect("the source");
        for line in text
            .lines()
            .filter_map(|line| line.strip_prefix("pub const "))
        {
            let name = line.split(':').next().unwrap_or_default();
            let in_c = format!("ZALM_{}", name.strip_prefix("STATUS_").unwrap_or(name));
            assert!(named.contains(&in_c), "{in_c} is not compared");
        }
    }
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
