//! The book in `docs/`: every page is in its contents, every link leads somewhere, and what it shows
//! can be done.

mod shown;

use std::collections::BTreeSet;

use zalm_tests::{files, markdown, root, text};

const CONTENTS: &str = "docs/SUMMARY.md";

/// Pages of the book, as paths from the root.
fn pages() -> Vec<String> {
    let mut pages = files("docs", "md");
    pages.retain(|page| page != CONTENTS);
    pages
}

/// Targets of the links in a text, outside code.
fn links(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let prose = line.split('`').step_by(2).filter(|_| !fenced);
        found.extend(prose.flat_map(|part| part.split("](").skip(1)));
    }
    found
        .into_iter()
        .filter_map(|rest| rest.split(')').next())
        .collect()
}

/// A path without its steps up: `docs/how-to/../model.md` is `docs/model.md`.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Names under which headings can be linked to, as mdBook and forges make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut fenced = false;
    let headings = page.lines().filter(move |line| {
        fenced ^= line.starts_with("```");
        !fenced && line.starts_with('#')
    });
    let anchor = |heading: &str| -> String {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn every_page_is_in_the_contents_once() {
    let contents = text(CONTENTS);
    let mut listed: Vec<String> = links(&contents)
        .iter()
        .map(|link| format!("docs/{link}"))
        .collect();
    listed.sort();
    assert_eq!(listed, pages());
}

#[test]
fn every_link_leads_somewhere_inside_the_book() {
    for page in pages() {
        let own = text(&page);
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let links = links(&own).into_iter();
        for link in links.filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                page.clone()
            } else {
                plain(&format!("{folder}/{file}"))
            };
            let inside = target.starts_with("docs/") && root().join(&target).is_file();
            assert!(inside, "{page} links to {link}, which is not in the book");
            let known = anchor.is_empty() || anchors(&text(&target)).contains(anchor);
            assert!(known, "{page} links to {link}, a heading that is not there");
        }
    }
}

#[test]
fn the_table_of_states_counts_the_rows_of_the_coverage() {
    let mut reader = csv::Reader::from_path(root().join("docs/coverage.csv")).expect("the rows");
    let states: Vec<String> = reader
        .records()
        .map(|row| row.expect("a row")[2].to_owned())
        .collect();
    let page = text("docs/coverage.md");
    for row in markdown::table(&page) {
        let count = states.iter().filter(|state| **state == row[0]).count();
        assert_eq!(row[1], count.to_string(), "{}", row[0]);
    }
}

/// Numbers after `fact` or `facts`, in English or Dutch: `facts 75, 82 and 139`, `facts 83 to 86`.
fn facts(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for name in ["fact ", "facts ", "feit ", "feiten "] {
        for (at, _) in text.match_indices(name) {
            let mut goes_on = true;
            for word in text[at + name.len()..].split_whitespace() {
                if ["and", "to", "en", "tot"].contains(&word) {
                    goes_on = true;
                    continue;
                }
                let end = word.find(|c: char| !c.is_ascii_digit());
                let (number, rest) = word.split_at(end.unwrap_or(word.len()));
                let Some(number) = number.parse().ok().filter(|_| goes_on) else {
                    break;
                };
                found.push(number);
                goes_on = rest == ",";
            }
        }
    }
    found
}

#[test]
fn every_fact_that_a_scenario_cites_is_among_the_sources() {
    let page = text("docs/sources.md");
    let rows = markdown::table(&page);
    let known: BTreeSet<usize> = rows.iter().filter_map(|row| row[0].parse().ok()).collect();
    assert!(known.len() > 100, "{known:?}");
    let mut cited = 0;
    for file in files("scenarios", "ron") {
        for fact in facts(&text(&file)) {
            assert!(
                known.contains(&fact),
                "{file} cites fact {fact}, which docs/sources.md lacks"
            );
            cited += 1;
        }
    }
    assert!(cited > 200, "{cited}");
}

#[test]
fn cited_facts_are_read_off() {
    let text = "facts 75, 82 and 139); feit 80 (gehalveerd 2010), fact 3: 12 rooms";
    assert_eq!(facts(text), [3, 75, 82, 139, 80]);
}
