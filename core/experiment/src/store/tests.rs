//! Run folders: whole or absent, equal bytes for equal runs, readable tables.

use super::*;
use crate::fixture::results;
use crate::provenance::PluginUse;
use crate::summary::summarise;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::{self, File};
use std::path::Path;

fn provenance() -> Provenance {
    Provenance {
        zalm_version: "0.1.0".to_owned(),
        command: "zalm compare tiny.ron".to_owned(),
        design: String::new(),
        plugins: vec![PluginUse {
            strategy: "waits".to_owned(),
            ..PluginUse::default()
        }],
        scenario_text: "(title: \"Tiny\")".to_owned(),
        resolved_text: "(title: \"Tiny\", seed: 7)".to_owned(),
        recipe: Recipe::default(),
    }
}

fn write_to(folder: &Path, results: &Results, started: &str) -> Result<Manifest, StoreError> {
    let host = Host {
        started: started.to_owned(),
        ..Host::default()
    };
    let summary = summarise(results);
    let content = RunFolder {
        results,
        runs: results,
        summary: &summary,
        provenance: &provenance(),
        host: &host,
        report_html: Some("<!doctype html>"),
        figures: &[("fan-0.svg".to_owned(), "<svg/>".to_owned())],
    };
    UnderWay::open(folder, &provenance(), "build", "a test")?.finish(&content, &[])
}

/// Rows of a Parquet file as lists of values.
fn rows(path: &Path) -> Vec<Vec<Field>> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| {
        row.unwrap()
            .get_column_iter()
            .map(|(_, field)| field.clone())
            .collect()
    })
    .collect()
}

#[test]
fn equal_runs_give_equal_bytes_outside_host() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let first = write_to(&one, &results(&["waits", "pushes"], 5), "yesterday").unwrap();
    let second = write_to(&two, &results(&["waits", "pushes"], 5), "today").unwrap();
    assert_eq!(first.files, second.files);
    assert_eq!(
        Manifest {
            host: first.host.clone(),
            ..second
        },
        first
    );
    let names: Vec<_> = first.files.iter().map(|file| file.name.as_str()).collect();
    let expected = [
        "scenario.ron",
        "resolved.ron",
        "series.parquet",
        "runs.parquet",
        "summary.parquet",
        "summary.csv",
        "summary-nl.csv",
        "report.html",
        "figures/fan-0.svg",
        "units.journal",
    ];
    assert_eq!(names, expected);
    for name in names {
        assert_eq!(
            fs::read(one.join(name)).unwrap(),
            fs::read(two.join(name)).unwrap(),
            "{name}"
        );
    }
    let stored: Manifest =
        serde_json::from_str(&fs::read_to_string(one.join("run.json")).unwrap()).unwrap();
    assert_eq!(stored, first);
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        2,
        "nothing temporary is left"
    );
}

#[test]
fn tables_hold_what_the_runs_gave() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new/parents/run");
    let results = results(&["waits", "fails in replication 1"], 3);
    let manifest = write_to(&folder, &results, "").unwrap();
    let runs = rows(&folder.join("runs.parquet"));
    assert_eq!(runs.len(), 3 * 2 * 2);
    assert_eq!(runs[5][0], Field::Str("fails in replication 1".to_owned()));
    assert_eq!(runs[5][4], Field::Str("failed".to_owned()));
    assert!(matches!(&runs[5][5], Field::Str(reason) if reason.contains("no money left")));
    assert_eq!((&runs[5][8], &runs[5][11]), (&Field::Null, &Field::Null));
    assert_eq!(runs[0][8], Field::Int(11));
    assert_eq!(
        runs[0][11],
        Field::Double(results.runs[0].value(0).unwrap())
    );
    let series = rows(&folder.join("series.parquet"));
    // 8 months from the policy date, 2 metrics, 10 runs that succeeded.
    assert_eq!(series.len(), 8 * 2 * 10);
    assert_eq!(series[0][5], Field::Str("2012-05".to_owned()));
    assert_eq!(rows(&folder.join("summary.parquet")).len(), 2 * 2 * 2);
    assert_eq!(manifest.failed_runs.len(), 2);
    assert_eq!(manifest.files[3].rows, Some(12));
}

#[test]
fn the_run_record_says_in_which_month_and_why_the_books_ended_a_run() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    let results = results(&["waits", "overspends in replication 1"], 2);
    write_to(&folder, &results, "").unwrap();
    let stored = fs::read_to_string(folder.join("run.json")).unwrap();
    let stored: Manifest = serde_json::from_str(&stored).unwrap();
    assert!(!stored.failed_runs.is_empty());
    for run in &stored.failed_runs {
        assert_eq!(
            (&*run.strategy, run.replication),
            ("overspends in replication 1", 1)
        );
        let told = "books of month 4: Closed(0) is overspent by 1 cents; paid this month: 101 to Others for Area";
        assert!(run.reason.contains(told), "{}", run.reason);
    }
}

#[test]
fn no_runs_still_make_tables() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    write_to(&folder, &results(&["waits"], 0), "").unwrap();
    assert!(rows(&folder.join("runs.parquet")).is_empty());
    assert!(rows(&folder.join("series.parquet")).is_empty());
}

#[test]
fn csv_files_differ_in_separator_and_decimal_only() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    write_to(&folder, &results(&["waits", "pushes"], 5), "").unwrap();
    let point = fs::read_to_string(folder.join("summary.csv")).unwrap();
    let comma = fs::read_to_string(folder.join("summary-nl.csv")).unwrap();
    assert!(point.starts_with("stressor,strategy,metric,unit,n,n_pairs,excluded,mean,ci_low"));
    let translated = |line: &str| line.replace(',', ";").replace('.', ",");
    let names = |text: &str| {
        text.replace("households,multi", "households.multi")
            .replace("payer,municipality,cost", "payer.municipality.cost")
    };
    assert_eq!(comma, names(&translated(&point)));
}

#[test]
fn a_folder_with_something_else_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "dear all").unwrap();
    let error = write_to(dir.path(), &results(&["waits"], 1), "").unwrap_err();
    assert!(error.to_string().contains("exists already"), "{error}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_parent_that_is_a_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a file");
    fs::write(&file, "text").unwrap();
    let open = |folder: &Path| UnderWay::open(folder, &provenance(), "build", "a test");
    let error = open(&file.join("run")).map(drop).unwrap_err();
    assert!(
        error.to_string().contains("no run folder can be made in"),
        "{error}"
    );
    assert!(open(&dir.path().join("free")).is_ok());
}

#[test]
fn a_folder_says_who_is_at_work_in_it_and_is_free_when_they_are_gone() {
    let dir = tempfile::tempdir().unwrap();
    let open = |holder: &str| UnderWay::open(dir.path(), &provenance(), "build", holder);
    let first = open("process 1 on here").unwrap();
    let error = open("process 2 on here").map(drop).unwrap_err();
    assert!(error.to_string().contains("process 1 on here"), "{error}");
    let held = |state: State| match state {
        State::Unfinished { holder, .. } => holder,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        held(state(dir.path()).unwrap()).as_deref(),
        Some("process 1 on here")
    );
    drop(first);
    assert_eq!(held(state(dir.path()).unwrap()), None);
    assert!(open("process 2 on here").is_ok());
}

#[test]
fn another_experiment_is_refused_with_what_differs() {
    let dir = tempfile::tempdir().unwrap();
    let open = |change: &dyn Fn(&mut Provenance), program: &str| {
        let mut provenance = provenance();
        change(&mut provenance);
        UnderWay::open(dir.path(), &provenance, program, "a test").map(drop)
    };
    open(&|_| (), "build").unwrap();
    open(&|_| (), "build").unwrap();
    let told = |result: Result<(), StoreError>| result.unwrap_err().to_string();
    let seed = told(open(
        &|p| "(title: \"Tiny\", seed: 8)".clone_into(&mut p.resolved_text),
        "build",
    ));
    assert!(
        seed.contains("seed: 7") && seed.contains("seed: 8"),
        "{seed}"
    );
    let plugin = told(open(
        &|p| "1234567890abcdef".clone_into(&mut p.plugins[0].sha256),
        "build",
    ));
    assert!(
        plugin.contains("strategy waits") && plugin.contains("1234567890ab"),
        "{plugin}"
    );
    let version = told(open(&|p| "0.2.0".clone_into(&mut p.zalm_version), "build"));
    assert!(
        version.contains("zalm 0.1.0") && version.contains("0.2.0"),
        "{version}"
    );
    let design = told(open(&|p| "100 draws".clone_into(&mut p.design), "build"));
    assert!(design.contains("100 draws"), "{design}");
    assert!(told(open(&|_| (), "other")).contains("another build"));
}
