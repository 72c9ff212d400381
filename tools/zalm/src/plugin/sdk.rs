//! The SDK's own source and that of `libm`, inside the program: a new strategy takes both along, so that
//! it compiles on any machine with Rust and without the network, whether zalm came as a clone or as a
//! program.

macro_rules! sources {
    ($($crate_name:literal from $from:literal { $($file:literal)* })*) => {
        /// Path below the folder `vendor` of a strategy, and text, of every file.
        pub const FILES: &[(&str, &str)] = &[$($((
            concat!($crate_name, "/", $file),
            include_str!(concat!("../../../../", $from, "/", $file)),
        ),)*)*];
    };
}

sources! {
    "zalm-abi" from "core/abi" {
        "Cargo.toml" "src/codes.rs" "src/commands.rs" "src/entry.rs" "src/layout.rs" "src/lib.rs"
        "src/policy.rs" "src/text.rs" "src/version.rs"
    }
    "zalm-sdk" from "plugins/sdk" {
        "Cargo.toml" "build.rs" "src/asking.rs" "src/border.rs" "src/columns.rs" "src/command.rs" "src/contain.rs"
        "src/context.rs" "src/describe.rs" "src/det.rs" "src/error.rs" "src/events.rs" "src/export.rs" "src/json.rs"
        "src/lib.rs" "src/manifest.rs" "src/metrics.rs" "src/money.rs" "src/own.rs" "src/parameters.rs" "src/policy.rs"
        "src/properties.rs" "src/table.rs" "src/testkit.rs" "src/vocabulary.rs"
    }
}

/// The same of `libm`, the SDK's only dependency: that which the model uses.
pub const LIBM: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/libm.rs"));

/// The contract for C.
pub const HEADER: &str = include_str!("../../../../core/abi/include/zalm_plugin.h");

#[cfg(test)]
mod tests {
    use super::{FILES, LIBM};
    use std::path::{Path, PathBuf};

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn every_source_file_of_the_sdk_is_taken_along() {
        for (name, from) in [("zalm-abi", "core/abi"), ("zalm-sdk", "plugins/sdk")] {
            let files = std::fs::read_dir(root().join(from).join("src")).expect("the folder");
            for file in files.flatten() {
                let path = format!("{name}/src/{}", file.file_name().to_string_lossy());
                assert!(
                    FILES.iter().any(|(taken, _)| *taken == path),
                    "{path} is missing: add it to tools/zalm/src/plugin/sdk.rs"
                );
            }
        }
    }

    #[test]
    fn libm_is_whole_and_has_its_licence() {
        let text = |path: &str| {
            LIBM.iter()
                .find(|(taken, _)| *taken == path)
                .map(|(_, text)| text)
        };
        let manifest = text("libm/Cargo.toml").expect("a manifest");
        let version = format!("version = \"{}\"", env!("ZALM_LIBM"));
        assert!(manifest.contains(&version), "{manifest}");
        assert!(text("libm/LICENSE.txt").is_some_and(|text| text.contains("MIT license")));
        assert!(text("libm/src/math/pow.rs").is_some_and(|text| text.contains("pub fn pow")));
    }
}
