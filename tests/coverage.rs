//! Every row of the checklist says where it lives and what shows it, and those places exist.

use csv::{ReaderBuilder, StringRecord};
use std::path::Path;
use std::sync::OnceLock;
use zalm_model::metrics;
use zalm_scenario::{Mechanism, SPECS};
use zalm_tests::scenarios::heechterp;
use zalm_tests::{root, run, text, zalm};

const FILE: &str = "docs/coverage.csv";
/// The list that the rows answer, outside the repository.
const CHECKLIST: &str = "../shared/domain/checklist.csv";
const COLUMNS: [&str; 6] = ["nr", "english", "state", "where", "shown_by", "reason"];
const ROWS: usize = 276;

/// One row of the coverage table.
#[derive(Debug)]
struct Row {
    nr: usize,
    english: String,
    state: String,
    places: Vec<String>,
    shown_by: Vec<String>,
    reason: String,
}

/// Header and rows of a table in text.
fn records(text: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| row.expect("a whole row"));
    (headers, rows.collect())
}

/// Parts of a cell between semicolons.
fn parts(cell: &str) -> Vec<String> {
    let parts = cell.split(';').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn row(record: &StringRecord) -> Row {
    let cell = |at: usize| record.get(at).unwrap_or_default().trim();
    Row {
        nr: cell(0).parse().unwrap_or_default(),
        english: cell(1).to_owned(),
        state: cell(2).to_owned(),
        places: parts(cell(3)),
        shown_by: parts(cell(4)),
        reason: cell(5).to_owned(),
    }
}

fn rows() -> Vec<Row> {
    let (headers, records) = records(&text(FILE));
    let header: Vec<&str> = headers.iter().collect();
    assert_eq!(header, COLUMNS, "the header of {FILE}");
    records.iter().map(row).collect()
}

/// Fails with every complaint at once.
fn holds(complaints: &[String]) {
    assert!(complaints.is_empty(), "{FILE}: {complaints:#?}");
}

/// Names that `metric:` may use.
fn known_metrics() -> &'static [String] {
    static KNOWN: OnceLock<Vec<String>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let all = metrics(&heechterp());
        all.into_iter().map(|metric| metric.name).collect()
    })
}

/// Whether `zalm NAME ..` is a command of the program.
fn is_command(words: &str) -> bool {
    static HELP: OnceLock<String> = OnceLock::new();
    let help = HELP.get_or_init(|| {
        let help = run(zalm().arg("--help"));
        String::from_utf8_lossy(&help.stdout).into_owned()
    });
    let mut words = words.split_whitespace();
    let (program, name) = (words.next(), words.next());
    let (_, commands) = help.split_once("Commands:").unwrap_or_default();
    let mut listed = commands
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    program == Some("zalm") && name.is_some() && listed.any(|command| Some(command) == name)
}

/// Whether a path with an ending stays inside the repository and is a file there.
fn is_file(path: &str) -> bool {
    !path.contains("..") && Path::new(path).is_relative() && root().join(path).is_file()
}

/// Whether a place that a row names exists.
fn exists(place: &str) -> bool {
    let Some((kind, name)) = place.split_once(':') else {
        return is_file(place);
    };
    match kind {
        "parameter" => SPECS.iter().any(|spec| spec.name == name),
        "metric" => known_metrics().iter().any(|known| known == name),
        "mechanism" => Mechanism::ALL.iter().any(|m| format!("{m:?}") == name),
        "strategy" => is_file(&format!("plugins/{name}/Cargo.toml")),
        "scenario" => name.starts_with("scenarios/") && is_file(name),
        "command" => is_command(name),
        _ => false,
    }
}

/// Whether a test, as `file.rs::name`, or a command exists.
fn shows(what: &str) -> bool {
    let Some((file, name)) = what.split_once("::") else {
        return is_command(what);
    };
    is_file(file) && text(file).contains(&format!("fn {name}("))
}

#[test]
fn every_row_of_the_checklist_is_there_once_and_in_order() {
    let numbers: Vec<usize> = rows().iter().map(|row| row.nr).collect();
    let all: Vec<usize> = (1..=ROWS).collect();
    assert_eq!(numbers, all, "numbers in {FILE}");
}

#[test]
fn places_and_tests_that_are_named_exist() {
    let mut gone = Vec::new();
    for row in rows() {
        let places = row.places.iter().filter(|place| !exists(place));
        let shown = row.shown_by.iter().filter(|what| !shows(what));
        gone.extend(
            places
                .chain(shown)
                .map(|what| format!("row {}: {what}", row.nr)),
        );
    }
    holds(&gone);
}

/// What a row of this state lacks, if anything.
fn lacks(row: &Row) -> Option<&'static str> {
    let (placed, shown, reasoned) = (
        !row.places.is_empty(),
        !row.shown_by.is_empty(),
        !row.reason.is_empty(),
    );
    match row.state.as_str() {
        "covered" if !placed => Some("a place"),
        "covered" if !shown => Some("what shows it"),
        "covered" if reasoned => Some("an empty reason"),
        "partly" if !placed => Some("a place"),
        "partly" | "open" if !reasoned => Some("the reason"),
        "covered" | "partly" | "open" => None,
        _ => Some("a state: covered, partly or open"),
    }
}

#[test]
fn each_state_has_what_it_needs() {
    let all = rows();
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|row| Some(format!("row {} lacks {}", row.nr, lacks(row)?)))
        .collect();
    holds(&wrong);
    for state in ["covered", "partly", "open"] {
        let n = all.iter().filter(|row| row.state == state).count();
        println!("{state}: {n} of {}", all.len());
    }
}

#[test]
fn names_are_those_of_the_checklist() {
    let file = root().join(CHECKLIST);
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!(
            "no {}: names are not held against the checklist",
            file.display()
        );
        return;
    };
    let (headers, records) = records(&text);
    let at = headers.iter().position(|header| header == "english");
    let at = at.expect("a column of english names");
    let asked = records
        .iter()
        .map(|row| (row[0].to_owned(), row[at].to_owned()));
    let answered = rows()
        .into_iter()
        .map(|row| (row.nr.to_string(), row.english));
    assert_eq!(
        answered.collect::<Vec<_>>(),
        asked.collect::<Vec<_>>(),
        "{FILE} against {CHECKLIST}"
    );
}

#[test]
fn what_does_not_exist_is_noticed() {
    for place in [
        "core/none.rs",
        "../shared",
        "parameter:none",
        "metric:none",
        "mechanism:None",
        "strategy:none",
        "strategy:sdk/src",
        "scenario:scenarios/none.ron",
        "command:zalm none",
        "idea:none",
    ] {
        assert!(!exists(place), "{place}");
    }
    assert!(!shows("tests/coverage.rs::no_such_test") && !shows("zalm none"));
}
