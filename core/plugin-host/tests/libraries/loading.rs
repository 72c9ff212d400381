//! Each way in which a library is refused: a good one is damaged in one place.

use crate::{here, load, strategy};
use std::path::PathBuf;
use zalm_plugin_host::{
    CONTRACT, Found, PluginProblemKind, PluginSource, RefusalCode, SearchPath, file_name, find,
    find_all,
};
use zalm_scenario::StrategyValue;

/// The good library's bytes, damaged, under its own name in a directory of its own.
struct Damaged {
    dir: tempfile::TempDir,
}

impl Damaged {
    fn new(damage: impl FnOnce(&mut Vec<u8>)) -> Self {
        let dir = tempfile::tempdir().expect("temporary directory");
        let good = find("idle", &here()).expect("built beside this test").file;
        let mut bytes = std::fs::read(good).expect("read");
        damage(&mut bytes);
        std::fs::write(dir.path().join(file_name("idle")), bytes).expect("write");
        Self { dir }
    }

    /// Replaces the first or every occurrence of `old` by `new` of the same length.
    fn replaced(old: &[u8], new: &[u8]) -> Self {
        assert_eq!(old.len(), new.len());
        Self::new(|bytes| {
            let at = (0..bytes.len() - old.len()).filter(|at| bytes[*at..].starts_with(old));
            let at: Vec<usize> = at.collect();
            assert!(!at.is_empty(), "nothing to damage");
            for at in at {
                bytes[at..at + new.len()].copy_from_slice(new);
            }
        })
    }

    fn refused(&self) -> (RefusalCode, String) {
        let search = SearchPath::only([self.dir.path().to_owned()]);
        let problems =
            PluginSource::load(&[strategy("idle", &[])], &search).expect_err("it is damaged");
        match &problems[0].kind {
            PluginProblemKind::Refused(refusal) => (refusal.code, problems[0].to_string()),
            other => panic!("another problem: {other:?}"),
        }
    }
}

fn assert_refused(damaged: &Damaged, code: RefusalCode, said: &[&str]) {
    let (found, text) = damaged.refused();
    assert_eq!(found, code, "{text}");
    assert!(text.contains(code.name()), "{text}");
    assert!(text.contains("\"my idle\""), "{text}");
    for part in said {
        assert!(text.contains(part), "{part:?} is not in: {text}");
    }
}

#[test]
fn a_text_file_or_half_a_library() {
    let text = Damaged::new(|bytes| *bytes = b"not a library".to_vec());
    assert_refused(&text, RefusalCode::NotLibrary, &["is no shared library"]);
    let half = Damaged::new(|bytes| bytes.truncate(bytes.len() / 2));
    assert_refused(&half, RefusalCode::NotLibrary, &["cut off"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_library_for_another_machine() {
    // e_machine of ELF at byte 18; 243 is RISC-V.
    let foreign = Damaged::new(|bytes| bytes[18..20].copy_from_slice(&[243, 0]));
    assert_refused(
        &foreign,
        RefusalCode::Platform,
        &["Riscv64", "this machine is"],
    );
}

#[test]
fn no_manifest_or_one_that_cannot_be_read() {
    let none = Damaged::replaced(b"ZALMMF01{", b"zalmmf01{");
    assert_refused(&none, RefusalCode::NoManifest, &["manifest"]);
    let broken = Damaged::replaced(
        b"{\"id\":\"idle\"",
        b"{\"id\":\"idle\"".map(|_| b'x').as_slice(),
    );
    assert_refused(&broken, RefusalCode::NoManifest, &["cannot be read"]);
    let abort = Damaged::replaced(b"\"panic\":\"unwind\"", b"\"panic\":\"abort\" ");
    assert_refused(&abort, RefusalCode::NoManifest, &["rebuild it with panic"]);
}

#[test]
fn a_manifest_of_a_newer_contract() {
    let (major, minor) = CONTRACT;
    let ours = format!("\"abi\":[{major},{minor}]");
    let newer = format!("\"abi\":[9,{minor}]");
    let newer = Damaged::replaced(ours.as_bytes(), newer.as_bytes());
    assert_refused(
        &newer,
        RefusalCode::AbiNewer,
        &[
            "plugin idle",
            &format!("built for plugin contract 9.{minor}"),
            &format!("provides {major}.{minor}"),
            "update zalm",
        ],
    );
    let older = Damaged::replaced(ours.as_bytes(), format!("\"abi\":[0,{minor}]").as_bytes());
    assert_refused(&older, RefusalCode::AbiOlder, &["rebuild the plugin"]);
    let needs = Damaged::replaced(b"\"min_host_minor\":0", b"\"min_host_minor\":8");
    let least = format!("needs at least {major}.8");
    assert_refused(&needs, RefusalCode::AbiNewer, &[&least]);
}

/// The entry: magic, size 40, then the version.
fn entry_with(change: impl FnOnce(&mut [u8])) -> Damaged {
    Damaged::new(|bytes| {
        let mut start = zalm_abi::ENTRY_MAGIC.to_le_bytes().to_vec();
        start.extend(40_u32.to_le_bytes());
        let at = (0..bytes.len() - 40)
            .find(|at| bytes[*at..].starts_with(&start))
            .expect("the entry is in the file");
        change(&mut bytes[at..at + 40]);
    })
}

#[test]
fn an_entry_that_is_not_ours() {
    let magic = entry_with(|entry| entry[0] ^= 1);
    assert_refused(&magic, RefusalCode::Magic, &["not as a plugin entry"]);
    let major = entry_with(|entry| entry[12] = 7);
    assert_refused(
        &major,
        RefusalCode::Abi,
        &[
            &format!("contract 7.{}", CONTRACT.1),
            &format!("manifest says {}.{}", CONTRACT.0, CONTRACT.1),
        ],
    );
    let layout = entry_with(|entry| entry[24] ^= 0xff);
    assert_refused(
        &layout,
        RefusalCode::Layout,
        &["another layout", "zalm_plugin.h"],
    );
}

#[test]
fn a_manifest_that_lies() {
    // Only in the manifest do former ids follow the version.
    let version = concat!(env!("CARGO_PKG_VERSION"), "\",\"formerly\"");
    let mut lie = version.as_bytes().to_vec();
    lie[0] = b'8';
    let lying = Damaged::replaced(version.as_bytes(), &lie);
    assert_refused(
        &lying,
        RefusalCode::ManifestMismatch,
        &["idle 8.", "when loaded"],
    );
}

#[test]
fn a_strategy_that_wants_a_column_that_is_not_there() {
    let column = Damaged::replaced(b"project.cost", b"project.cots");
    assert_refused(
        &column,
        RefusalCode::Schema,
        &["project.cots", "did you mean project.cost?"],
    );
}

#[test]
fn a_file_under_another_name() {
    let dir = tempfile::tempdir().expect("temporary directory");
    let good = find("idle", &here()).expect("built").file;
    let other = dir.path().join(file_name("carousel"));
    std::fs::copy(good, &other).expect("copy");
    let refusal = Found::read(&other).manifest.expect_err("refused");
    assert_eq!(refusal.code, RefusalCode::ManifestMismatch);
    assert!(refusal.message.contains("is plugin idle"), "{refusal}");
}

#[test]
fn a_scenario_may_name_a_plugin_and_a_parameter_as_they_were_called() {
    for old in ["naughty", "mischief"] {
        let source = load(strategy(old, &[("when", StrategyValue::Integer(7))]));
        let used = &source.strategies()[0];
        assert_eq!(used.library.manifest.id, "misbehave");
        assert_eq!(used.parameters.json, r#"{"how":"nothing","month":7}"#);
    }
}

#[test]
fn a_missing_plugin_names_the_nearest_and_the_directories() {
    let problems = PluginSource::load(&[strategy("carrousel", &[])], &here()).expect_err("missing");
    let text = problems[0].to_string();
    assert!(
        text.contains("there is no plugin carrousel; did you mean carousel?"),
        "{text}"
    );
    assert!(text.contains("--plugins DIR"), "{text}");
    for dir in here().dirs() {
        assert!(text.contains(&dir.display().to_string()), "{text}");
    }
}

#[test]
fn all_problems_of_all_strategies_at_once() {
    let strategies = [
        strategy(
            "carousel",
            &[
                ("befor", StrategyValue::Integer(3)),
                ("contact", StrategyValue::Number(1.5)),
            ],
        ),
        strategy("nobody", &[]),
        strategy(
            "institutional-embedding",
            &[
                ("deliberate", StrategyValue::Bool(true)),
                ("prepare_deliberate", StrategyValue::Integer(6)),
            ],
        ),
    ];
    let problems = PluginSource::load(&strategies, &here()).expect_err("wrong");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[0].contains("did you mean before?"), "{}", told[0]);
    assert!(
        told[1].contains("parameter contact is 1.5; expected 0 to 1 (share)"),
        "{}",
        told[1]
    );
    assert!(told[2].contains("there is no plugin nobody"), "{}", told[2]);
    assert!(
        told[3].contains("prepare_deliberate (6) must be at least prepare (12)"),
        "{}",
        told[3]
    );
}

#[test]
fn a_library_is_loaded_once_and_its_facts_are_known() {
    let first = load(strategy(
        "carousel",
        &[("before", StrategyValue::Integer(9))],
    ));
    let second = load(strategy("carousel", &[]));
    let (a, b) = (&first.strategies()[0], &second.strategies()[0]);
    assert!(std::sync::Arc::ptr_eq(&a.library, &b.library));
    assert_eq!(
        a.parameters.json,
        r#"{"before":9,"contact":0.3,"months":36,"pots":3,"retry":12}"#
    );
    assert_eq!(a.library.sha256.len(), 64);
    let manifest = &a.library.manifest;
    assert!(manifest.rustc.starts_with("rustc 1."), "{manifest:?}");
    assert_eq!(manifest.sdk, env!("CARGO_PKG_VERSION"));
    assert_eq!(a.library.description.name.nl, "Projectencarrousel");
}

#[test]
fn a_list_shows_the_good_and_the_refused() {
    let damaged = Damaged::new(|bytes| bytes.truncate(100));
    let mut dirs: Vec<PathBuf> = vec![damaged.dir.path().to_owned()];
    dirs.extend(here().dirs().iter().cloned());
    let all = find_all(&SearchPath::only(dirs));
    assert!(all[0].manifest.is_err());
    assert!(
        all.iter()
            .any(|found| found.manifest.as_ref().is_ok_and(|m| m.id == "idle"))
    );
    let found = find("idle", &here()).expect("built");
    assert!(found.manifest.is_ok());
}

#[test]
fn what_was_checked_is_what_is_loaded_whatever_becomes_of_the_file() {
    // A byte behind the end of the library: other bytes, so it is not the one loaded before.
    let checked = Damaged::new(|bytes| bytes.extend(b"checked"));
    let file = checked.dir.path().join(file_name("idle"));
    let found = Found::read(&file);
    std::fs::write(&file, "exchanged between check and load").expect("write");
    let library = found.load().expect("the bytes that were checked are good");
    assert_eq!(library.sha256, found.sha256);
    assert_eq!(library.manifest.id, "idle");
    // Nobody can reach the copy by name: it is gone as soon as it is loaded.
    let copies = std::fs::read_dir(std::env::temp_dir()).expect("the temporary folder");
    let name = format!("zalm-idle-{}", &found.sha256[..12]);
    let left = copies
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with(&name));
    assert!(!left || cfg!(not(unix)));
    assert_eq!(
        Found::read(&file).load().expect_err("exchanged").code,
        RefusalCode::NotLibrary
    );
}
