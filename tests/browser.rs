//! The report is one file that opens without a network and without a complaint.

use zalm_tests::{Page, finished_run, scratch};

const ABSENT: &str = "no Chromium on this machine: the page was not opened";

/// Texts that no report may miss.
const TEXTS: [&str; 3] = ["<svg", "<table", "carousel"];

#[test]
fn report_opens_without_console_messages() {
    let Some(page) = Page::open(&finished_run().join("report.html")) else {
        return println!("{ABSENT}");
    };
    assert_eq!(page.console, Vec::<String>::new());
    for text in TEXTS {
        assert!(page.document.contains(text), "the report lacks {text}");
    }
}

#[test]
fn report_needs_no_other_file() {
    let report = std::fs::read_to_string(finished_run().join("report.html")).expect("a report");
    for load in ["src=\"http", "src=\"/", "<link", "@import", "url(http"] {
        assert!(!report.contains(load), "the report loads something: {load}");
    }
}

#[test]
fn a_page_that_complains_is_noticed() {
    let folder = scratch();
    let file = folder.path().join("bad.html");
    let script = "document.body.append('made by a script'); missing();";
    let html = format!("<!doctype html><body><script>{script}</script></body>");
    std::fs::write(&file, html).expect("a page");
    let Some(page) = Page::open(&file) else {
        return println!("{ABSENT}");
    };
    assert!(page.document.contains("made by a script"));
    assert!(
        page.console
            .iter()
            .any(|line| line.contains("missing is not defined")),
        "{page:?}"
    );
}
