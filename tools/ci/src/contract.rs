//! Every test of the strategy contract on every library that ships, the one in C included.

use crate::check::Check;
use crate::program::{build, root, said};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What `zalm plugin check` ends with when every test passed.
const GOOD: &str = "good; 20 tests";

/// The one folder of `plugins/` that is no strategy.
const NO_STRATEGY: &str = "sdk";

/// The strategy that `zalm plugin build` compiles with the system's C compiler.
const IN_C: &str = "carousel-c";

pub(crate) const CHECK: Check = Check {
    name: "contract",
    about: "the twenty tests of `plugin check` on each library that ships",
    run: || {
        // With the program come the libraries that it names; it finds them in `deps` beside it.
        let Some(program) = build(&[]) else {
            return false;
        };
        let Some(libraries) = built_in_c(&program) else {
            return false;
        };
        let shipped = shipped();
        let good = shipped.iter().map(|id| stands(&program, id, &libraries));
        let good: Vec<bool> = good.collect();
        !good.is_empty() && good.into_iter().all(|good| good)
    },
};

/// Names of the strategies in `plugins/`.
fn shipped() -> Vec<String> {
    let entries = std::fs::read_dir(root().join("plugins"));
    let folders = entries.into_iter().flatten().flatten();
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != NO_STRATEGY)
        .collect();
    names.sort();
    names
}

/// Folder with the library of the strategy in C, built in the target folder.
fn built_in_c(program: &Path) -> Option<PathBuf> {
    let here = program.parent()?.join("contract").join(IN_C);
    let copied = std::fs::create_dir_all(here.join("src")).and_then(|()| {
        for file in std::fs::read_dir(root().join("plugins").join(IN_C).join("src"))? {
            let file = file?;
            std::fs::copy(file.path(), here.join("src").join(file.file_name()))?;
        }
        Ok(())
    });
    if let Err(error) = copied {
        eprintln!("{}: {error}", here.display());
        return None;
    }
    let built = said(Command::new(program).args(["plugin", "build"]).arg(&here));
    if built.code != Some(0) {
        eprintln!("{IN_C}: {}{}", built.out, built.err);
        return None;
    }
    Some(here.join("plugins"))
}

/// Whether a library stands every test; says what it said where not.
fn stands(program: &Path, id: &str, libraries: &Path) -> bool {
    let begun = Instant::now();
    let mut check = Command::new(program);
    check.args(["plugin", "check", id, "--level", "10", "--limit", "300"]);
    let told = said(check.arg("--plugins").arg(libraries));
    let good = told.code == Some(0) && told.out.contains(GOOD);
    if !good {
        eprintln!("{}{}", told.out, told.err);
    }
    let verdict = if good { GOOD } else { "FAILED" };
    eprintln!("{id:24} {verdict}, {:.0} s", begun.elapsed().as_secs_f64());
    good
}

#[cfg(test)]
mod tests {
    use super::{IN_C, NO_STRATEGY, shipped};
    use crate::program::root;

    #[test]
    fn every_strategy_is_asked_and_the_kit_is_none() {
        let shipped = shipped();
        for id in &shipped {
            let source = root().join("plugins").join(id).join("src");
            assert!(source.is_dir(), "{id} is no strategy");
        }
        // What the workspace builds, and the one in C.
        let manifest = std::fs::read_to_string(root().join("tools/zalm/Cargo.toml"));
        let manifest = manifest.expect("the program's manifest");
        for id in shipped.iter().filter(|id| *id != IN_C) {
            let named = format!("zalm-{id}.workspace = true");
            assert!(
                manifest.contains(&named),
                "{id} is not built with the program"
            );
        }
        assert!(shipped.iter().any(|id| id == IN_C), "{shipped:?}");
        assert!(!shipped.iter().any(|id| id == NO_STRATEGY), "{shipped:?}");
    }
}
