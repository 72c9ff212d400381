//! The ODD description says what the code says: its tables are made from the code, and stand in
//! `docs/odd.md` as made. `ZALM_BLESS=1 cargo test -p zalm-tests odd` makes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use zalm_model::{COLUMNS, MONTH, metrics};
use zalm_scenario::Mechanism;
use zalm_tests::scenarios::heechterp;
use zalm_tests::{files, root, text};

const FILE: &str = "docs/odd.md";
const OPEN: &str = "<!-- generated: ";
const CLOSE: &str = "<!-- end -->";

/// A cell of a table: no line breaks, no bars.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = format!("| {} |\n", head.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out
}

/// Text of the documentation comment that ends before line `at`.
fn comment(lines: &[&str], at: usize) -> String {
    let mut words: Vec<&str> = lines[..at]
        .iter()
        .rev()
        .map(|line| line.trim())
        .skip_while(|line| line.starts_with("#["))
        .map_while(|line| line.strip_prefix("///"))
        .map(str::trim)
        .collect();
    words.reverse();
    words.join(" ")
}

/// Fields of a struct or variants of an enum with what is said of them.
fn members(file: &str, name: &str) -> Vec<(String, String)> {
    let code = text(file);
    let lines: Vec<&str> = code.lines().collect();
    let begins = |line: &&str| {
        let declared = ["struct", "enum"].map(|kind| format!("pub {kind} {name}"));
        declared.iter().any(|start| {
            let rest = line.strip_prefix(start.as_str());
            rest.is_some_and(|rest| rest.starts_with([' ', '(', '<']))
        })
    };
    let first = lines.iter().position(begins);
    let first = first.unwrap_or_else(|| panic!("{file} declares no {name}"));
    if lines[first].contains('(') {
        return vec![(name.to_owned(), comment(&lines, first))];
    }
    let mut found = Vec::new();
    for at in first + 1..lines.len() {
        let line = lines[at];
        if line.starts_with('}') {
            break;
        }
        let indented = line
            .strip_prefix("    ")
            .filter(|l| !l.starts_with([' ', '/', '#', '}']));
        if let Some(member) = indented {
            let member = member.trim_start_matches("pub ");
            let name: String = member
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            found.push((name, comment(&lines, at)));
        }
    }
    found
}

/// First paragraphs of a file's own documentation.
fn head(file: &str) -> String {
    let code = text(file);
    let lines = code.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Names of random streams and the file that draws from them.
fn streams() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let model = files("core/model/src", "rs").into_iter();
    for file in model.filter(|file| !file.ends_with("streams/quality.rs")) {
        let code = text(&file);
        // Tests stand at the end of a file, or in one of their own.
        let code = code.split("#[cfg(test)]\nmod tests {").next();
        let code = code.unwrap_or_default();
        let named = code.split("named(\"").skip(1);
        let drawn = code.split("draw(\"").skip(1);
        for (name, _) in named.chain(drawn).filter_map(|part| part.split_once('"')) {
            found.insert(name.to_owned(), file.clone());
        }
    }
    found
}

fn made(kind: &str, words: &[&str]) -> String {
    let scenario = heechterp();
    match (kind, words) {
        ("state", [file, names @ ..]) => table(
            &["entity", "state variable", "meaning, unit and range"],
            names.iter().flat_map(|name| {
                let members = members(file, name).into_iter();
                members.map(move |(member, doc)| vec![format!("`{name}`"), member, doc])
            }),
        ),
        ("choices", [file, name]) => table(
            &["name", "meaning"],
            members(file, name)
                .into_iter()
                .map(|(name, doc)| vec![name, doc]),
        ),
        ("month", []) => table(
            &["no.", "phase", "step", "what it does"],
            MONTH.iter().enumerate().map(|(at, step)| {
                let number = (at + 1).to_string();
                let name = format!("`{}`", step.name);
                vec![number, step.phase.to_owned(), name, step.doc.to_owned()]
            }),
        ),
        ("mechanisms", []) => {
            let docs: BTreeMap<String, String> =
                members("core/scenario/src/mechanism.rs", "Mechanism")
                    .into_iter()
                    .collect();
            table(
                &["switch", "mechanism"],
                Mechanism::ALL.iter().map(|mechanism| {
                    let name = format!("{mechanism:?}");
                    let doc = docs.get(&name).cloned().unwrap_or_default();
                    vec![name, doc]
                }),
            )
        }
        ("parameters", []) => table(
            &[
                "parameter",
                "value",
                "plausible range",
                "unit",
                "meaning",
                "evidence",
                "source",
            ],
            scenario.parameters.iter().map(|(spec, parameter)| {
                vec![
                    format!("`{}`", spec.name),
                    parameter.value.to_string(),
                    format!("{} to {}", parameter.low, parameter.high),
                    spec.unit.to_owned(),
                    spec.doc.to_owned(),
                    format!("{:?}", parameter.evidence).to_lowercase(),
                    parameter.source.clone(),
                ]
            }),
        ),
        ("metrics", []) => table(
            &["metric", "unit", "over the months", "meaning"],
            metrics(&scenario).into_iter().map(|metric| {
                let over = metric.aggregate.name().to_owned();
                vec![
                    format!("`{}`", metric.name),
                    metric.unit.to_owned(),
                    over,
                    metric.doc,
                ]
            }),
        ),
        ("columns", []) => table(
            &["column", "unit", "meaning"],
            COLUMNS.iter().map(|column| {
                vec![
                    format!("`{}`", column.name),
                    column.unit.to_owned(),
                    column.doc.to_owned(),
                ]
            }),
        ),
        ("streams", []) => table(
            &["stream", "drawn in"],
            streams()
                .into_iter()
                .map(|(name, file)| vec![format!("`{name}`"), file]),
        ),
        ("submodels", []) => files("core/model/src", "rs")
            .into_iter()
            .filter(|file| MONTH.iter().any(|step| step.name.starts_with(&stem(file))))
            .fold(String::new(), |mut out, file| {
                let _ = writeln!(out, "### `{file}`\n\n{}\n", head(&file));
                out
            }),
        ("strategies", []) => files("plugins", "rs")
            .into_iter()
            .filter(|file| file.ends_with("/src/lib.rs") && text(file).contains("export_policy!"))
            .filter(|file| !file.contains("/sdk/"))
            .fold(String::new(), |mut out, file| {
                let _ = writeln!(out, "### `{file}`\n\n{}\n", head(&file));
                out
            }),
        _ => panic!("{FILE}: there is no table `{kind}` of {words:?}"),
    }
}

/// `demand::` for `core/model/src/demand.rs`.
fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or_default();
    format!("{}::", name.trim_end_matches(".rs"))
}

/// The document with its tables made anew.
fn renewed(document: &str) -> String {
    let mut out = String::new();
    let mut rest = document;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (what, after) = after.split_once(" -->").expect("a marker ends with -->");
        let (_, after) = after
            .split_once(CLOSE)
            .expect("a generated part has an end");
        let words: Vec<&str> = what.split_whitespace().collect();
        let (kind, words) = words.split_first().expect("a generated part has a kind");
        let made = made(kind, words);
        let _ = write!(
            out,
            "{before}{OPEN}{what} -->\n{}\n{CLOSE}",
            made.trim_end()
        );
        rest = after;
    }
    out + rest
}

#[test]
fn the_description_says_what_the_code_says() {
    let now = text(FILE);
    let fresh = renewed(&now);
    if std::env::var_os("ZALM_BLESS").is_some() {
        std::fs::write(root().join(FILE), &fresh).unwrap_or_else(|e| panic!("{FILE}: {e}"));
        return;
    }
    let differs = now
        .lines()
        .zip(fresh.lines())
        .find(|(now, fresh)| now != fresh);
    assert!(
        now == fresh,
        "{FILE} is not what the code says, first here:\n{differs:#?}\n\
         Make its tables anew with\n\n    ZALM_BLESS=1 cargo test -p zalm-tests odd\n"
    );
}

#[test]
fn streams_are_found_wherever_they_are_drawn_from() {
    let found = streams();
    for (name, file) in [
        ("market.sales", "lifecycle.rs"),
        ("leader.drive", "leaders.rs"),
        ("payer.veto", "claims/round.rs"),
    ] {
        assert!(found[name].ends_with(file), "{name} {found:?}");
    }
    assert!(!found.contains_key("quality.normal"));
}

#[test]
fn no_state_is_without_a_meaning() {
    let document = text(FILE);
    let rows = document.lines().filter(|line| line.starts_with("| "));
    let empty: Vec<&str> = rows.filter(|row| row.contains("|  |")).collect();
    assert!(
        empty.is_empty(),
        "{FILE} has rows without a meaning: {empty:#?}"
    );
}
