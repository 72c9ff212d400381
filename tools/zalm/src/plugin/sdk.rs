//! The SDK's own source, inside the program: a new strategy takes it along, so that it compiles on
//! any machine with Rust, whether zalm came as a clone or as a program.

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

/// The contract for C.
pub const HEADER: &str = include_str!("../../../../core/abi/include/zalm_plugin.h");

#[cfg(test)]
mod tests {
    use super::FILES;
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
    fn the_pinned_libm_is_that_of_the_workspace() {
        let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
        let ours = include_str!("../../templates/rust/Cargo.lock.in");
        let package = |text: &str| {
            let at = text.find("name = \"libm\"").expect("libm");
            text[at..].split("\n\n").next().map(str::to_owned)
        };
        assert_eq!(package(ours), package(&lock));
        let vendor = include_str!("../../templates/rust/vendor.toml.in");
        assert!(vendor.contains("libm = \"=0.2.16\""), "{vendor}");
        assert!(ours.contains("version = \"0.2.16\""), "{ours}");
    }
}
