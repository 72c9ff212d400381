//! README and ARCHITECTURE name exactly what is on disk; the commands that they show exist.

use std::collections::BTreeSet;

use zalm_tests::{code, folders, markdown, metadata, root, run, text, zalm};

/// Documents whose paths and commands are held against the disk.
const DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Every folder down to the second level, as `core/` and `core/model/`; not the inside of a crate.
fn on_disk() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for folder in folders("") {
        let crate_like = root().join(&folder).join("Cargo.toml").exists();
        if !crate_like {
            all.extend(
                folders(&folder)
                    .iter()
                    .map(|inner| format!("{folder}/{inner}/")),
            );
        }
        all.insert(format!("{folder}/"));
    }
    all
}

/// Folders of the map under "## Folders": two spaces of indentation per level, then `name/`.
fn in_map(document: &str) -> BTreeSet<String> {
    let text = text(document);
    let mut all = BTreeSet::new();
    let mut outer = String::new();
    for line in markdown::code_lines(markdown::section(&text, "## Folders")) {
        let Some(name) = line
            .split_whitespace()
            .next()
            .filter(|name| name.ends_with('/'))
        else {
            continue;
        };
        if line.starts_with("  ") {
            all.insert(format!("{outer}{name}"));
        } else {
            name.clone_into(&mut outer);
            all.insert(name.to_owned());
        }
    }
    all
}

#[test]
fn folder_maps_are_the_disk() {
    for document in ["README.md", "ARCHITECTURE.md"] {
        let (map, disk) = (in_map(document), on_disk());
        let missing: Vec<_> = disk.difference(&map).collect();
        let gone: Vec<_> = map.difference(&disk).collect();
        assert!(missing.is_empty(), "{document} lacks {missing:?}");
        assert!(
            gone.is_empty(),
            "{document} names {gone:?}, which are not there"
        );
    }
}

/// A word in code style is taken for a path when it looks like one.
fn looks_like_path(word: &str) -> bool {
    let ending = [".rs", ".md", ".ron", ".toml", ".svg"]
        .iter()
        .any(|end| word.ends_with(end));
    let name = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    name && (ending || word.contains('/'))
}

#[test]
fn paths_in_the_documents_exist() {
    for document in DOCUMENTS {
        let text = text(document);
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let links = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
        let words = markdown::quoted(&text)
            .into_iter()
            .filter(|word| looks_like_path(word));
        for path in links.chain(words) {
            let path = path.split('#').next().unwrap_or(path);
            assert!(
                root().join(path).exists(),
                "{document} names {path}, which is not there"
            );
        }
    }
}

#[test]
fn the_version_to_cite_is_the_one_that_is_built() {
    let version = format!("version: {}", env!("CARGO_PKG_VERSION"));
    assert!(text("CITATION.cff").lines().any(|line| line == version));
}

#[test]
fn words_of_the_glossary_are_in_the_code() {
    let code: Vec<String> = ["core", "plugins"].into_iter().flat_map(code).collect();
    let glossary = text("docs/glossary.md");
    let rows = markdown::table(&glossary)
        .into_iter()
        .filter(|row| row.len() == 4);
    let words: Vec<String> = rows
        .map(|row| row[2].trim_matches('`').to_owned())
        .collect();
    assert!(words.len() > 20, "{words:?}");
    for word in words {
        assert!(
            code.iter().any(|file| file.contains(&word)),
            "no code says {word}"
        );
    }
}

/// Commands shown in the documents, as words: lines of code blocks that start with a program.
fn commands(program: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for document in DOCUMENTS {
        let text = text(document);
        let shown = markdown::code_lines(&text)
            .into_iter()
            .chain(markdown::quoted(&text));
        let shown = shown.filter_map(|line| line.strip_prefix(program)?.strip_prefix(' '));
        all.extend(shown.map(|line| line.split_whitespace().map(str::to_owned).collect()));
    }
    all
}

#[test]
fn scenarios_in_commands_exist() {
    let words = commands("cargo")
        .into_iter()
        .chain(commands("zalm"))
        .flatten();
    let files: Vec<String> = words
        .filter(|word| word.starts_with("scenarios/") && !word.contains('*'))
        .collect();
    assert!(!files.is_empty());
    for file in files {
        assert!(
            root().join(&file).exists(),
            "a command names {file}, which is not there"
        );
    }
}

#[test]
fn commands_of_the_program_exist() {
    let help = run(zalm().arg("--help"));
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let run_with_cargo = commands("cargo run --release --");
    for command in commands("zalm").iter().chain(&run_with_cargo) {
        let name = command.first().map_or("", String::as_str);
        let listed = help.lines().any(|line| line.trim_start().starts_with(name));
        assert!(
            listed,
            "`zalm {name}` is shown, but not in the help:\n{help}"
        );
    }
}

#[test]
fn every_command_of_the_program_has_its_question() {
    let help = run(zalm().arg("--help"));
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let listed = help.split("Commands:").nth(1).expect("commands");
    let listed = listed.split("\n\n").next().unwrap_or_default();
    let names = listed.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        Some(name).filter(|name| !name.is_empty() && *name != "help")
    });
    let page = text("docs/commands.md");
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let shown = [format!("`zalm {name} "), format!("`zalm {name}`")];
        let told = shown.iter().any(|shown| page.contains(shown));
        assert!(told, "docs/commands.md lacks zalm {name}");
    }
}

#[test]
fn cargo_run_starts_the_program() {
    let metadata = metadata(false);
    let default = metadata["workspace_default_members"]
        .as_array()
        .expect("default members");
    let package = |id| {
        let packages = metadata["packages"].as_array().into_iter().flatten();
        packages.into_iter().find(|package| &package["id"] == id)
    };
    let programs: Vec<&str> = default
        .iter()
        .filter_map(package)
        .flat_map(|package| package["targets"].as_array().into_iter().flatten())
        .filter(|target| target["kind"][0] == "bin")
        .filter_map(|target| target["name"].as_str())
        .collect();
    assert_eq!(
        programs,
        ["zalm"],
        "`cargo run` needs exactly one program in default-members"
    );
}

#[test]
fn checks_run_the_test_command_of_the_readme() {
    let command = "cargo test --workspace";
    let readme = text("README.md");
    assert!(
        markdown::code_lines(&readme).contains(&command),
        "README.md lacks {command}"
    );
    assert!(
        text(".ci/run").lines().any(|line| line.ends_with(command)),
        ".ci/run lacks it"
    );
}
