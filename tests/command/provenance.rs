//! `zalm verify`, `zalm rerun` and `zalm export`: a folder that says where it comes from, and holds.

use super::continuing::{assert_same, compare};
use super::{said, say, word};
use serde_json::Value;
use std::fs;
use std::path::Path;
use zalm_experiment::sha256;
use zalm_tests::{TempDir, finished_run, scratch, zalm};

/// A copy of the finished run, to spoil.
fn copy() -> TempDir {
    let scratch = scratch();
    let mut cp = std::process::Command::new("cp");
    let copied = zalm_tests::run(
        cp.arg("-r")
            .arg(finished_run())
            .arg(scratch.path().join("run")),
    );
    assert!(copied.status.success());
    scratch
}

fn spoil(file: &Path, change: impl Fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).expect("a file");
    change(&mut bytes);
    fs::write(file, bytes).expect("written");
}

#[test]
fn a_folder_is_what_it_says_and_the_program_gives_the_same() {
    let verified = say(&["verify", word(finished_run()), "--sample", "3"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert!(verified.out.contains("3 of 4 replications"), "{verified:?}");
    assert!(verified.out.contains("every bit the same"), "{verified:?}");
    let all = say(&["verify", word(finished_run()), "--all", "--json"]).json();
    assert_eq!((&all["units"], &all["played"]), (&4.into(), &4.into()));
    assert_eq!(all["differences"], Value::Array(Vec::new()));
}

#[test]
fn a_file_that_was_changed_is_found() {
    let scratch = copy();
    let run = scratch.path().join("run");
    spoil(&run.join("summary.csv"), |bytes| bytes[200] ^= 1);
    fs::remove_file(run.join("summary-nl.csv")).expect("removed");
    let verified = say(&["verify", word(&run)]);
    assert_eq!(verified.code, Some(7), "{verified:?}");
    assert!(
        verified.out.contains("differs: summary.csv: SHA-256"),
        "{verified:?}"
    );
    assert!(
        verified.out.contains("differs: summary-nl.csv: "),
        "{verified:?}"
    );
    // A complete folder whose journal is spoilt: neither shown nor written into, but made again.
    spoil(&run.join("units.journal"), |bytes| {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
    });
    say(&compare(&run, &[])).refused(4, &["3 of 4 units are whole", "zalm rerun"]);
    let out = scratch.path().join("again");
    let again = say(&["rerun", word(&run), "--out", word(&out)]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_same(finished_run(), &out);
}

#[test]
fn a_run_that_comes_out_otherwise_is_named_with_what_moved() {
    // A folder whose scenario is another than that of its units: made with a recipe that was changed,
    // and with its digests made to fit.
    let scratch = scratch();
    let (one, other) = (scratch.path().join("one"), scratch.path().join("other"));
    assert_eq!(say(&compare(&one, &["--threads", "1"])).code, Some(0));
    let seed = ["--seed", "8"];
    assert_eq!(say(&compare(&other, &seed)).code, Some(0));
    // The recipe of seed 8 in the folder of seed 7.
    fs::copy(other.join("recipe.json"), one.join("recipe.json")).expect("copied");
    let verified = say(&["verify", word(&one)]);
    verified.gives(
        7,
        &[
            "recipe.json: SHA-256",
            "resolved.ron: the scenario is read otherwise",
        ],
    );
}

#[test]
fn a_folder_is_made_again_to_the_byte_from_nothing_but_itself() {
    let scratch = scratch();
    let rows = scratch.path().join("rows.csv");
    fs::write(&rows, "team.effect\n1.5\n2.5\n").expect("rows");
    let folder = scratch.path().join("run");
    let asked = [
        "--design",
        word(&rows),
        "--replications",
        "2",
        "--lang",
        "en",
    ];
    let one = say(&compare(&folder, &asked));
    assert_eq!(one.code, Some(0), "{one:?}");
    fs::remove_file(&rows).expect("removed");
    let out = scratch.path().join("again");
    // From another folder, in another language, on another number of threads.
    let mut rerun = zalm();
    let words = [
        "rerun",
        word(&folder),
        "--out",
        word(&out),
        "--threads",
        "3",
    ];
    let again = said(
        rerun
            .current_dir(scratch.path())
            .env("ZALM_LANG", "nl")
            .args(words),
    );
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(again.out.contains("elke byte gelijk"), "{again:?}");
    assert_same(&folder, &out);
}

#[test]
fn a_folder_that_cannot_be_made_again_says_why() {
    let scratch = copy();
    let run = scratch.path().join("run");
    let manifest = run.join("run.json");
    let text = fs::read_to_string(&manifest).expect("run.json");
    let mut document: Value = serde_json::from_str(&text).expect("JSON");
    // Results of then that are not those of now.
    document["results_sha256"] = "0".into();
    fs::write(&manifest, document.to_string()).expect("written");
    let again = say(&["rerun", word(&run)]);
    assert_eq!(again.code, Some(7), "{again:?}");
    assert_eq!(again.out, "differs: run.json\n");
    // A library that is not there any more.
    document["strategies"][0]["sha256"] = "0".repeat(64).into();
    fs::write(&manifest, document.to_string()).expect("written");
    let out = scratch.path().join("other");
    say(&["rerun", word(&run), "--out", word(&out)]).refused(4, &["000000000000"]);
    fs::remove_file(run.join("recipe.json")).expect("removed");
    say(&["rerun", word(&run)]).refused(4, &["recipe.json"]);
    say(&["rerun", word(scratch.path())]).refused(4, &["is no run folder"]);
}

/// The revision in the `run.json` of a folder.
fn revision(run: &Path) -> String {
    let text = fs::read_to_string(run.join("run.json")).expect("run.json");
    let manifest: Value = serde_json::from_str(&text).expect("JSON");
    let revision = manifest["host"]["revision"].as_str();
    revision.expect("a revision").to_owned()
}

#[test]
fn a_folder_names_the_revision_of_the_source() {
    let said = revision(finished_run());
    let known = said.strip_suffix("+changes").unwrap_or(&said);
    // What git calls a commit, or nothing where there is no git.
    let mut git = std::process::Command::new("git");
    let git = git.current_dir(zalm_tests::root());
    let commit = git.args(["rev-parse", "--verify", "--quiet"]);
    match commit.arg(format!("{known}^{{commit}}")).output() {
        Ok(found) if found.status.success() => assert_eq!(known.len(), 12, "{said}"),
        _ => assert_eq!(known, "unknown"),
    }
}

#[test]
fn a_crate_has_what_the_specification_asks() {
    let scratch = copy();
    let run = scratch.path().join("run");
    let licence = "https://spdx.org/licenses/CC-BY-4.0";
    let words = ["export", "ro-crate", word(&run), "--license", licence];
    let exported = say(&[&words[..], &["--author", "A. Person"]].concat());
    assert_eq!(exported.code, Some(0), "{exported:?}");
    assert!(!exported.err.contains("repositories ask"), "{exported:?}");
    let text = fs::read_to_string(run.join("ro-crate-metadata.json")).expect("metadata");
    let crate_: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        crate_["@context"][0],
        "https://w3id.org/ro/crate/1.1/context"
    );
    let graph = crate_["@graph"].as_array().expect("a graph");
    let entity = |id: &str| {
        let found: Vec<&Value> = graph.iter().filter(|one| one["@id"] == id).collect();
        assert_eq!(found.len(), 1, "{id}");
        found[0]
    };
    let descriptor = entity("ro-crate-metadata.json");
    assert_eq!(descriptor["@type"], "CreativeWork");
    assert_eq!(
        descriptor["conformsTo"]["@id"],
        "https://w3id.org/ro/crate/1.1"
    );
    let root = entity(descriptor["about"]["@id"].as_str().expect("an id"));
    assert_eq!(
        (&root["@id"], &root["@type"]),
        (&"./".into(), &"Dataset".into())
    );
    for property in ["name", "description", "datePublished"] {
        let value = root[property].as_str().expect(property);
        assert!(!value.is_empty(), "{property}");
    }
    assert_eq!(root["license"]["@id"], licence);
    // Every file is an entity, is there, and nothing is named that is not described.
    let files = root["hasPart"].as_array().expect("files");
    assert!(files.len() >= 11, "{files:?}");
    for file in files {
        let id = file["@id"].as_str().expect("an id");
        assert_eq!(entity(id)["@type"], "File");
        assert!(run.join(id).is_file(), "{id}");
    }
    let action = entity(root["mentions"]["@id"].as_str().expect("an id"));
    assert_eq!(action["@type"], "CreateAction");
    assert_eq!(
        entity(action["instrument"]["@id"].as_str().expect("an id"))["@type"],
        "SoftwareApplication"
    );
    for list in ["object", "result"] {
        for one in action[list].as_array().expect(list) {
            entity(one["@id"].as_str().expect("an id"));
        }
    }
    let bytes = fs::read(run.join("run.json")).expect("run.json");
    assert_eq!(entity("run.json")["sha256"], sha256(&bytes));
    let author =
        |one: &Value| entity(one["author"]["@id"].as_str().expect("an author"))["name"].clone();
    assert_eq!(author(root), "A. Person");
    let program = entity(action["instrument"]["@id"].as_str().expect("an id"));
    let citation = zalm_tests::text("CITATION.cff");
    let name = author(program).as_str().expect("a name").to_owned();
    assert!(citation.contains(&format!("- name: {name}\n")), "{name}");
    let version = program["softwareVersion"].as_str().expect("a version");
    assert!(version.ends_with(&revision(&run)), "{version}");
    // An address is an address, or is not there.
    let addresses = graph.iter().filter_map(|one| one["url"].as_str());
    for address in addresses {
        assert!(address.starts_with("https://"), "{address}");
    }
    let types = graph
        .iter()
        .map(|one| one["@id"].as_str().expect("every entity has an id"));
    let mut ids: Vec<&str> = types.collect();
    ids.sort_unstable();
    ids.windows(2).for_each(|pair| assert_ne!(pair[0], pair[1]));
}
