//! What we build on: no crate in two versions without a reason, no unsafe block without one. Licences
//! are in `licences.rs`; known weaknesses are looked up by `cargo run -p zalm-ci -- advisories`.

use std::collections::{BTreeMap, BTreeSet};
use zalm_tests::{code, metadata, text};

/// Crates that are there in more than one version, with the dependency that holds the old one back.
/// A line goes as soon as that dependency has moved.
const TWICE: [(&str, &str); 9] = [
    (
        "embedded-io",
        "postcard names both by feature and builds one",
    ),
    (
        "getrandom",
        "const-random (bevy_ecs) and ahash (parquet) are on older ones",
    ),
    (
        "glam",
        "nalgebra (argmin) names one version per feature and builds none of ours",
    ),
    ("hashbrown", "bevy_platform is one behind"),
    ("num-bigint", "num-rational (statrs) is one behind parquet"),
    ("rand", "argmin-math is one behind; ours is 0.10"),
    ("rand_core", "as rand"),
    ("rustc-hash", "naga-types is one behind"),
    (
        "syn",
        "derives move from 2 to 3 one by one; at build time only",
    ),
];

#[test]
fn no_crate_is_there_twice_without_a_reason() {
    let metadata = metadata(true);
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let text = |key: &str| package[key].as_str().expect("a text");
        versions
            .entry(text("name"))
            .or_default()
            .insert(text("version"));
    }
    let twice: BTreeMap<&str, _> = versions
        .into_iter()
        .filter(|(_, all)| all.len() > 1)
        .collect();
    for (name, versions) in &twice {
        assert!(
            TWICE.iter().any(|(known, _)| known == name),
            "{name} is there in versions {versions:?}: let one go, or give the reason in TWICE"
        );
    }
    for (name, reason) in TWICE {
        assert!(
            twice.contains_key(name),
            "{name} is there once now; its line can go: {reason}"
        );
    }
}

#[test]
fn every_unsafe_block_has_its_reason_above_it() {
    // Clippy looks at each block where it is told to; here, at their tests too.
    for root in ["core/abi", "core/plugin-host", "plugins/sdk"] {
        let root = text(format!("{root}/src/lib.rs"));
        assert!(root.contains("#![warn(clippy::undocumented_unsafe_blocks)]"));
    }
    let mut blocks = 0;
    for folder in ["core/abi", "core/plugin-host", "plugins/sdk"] {
        for text in code(folder) {
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            for (at, line) in lines.iter().enumerate() {
                let comment = line.starts_with("//");
                if comment || !(line.contains("unsafe {") || line.starts_with("unsafe impl")) {
                    continue;
                }
                blocks += 1;
                // In the comment above, or above the statement or the field that it is part of.
                let above = lines[at.saturating_sub(12)..=at].iter();
                let said = above.rev().any(|line| line.contains("SAFETY:"));
                assert!(said, "{folder}: no `// SAFETY:` above {line}");
            }
        }
    }
    assert!(blocks > 20, "only {blocks} blocks: is this where they are?");
}
