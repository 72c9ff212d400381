//! Who may know whom: the tables of ARCHITECTURE.md, held against the crates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use zalm_tests::{markdown, metadata, root, text};

/// A strategy knows this and nothing else, of ours or of others.
const STRATEGY_KNOWS: &str = "zalm-sdk";

/// What stands in the second column for a crate that may know every other.
const EVERY: &str = "every crate";

/// The tables under a heading of ARCHITECTURE.md: names in the first column, the second column.
fn rows(heading: &str) -> Vec<(Vec<String>, String)> {
    let architecture = text("ARCHITECTURE.md");
    let rows = markdown::table(markdown::section(&architecture, heading)).into_iter();
    rows.map(|row| (names(&row[0]), row[1].clone())).collect()
}

fn names(cell: &str) -> Vec<String> {
    markdown::quoted(cell)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Each crate with its row's second column.
fn may_know() -> BTreeMap<String, String> {
    let rows = rows("### Crates of ours").into_iter();
    rows.flat_map(|(names, may)| names.into_iter().map(move |name| (name, may.clone())))
        .collect()
}

fn may_be_unsafe() -> Vec<String> {
    let text = text("ARCHITECTURE.md");
    let named = names(markdown::section(&text, "### Unsafe code"));
    named
        .into_iter()
        .filter(|name| name.starts_with("zalm"))
        .collect()
}

struct Package {
    name: String,
    /// A strategy that ships, or one made for a test.
    strategy: bool,
    /// What it is built from; what only its tests use is its own affair.
    uses: BTreeSet<String>,
    roots: Vec<String>,
}

fn packages() -> Vec<Package> {
    let texts = |value: &Value, key: &str| -> Vec<String> {
        let items = value.as_array().into_iter().flatten();
        items
            .filter_map(|item| item[key].as_str().map(str::to_owned))
            .collect()
    };
    let package = |package: &Value| {
        let used: Vec<Value> = package["dependencies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|dependency| dependency["kind"] != "dev")
            .cloned()
            .collect();
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let inside = |folder: &str| Path::new(manifest).starts_with(root().join(folder));
        Package {
            strategy: inside("tests/plugins") || (inside("plugins") && !inside("plugins/sdk")),
            name: package["name"].as_str().unwrap_or_default().to_owned(),
            uses: texts(&Value::Array(used), "name").into_iter().collect(),
            roots: texts(&package["targets"], "src_path"),
        }
    };
    let metadata = metadata(false);
    metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(package)
        .collect()
}

#[test]
fn crates_know_only_whom_they_may_know() {
    let table = may_know();
    let wrong: Vec<String> = packages()
        .iter()
        .filter_map(|package| breach(package, &table))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with what a package knows.
fn breach(package: &Package, table: &BTreeMap<String, String>) -> Option<String> {
    let Package { name, uses, .. } = package;
    if package.strategy {
        let alone = uses.iter().eq([STRATEGY_KNOWS]);
        return (!alone).then(|| format!("{name} is a strategy and uses {uses:?}"));
    }
    let Some(may) = table.get(name) else {
        return Some(format!("{name} is not in the table"));
    };
    let allowed = names(may);
    let ours = uses.iter().filter(|used| used.starts_with("zalm"));
    let wrong: Vec<_> = ours
        .filter(|used| may != EVERY && !allowed.contains(used))
        .collect();
    (!wrong.is_empty()).then(|| format!("{name} may not know {wrong:?}"))
}

#[test]
fn tables_name_only_crates_that_exist() {
    let exist: Vec<String> = packages().into_iter().map(|package| package.name).collect();
    let rooms = rows("### Crates of others")
        .into_iter()
        .map(|(_, room)| room);
    let cells = may_know()
        .into_iter()
        .flat_map(|(name, may)| [format!("`{name}`"), may]);
    for name in rooms
        .chain(cells)
        .flat_map(|cell| names(&cell))
        .chain(may_be_unsafe())
    {
        assert!(exist.contains(&name), "{name} does not exist");
    }
}

#[test]
fn what_only_one_crate_uses_has_its_room_in_the_table() {
    let listed = rows("### Crates of others").into_iter();
    let listed: BTreeSet<String> = listed.flat_map(|(names, _)| names).collect();
    let mut users: BTreeMap<String, usize> = BTreeMap::new();
    for used in packages().into_iter().flat_map(|package| package.uses) {
        *users.entry(used).or_default() += 1;
    }
    let ours = |name: &str| name.starts_with("zalm");
    let alone = users
        .iter()
        .filter(|(name, users)| **users == 1 && !ours(name));
    let unlisted: Vec<_> = alone.filter(|(name, _)| !listed.contains(*name)).collect();
    assert!(unlisted.is_empty(), "{unlisted:?} stand in no row");
}

#[test]
fn what_belongs_in_one_room_stays_there() {
    let packages = packages();
    let rows = rows("### Crates of others");
    assert!(rows.len() > 3, "the table is gone");
    for (names_of_others, room) in rows {
        for used in names_of_others {
            let users: Vec<_> = packages.iter().filter(|p| p.uses.contains(&used)).collect();
            assert!(!users.is_empty(), "nobody uses {used}");
            for user in users {
                assert!(
                    names(&room).contains(&user.name),
                    "{} uses {used}",
                    user.name
                );
            }
        }
    }
}

#[test]
fn the_sdk_needs_nothing_but_the_contract_and_one_version_of_libm() {
    let metadata = metadata(false);
    let needs = |name: &str| -> BTreeSet<(String, String)> {
        let mut packages = metadata["packages"].as_array().expect("packages").iter();
        let package = packages.find(|package| package["name"] == name);
        let needs = package.expect(name)["dependencies"].as_array().cloned();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let need = |one: Value| (text(&one["name"]), text(&one["req"]));
        needs.unwrap_or_default().into_iter().map(need).collect()
    };
    let sdk = needs("zalm-sdk");
    let names: Vec<&str> = sdk.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["libm", "zalm-abi"]);
    let libm = sdk.iter().find(|(name, _)| name == "libm");
    assert!(
        libm.is_some_and(|(_, version)| version.starts_with('=')),
        "{sdk:?}"
    );
    assert_eq!(needs("zalm-abi"), BTreeSet::new());
}

#[test]
fn every_other_crate_forbids_unsafe_code() {
    let exceptions = may_be_unsafe();
    assert_eq!(exceptions.len(), 3, "{exceptions:?}");
    let safe = packages()
        .into_iter()
        .filter(|package| !exceptions.contains(&package.name));
    let lacking: Vec<String> = safe
        .flat_map(|package| package.roots)
        .filter(|root| !forbids(root))
        .collect();
    assert!(
        lacking.is_empty(),
        "no #![forbid(unsafe_code)] in {lacking:#?}"
    );
}

fn forbids(root: &String) -> bool {
    let code = std::fs::read_to_string(root).expect("a crate root");
    code.lines().any(|line| line == "#![forbid(unsafe_code)]")
}
