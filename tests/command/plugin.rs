//! `zalm plugin`: from a name to a compared strategy, as an author who has only the program does it.

/// `zalm plugin dev`: write, save, see.
mod dev;

use super::{Said, said, word};
use std::path::{Path, PathBuf};
use std::process::Command;
use zalm_tests::{TempDir, root, scratch, zalm};

/// A strategy made by `zalm plugin new` in a folder far from this repository, and built as by a stranger:
/// without the network, and with nothing that cargo kept.
struct Started {
    scratch: TempDir,
    dir: PathBuf,
}

impl Started {
    fn new(name: &str, language: &str) -> Self {
        let scratch = scratch();
        let dir = scratch.path().join(name);
        let new = ["plugin", "new", name, "--lang", language];
        let made = said(zalm().args(new).current_dir(scratch.path()));
        assert_eq!(made.code, Some(0), "{made:?}");
        let started = Self { scratch, dir };
        let built = started.zalm(&["plugin", "build"]);
        assert_eq!(built.code, Some(0), "{built:?}");
        assert!(built.out.contains("runs with your rights"), "{built:?}");
        started
    }

    /// `zalm` in the strategy's folder.
    fn zalm(&self, arguments: &[&str]) -> Said {
        said(&mut self.command(arguments))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = zalm();
        command
            .args(arguments)
            .current_dir(&self.dir)
            .envs(self.strange());
        command
    }

    /// What makes cargo one that never met a registry.
    fn strange(&self) -> [(&str, PathBuf); 3] {
        [
            ("CARGO_TARGET_DIR", target().to_owned()),
            ("CARGO_NET_OFFLINE", "true".into()),
            ("CARGO_HOME", self.scratch.path().join("cargo")),
        ]
    }

    /// Its own tests.
    fn test(&self, variables: &[(&str, &str)]) -> Said {
        said(
            Command::new(env!("CARGO"))
                .args(["test", "--release", "--offline", "--locked", "--lib"])
                .current_dir(&self.dir)
                .envs(self.strange())
                .envs(variables.iter().copied()),
        )
    }

    fn compared(&self, name: &str) -> serde_json::Value {
        let scenario = root().join("scenarios/heechterp-schieringen.ron");
        let mut run = vec!["compare", word(&scenario), "--strategy", name, "--json"];
        run.extend(["--replications", "2"]);
        let document = self.zalm(&run).json();
        assert!(document.to_string().contains(name), "{document}");
        document
    }
}

/// One target folder for all.
fn target() -> &'static Path {
    Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/strategies"))
}

fn has_cc() -> bool {
    Command::new("cc").arg("--version").output().is_ok()
}

#[test]
fn a_new_strategy_passes_its_tests_and_its_twin_in_c_gives_the_same_bytes() {
    let started = Started::new("my-idea", "rust");
    // A panic that cannot be caught would end the whole program.
    let mut abort = started.command(&["plugin", "build"]);
    said(abort.env("CARGO_PROFILE_RELEASE_PANIC", "abort"))
        .refused(4, &["a strategy must be built with panic = \"unwind\""]);
    let tests = started.test(&[]);
    assert!(tests.out.contains("3 passed"), "{tests:?}");
    let cargo = started.scratch.path().join("cargo/registry");
    assert!(!cargo.exists(), "nothing comes from a registry");
    let source = started.dir.join("src/lib.rs");
    let fmt = said(
        Command::new("rustfmt")
            .args(["--check", "--edition", "2024"])
            .arg(&source),
    );
    assert_eq!(fmt.code, Some(0), "the template is not formatted: {fmt:?}");
    let checked = started.zalm(&["plugin", "check", "my-idea", "--level", "3"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    let compared = started.compared("my-idea");
    if has_cc() {
        let twin = Started::new("my-idea", "c");
        let checked = twin.zalm(&["plugin", "check", "my-idea"]);
        assert_eq!(checked.code, Some(0), "{checked:?}");
        assert_eq!(twin.compared("my-idea"), compared);
    } else {
        println!("skipped: no C compiler (cc) on this machine");
    }
    let tutorial = tutorial();
    let lines = tutorial
        .lines()
        .filter(|line| !line.trim().is_empty())
        .count();
    assert!(lines <= 60, "the tutorial's strategy has {lines} lines");
    // Its tests stand behind it, as the page says, and in a folder without tests/.
    std::fs::write(&source, tutorial + "\n" + &in_tutorial("```rust,tests\n")).expect("write");
    let blessed = started.test(&[("ZALM_BLESS", "1")]);
    assert!(blessed.out.contains("3 passed"), "{blessed:?}");
    let story = std::fs::read_to_string(started.dir.join("tests/story.txt")).expect("the story");
    assert!(story.starts_with("0: [Claim"), "{story}");
    let held = started.test(&[]);
    assert!(held.out.contains("3 passed"), "{held:?}");
    let built = started.zalm(&["plugin", "build"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let letters = started.compared("my-idea");
    assert_ne!(letters, compared);
    let names = letters["metrics"].as_array().expect("metrics").iter();
    let mut own = names.filter(|metric| metric["name"] == "my-idea.letters");
    assert!(
        own.next().is_some_and(|metric| metric["unit"] == "letters"),
        "{letters}"
    );
    let checked = started.zalm(&["plugin", "check", "my-idea"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    let scenario = root().join(super::TINY);
    let once = ["--rounds", "1", "--replications", "2"];
    let shown = started.zalm(&[&["plugin", "dev", word(&scenario)][..], &once].concat());
    assert!(shown.out.contains("cost.total"), "{shown:?}");
}

#[test]
fn the_carousel_in_c_gives_the_same_bytes_as_its_twin() {
    if !has_cc() {
        println!("skipped: no C compiler (cc) on this machine");
        return;
    }
    let scratch = scratch();
    let dir = scratch.path().join("carousel-c");
    copy(&root().join("plugins/carousel-c"), &dir);
    let here = |arguments: &[&str]| said(zalm().args(arguments).current_dir(&dir));
    let built = here(&["plugin", "build"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let checked = here(&["plugin", "check", "carousel-c"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    // Both in one scenario, which lies beside those that it inherits from.
    let text = zalm_tests::text(super::TINY);
    let embedding = "plugin: \"institutional-embedding\"";
    assert!(text.contains(embedding), "{text}");
    let both = text.replace(embedding, "plugin: \"carousel-c\"");
    copy(&root().join("scenarios/base"), &dir.join("base"));
    copy(&root().join("scenarios/places"), &dir.join("places"));
    std::fs::write(dir.join("both.ron"), both).expect("write");
    for replication in ["0", "1", "2"] {
        let run = |strategy| {
            let alone = [
                "--replication",
                replication,
                "--json",
                "--strategy",
                strategy,
            ];
            let mut document = here(&[&["run", "both.ron"][..], &alone].concat()).json();
            document["strategy"] = serde_json::Value::Null;
            document
        };
        let (rust, c) = (run("carousel"), run("institutional-embedding"));
        assert!(rust["digest"].is_string(), "{rust}");
        assert_eq!(rust, c);
    }
}

#[test]
fn a_pack_is_installed_as_it_was_and_a_changed_byte_is_named() {
    let scratch = scratch();
    let here = |arguments: &[&str]| said(zalm().args(arguments).current_dir(scratch.path()));
    let packed = here(&["plugin", "pack", "carousel"]);
    assert_eq!(packed.code, Some(0), "{packed:?}");
    let name = format!("carousel-{}.zip", env!("CARGO_PKG_VERSION"));
    let verified = here(&["plugin", "verify", &name]);
    assert!(
        verified.out.contains("README.md, SHA256SUMS"),
        "{verified:?}"
    );
    let installed = here(&["plugin", "install", &name]);
    assert_eq!(installed.code, Some(0), "{installed:?}");
    scenario_in(scratch.path());
    let verify = ["plugin", "verify", &name, "--scenario", "tiny.ron"];
    here(&verify).refused(4, &["there is no zalm.lock beside", "--strategy carousel"]);
    std::fs::write(scratch.path().join("zalm.lock"), "").expect("write");
    here(&verify).refused(4, &["zalm.lock", "pins no carousel", "--strategy carousel"]);
    let pinned = here(&["plugin", "lock", "tiny.ron"]);
    assert_eq!(pinned.code, Some(0), "{pinned:?}");
    let verified = here(&verify);
    assert!(verified.out.contains("pins carousel"), "{verified:?}");
    let file = scratch.path().join(&name);
    let mut bytes = std::fs::read(&file).expect("the pack");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).expect("write");
    here(&["plugin", "verify", &name])
        .refused(4, &[zalm_plugin_host::file_name("carousel").as_str()]);
    here(&["plugin", "install", &name]).refused(4, &[&name]);
}

/// The strategy of the tutorial, as an author would copy it.
fn tutorial() -> String {
    in_tutorial("```rust\n")
}

/// The first block of the tutorial that begins so.
fn in_tutorial(begins: &str) -> String {
    let text = zalm_tests::text("docs/strategy-tutorial.md");
    let code = text.split(begins).nth(1);
    let code = code.and_then(|rest| rest.split("```").next());
    code.expect(begins).to_owned()
}

#[test]
fn a_name_that_cannot_be_and_a_folder_that_is_there_are_refused() {
    let scratch = scratch();
    let new = |name: &str| {
        said(
            zalm()
                .args(["plugin", "new", name])
                .current_dir(scratch.path()),
        )
    };
    new("My Idea").refused(2, &["lower-case letters"]);
    std::fs::create_dir(scratch.path().join("there")).expect("a folder");
    new("there").refused(4, &["there cannot be made", "--dir"]);
    let built = said(zalm().args(["plugin", "build"]).current_dir(scratch.path()));
    built.refused(4, &["neither Cargo.toml nor src/*.c", "zalm plugin new"]);
}

#[test]
fn info_shows_the_schema_and_the_contract() {
    let carousel = super::say(&["plugin", "info", "carousel"]).out;
    for text in ["before", "1..60", "project.months_left", "sha256"] {
        assert!(carousel.contains(text), "no {text:?} in {carousel}");
    }
    let document = super::say(&["plugin", "info", "carousel", "--json"]).json();
    assert_eq!(document["description"]["parameters"][0]["name"], "before");
    let contract = super::say(&["plugin", "info", "--json"]).json();
    assert_eq!(contract["columns"][0]["name"], "project.age");
    let instruments = contract["instruments"].as_array().expect("instruments");
    let loan = instruments.iter().find(|given| given["name"] == "Loan");
    let loan = loan.expect("a loan");
    assert_eq!(loan["givers"], serde_json::json!(["Fund", "Market"]));
    super::say(&["plugin", "info", "carousell"]).refused(4, &["Did you mean `carousel`"]);
}

#[test]
fn a_pinned_library_is_used_and_another_is_refused() {
    let scratch = scratch();
    let scenario = scenario_in(scratch.path());
    let pinned = super::say(&["plugin", "lock", word(&scenario)]);
    assert_eq!(pinned.code, Some(0), "{pinned:?}");
    let lock = scratch.path().join("zalm.lock");
    let run = ["run", word(&scenario), "--strategy", "carousel"];
    assert_eq!(super::say(&run).code, Some(0));
    let text = std::fs::read_to_string(&lock).expect("the lock");
    let line = text
        .lines()
        .find(|line| line.contains("carousel"))
        .expect("pinned");
    let other = text.replace(&line[..64], &"0".repeat(64));
    std::fs::write(&lock, other).expect("write");
    super::say(&run).refused(
        4,
        &[
            "E_HASH",
            "is not the pinned plugin carousel",
            "zalm plugin lock",
        ],
    );
    // The same terms without a run.
    super::say(&["check", word(&scenario)]).gives(4, &["E_HASH", "not valid"]);
    std::fs::write(&lock, "no hash\n").expect("write");
    super::say(&["check", word(&scenario)]).gives(4, &["zalm.lock", "line 1"]);
}

#[test]
fn an_unpinned_library_beside_a_lock_is_told_and_can_be_pinned() {
    let scratch = scratch();
    let scenario = scenario_in(scratch.path());
    let lock = ["plugin", "lock", word(&scenario)];
    assert_eq!(super::say(&lock).code, Some(0));
    let compare = || {
        let run = scratch.path().join("run");
        let words = [
            "compare",
            word(&scenario),
            "--strategy",
            "new-finance",
            "--replications",
        ];
        let said = super::say(&[&words[..], &["2", "--json", "--out", word(&run)]].concat());
        assert_eq!(said.code, Some(0), "{said:?}");
        std::fs::remove_dir_all(run).expect("the run folder");
        said.err
    };
    let warned = compare();
    let advice = "does not pin new-finance";
    assert!(
        warned.contains(advice) && warned.contains("--strategy new-finance"),
        "{warned}"
    );
    let pinned = super::say(&[&lock[..], &["--strategy", "new-finance"]].concat());
    assert_eq!(pinned.code, Some(0), "{pinned:?}");
    let warned = compare();
    assert!(!warned.contains(advice), "{warned}");
}

/// The small scenario in this folder, with what it inherits from.
fn scenario_in(folder: &Path) -> PathBuf {
    for file in ["tiny.ron", "base", "places"] {
        copy(&root().join("scenarios").join(file), &folder.join(file));
    }
    folder.join("tiny.ron")
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        std::fs::copy(from, to).expect("copy");
        return;
    }
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
